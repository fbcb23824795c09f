package androidx.test.platform.app

import android.app.Instrumentation
import android.os.Bundle

/** Where Robolectric leaves its instrumentation. This package stands in for one that Google's repository alone has. */
object InstrumentationRegistry {
    @Volatile
    private var registered: Instrumentation? = null

    @JvmStatic
    fun registerInstance(
        instrumentation: Instrumentation?,
        @Suppress("UNUSED_PARAMETER") arguments: Bundle?,
    ) {
        registered = instrumentation
    }

    @JvmStatic
    fun getInstrumentation(): Instrumentation = checkNotNull(registered) { "Robolectric has registered none" }
}
