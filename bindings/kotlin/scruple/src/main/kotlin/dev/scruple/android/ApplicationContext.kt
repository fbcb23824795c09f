package dev.scruple.android

import android.content.Context
import android.content.pm.ApplicationInfo
import dev.scruple.ScrupleException
import dev.scruple.ScrupleSourceApi
import dev.scruple.SourceErrorKind
import dev.scruple.SourceException

/**
 * The application's context, for those who write a source. It is there once a host has opened a session with a context.
 */
@ScrupleSourceApi
public object ApplicationContext {
    @Volatile
    private var context: Context? = null

    /** Whether the host wants the library's log in a release too. */
    @Volatile
    @get:JvmSynthetic // Java knows no `internal`, and sees nothing synthetic.
    @set:JvmSynthetic
    internal var isLogWanted = false

    /**
     * The context.
     *
     * @throws SourceException of the kind [SourceErrorKind.NOT_READY] if no host has opened a session with a context.
     */
    @JvmStatic
    @Throws(SourceException::class)
    public fun get(): Context = context ?: throw SourceException(SourceErrorKind.NOT_READY)

    /** Hands the context to the native library and keeps it. It may be any: its application's is taken. */
    @JvmSynthetic
    internal fun install(context: Context) {
        // None while the application itself is being made.
        val application = context.applicationContext ?: context
        val installed =
            try {
                // First, so that a context that is refused is in the log.
                if (isLogWanted || application.isDebuggable) NativeContext.logToLogcat()
                NativeContext.install(application)
            } catch (missing: LinkageError) {
                throw ScrupleException.Library(HINT, missing)
            }
        if (!installed) throw ScrupleException.Internal("the native library cannot work with this context")
        this.context = application
    }

    private val Context.isDebuggable get() = applicationInfo.flags and ApplicationInfo.FLAG_DEBUGGABLE != 0

    private const val HINT =
        "put libscruple_ffi.so for this device's architecture into the app's native libraries, from this version's AAR"
}
