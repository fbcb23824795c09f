package androidx.test.runner.lifecycle

/** An application's life. */
enum class ApplicationStage {
    PRE_ON_CREATE,
    CREATED,
}

/** Nobody asks it anything. */
interface ApplicationLifecycleMonitor

/** Where Robolectric leaves its monitor. */
object ApplicationLifecycleMonitorRegistry {
    @Volatile
    private var registered: ApplicationLifecycleMonitor? = null

    @JvmStatic
    fun registerInstance(monitor: ApplicationLifecycleMonitor?) {
        registered = monitor
    }

    @JvmStatic
    fun getInstance(): ApplicationLifecycleMonitor = checkNotNull(registered) { "Robolectric has registered none" }
}
