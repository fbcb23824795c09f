package dev.scruple.device

import android.app.usage.IStorageStatsManager
import android.app.usage.StorageStatsManager
import android.os.Build
import android.os.StatFs
import android.telephony.TelephonyManager
import dev.scruple.robolectric.application
import org.junit.rules.ExternalResource
import org.robolectric.annotation.Implementation
import org.robolectric.annotation.Implements
import org.robolectric.shadows.ShadowBuild
import org.robolectric.shadows.ShadowStatFs
import org.robolectric.util.ReflectionHelpers
import java.util.UUID
import java.util.concurrent.atomic.AtomicInteger

/** What the framework answers, in place of Robolectric's own answers, for one test. */
internal class FakeFramework : ExternalResource() {
    override fun after() {
        FakeBuild.radio = null
        FakeStatFs.bytes = null
        ShadowBuild.reset()
    }

    /** Sets a field of `Build`, to null too. */
    fun build(
        field: String,
        value: Any?,
    ) = ReflectionHelpers.setStaticField(Build::class.java, field, value)

    /** Sets a field of `Build.VERSION`. */
    fun version(
        field: String,
        value: Any?,
    ) = ReflectionHelpers.setStaticField(Build.VERSION::class.java, field, value)
}

/** The one method of `Build` that is called. */
@Implements(Build::class)
internal class FakeBuild {
    companion object {
        @Volatile
        var radio: (() -> String?)? = null

        @JvmStatic
        @Implementation
        fun getRadioVersion(): String? = radio?.invoke()
    }
}

/** A file system's size. */
@Implements(StatFs::class)
internal class FakeStatFs : ShadowStatFs() {
    @Implementation
    public override fun getTotalBytes(): Long = bytes?.invoke() ?: super.getTotalBytes()

    companion object {
        @Volatile
        var bytes: (() -> Long)? = null
    }
}

/** The device's storage, from API 26. */
internal class FakeStorage(
    private val bytes: () -> Long,
) : StorageStatsManager(application, ReflectionHelpers.createNullProxy(IStorageStatsManager::class.java)) {
    override fun getTotalBytes(storage: UUID): Long = bytes()
}

/** A SIM, and what the telephony stack says of it; or a device with several. */
internal class FakeTelephony(
    private val sim: () -> String? = { "" },
    private val simName: () -> String? = { "" },
    private val carrier: () -> CharSequence? = { null },
    private val network: String? = "Visited",
    private val isRoaming: Boolean = true,
    private val bySubscription: (Int) -> TelephonyManager? = { null },
) : TelephonyManager(application) {
    /** What may not be asked: it tells where the person is. */
    val networkAsked = AtomicInteger()

    override fun getSimOperator(): String? = sim()

    override fun getSimOperatorName(): String? = simName()

    override fun getNetworkOperator(): String = "23415".also { networkAsked.incrementAndGet() }

    override fun getNetworkOperatorName(): String? = network.also { networkAsked.incrementAndGet() }

    override fun getSimCarrierIdName(): CharSequence? = carrier()

    override fun isNetworkRoaming(): Boolean = isRoaming

    override fun createForSubscriptionId(subscription: Int): TelephonyManager? = bySubscription(subscription)
}
