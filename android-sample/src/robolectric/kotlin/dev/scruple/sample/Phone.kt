package dev.scruple.sample

import android.app.Activity
import android.app.usage.StorageStatsManager
import android.content.ComponentName
import android.content.Context
import android.content.Intent
import android.graphics.Bitmap
import android.graphics.Canvas
import android.os.Build
import android.os.IBinder
import android.os.storage.StorageManager
import android.provider.Settings
import android.telephony.TelephonyManager
import android.view.View
import android.view.ViewGroup
import android.widget.Button
import android.widget.ScrollView
import android.widget.TextView
import dev.scruple.Category
import dev.scruple.robolectric.application
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ActivityController
import org.robolectric.shadows.ShadowBuild
import org.robolectric.shadows.ShadowLooper.idleMainLooper
import org.robolectric.util.ReflectionHelpers
import org.robolectric.util.ReflectionHelpers.ClassParameter

/** What the phone says of itself, in place of what Robolectric says, and a main process in which nobody has agreed yet. */
fun furnish() {
    val relay = Class.forName("dev.scruple.sharedconsent.Relay").getDeclaredConstructor().newInstance() as IBinder
    val service = ComponentName(application, "dev.scruple.sharedconsent.ConsentService")
    shadowOf(application).setComponentNameAndServiceForBindService(service, relay)
    ShadowBuild.setBrand("google")
    ShadowBuild.setManufacturer("Google")
    ShadowBuild.setModel("Pixel 8")
    ShadowBuild.setVersionIncremental("11040898")
    ReflectionHelpers.setStaticField(Build::class.java, "DISPLAY", "UD1A.231105.004")
    Settings.Global.putString(application.contentResolver, "device_name", "QA phone 7")
    if (Build.VERSION.SDK_INT >= 26) {
        val storage = application.getSystemService(StorageStatsManager::class.java)
        shadowOf(storage).setStorageDeviceFreeAndTotalBytes(StorageManager.UUID_DEFAULT, 0, 128_000_000_000)
    }
    shadowOf(application.getSystemService(TelephonyManager::class.java)).apply {
        setSimOperator("00101")
        setSimOperatorName("Example Mobile")
    }
}

private val others = mutableListOf<SampleApplication>()

/** Ends the app's processes: what their sessions' threads leave is for the next test. */
fun vacate() {
    (others + application as SampleApplication).forEach(SampleApplication::onTerminate)
    others.clear()
    repeat(20) {
        idleMainLooper()
        Thread.sleep(5)
    }
}

/** Another process of the app: its application, and so its model and its session, are its own. */
fun anotherProcess() =
    SampleApplication().also {
        val context = ClassParameter.from(Context::class.java, application.baseContext)
        ReflectionHelpers.callInstanceMethod<Unit>(it, "attach", context)
        others += it
    }

/** The app on a phone, in a person's hands. */
class Phone(
    screen: Class<out MainActivity> = MainActivity::class.java,
    private val process: SampleApplication = application as SampleApplication,
    intent: Intent? = null,
) : AutoCloseable {
    val controller: ActivityController<out MainActivity> = Robolectric.buildActivity(screen, intent)
    val activity: MainActivity get() = controller.get()
    val model: Model get() = process.model
    val screen: Screen get() = model.screen.value

    init {
        ReflectionHelpers.setField(Activity::class.java, activity, "mApplication", process)
        controller.setup()
        settle()
    }

    /** Lets the app finish what it is doing. */
    fun settle() {
        val end = System.nanoTime() + 30_000_000_000
        do {
            check(System.nanoTime() < end) { "it does not settle: ${screen.phase}, ${screen.underWay}" }
            Thread.sleep(5)
            idleMainLooper()
        } while (screen.phase != Phase.IDLE || screen.underWay > 0)
    }

    fun <T : View> view(id: Int): T = activity.findViewById(id)

    fun tap(view: View) {
        check(view.isEnabled && view.performClick()) { "nothing to tap" }
        settle()
    }

    fun tap(id: Int) = tap(view<View>(id))

    /** A button of a page. */
    fun button(
        page: Int,
        text: String,
    ): View = views(view(page)).first { it is Button && it.text == text }

    /** The switch of a category. */
    fun switch(category: Category): View = view<ViewGroup>(R.id.categories).getChildAt(category.ordinal)

    /** States the age, turns everything on, agrees, and refuses what Android asks. */
    fun agreeToAll() {
        tap(R.id.age_at_least_minimum)
        tap(R.id.all)
        tap(R.id.agree)
        answer()
    }

    /** Ends Android's question, if it asks one: it says no unless it was told to say yes. */
    fun answer() {
        val asked = shadowOf(activity).lastRequestedPermission?.requestedPermissions ?: return
        val answers = asked.map { activity.checkSelfPermission(it) }.toIntArray()
        activity.onRequestPermissionsResult(0, asked, answers)
        settle()
    }

    /** Scrolls the page of items until this text is at its top. */
    fun scrollTo(text: String) {
        val page = view<View>(R.id.items).parent as ScrollView
        val target = views(view(R.id.items)).first { it is TextView && it.text.startsWith(text) }
        val y = generateSequence(target) { it.parent as? View }.takeWhile { it !== page }.sumOf { it.top }
        page.scrollTo(0, y)
        idleMainLooper()
    }

    /** Every view of the screen or of a part of it, seen or not. */
    fun views(view: View = activity.window.decorView): Sequence<View> =
        sequence {
            yield(view)
            if (view is ViewGroup) for (at in 0 until view.childCount) yieldAll(views(view.getChildAt(at)))
        }

    /** Everything that the screen says, to the eye or the ear. */
    fun texts(view: View = activity.window.decorView): List<String> =
        views(view)
            .flatMap { sequenceOf((it as? TextView)?.text, it.contentDescription, it.tooltip()) }
            .mapNotNull { it?.toString() }
            .toList()

    fun picture(): Bitmap {
        val decor = activity.window.decorView
        return Bitmap.createBitmap(decor.width, decor.height, Bitmap.Config.ARGB_8888).also { decor.draw(Canvas(it)) }
    }

    override fun close() {
        controller.pause().stop().destroy()
    }

    private fun View.tooltip() = if (Build.VERSION.SDK_INT >= 26) tooltipText else null
}
