package androidx.test.runner.intent

import android.app.Instrumentation.ActivityResult
import android.content.Intent

/** Nobody asks it anything. */
interface IntentMonitor

/** Where Robolectric leaves its monitor. */
object IntentMonitorRegistry {
    @JvmStatic
    @Suppress("UNUSED_PARAMETER")
    fun registerInstance(monitor: IntentMonitor?) = Unit
}

/** Answers in place of an activity. */
interface IntentStubber {
    fun getActivityResultForIntent(intent: Intent): ActivityResult?
}

/** Nobody answers in place of an activity. */
object IntentStubberRegistry {
    @JvmStatic
    fun isLoaded(): Boolean = false

    @JvmStatic
    fun getInstance(): IntentStubber = error("not loaded")
}
