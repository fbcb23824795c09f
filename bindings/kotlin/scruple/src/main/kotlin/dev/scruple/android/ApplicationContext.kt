package dev.scruple.android

import android.content.Context
import dev.scruple.ScrupleException
import dev.scruple.ScrupleSourceApi
import dev.scruple.SourceErrorKind
import dev.scruple.SourceException

/** The application's context, for those who write a source: there once a session was opened with a context. */
@ScrupleSourceApi
public object ApplicationContext {
    @Volatile
    private var context: Context? = null

    /**
     * The context.
     *
     * @throws SourceException of the kind [SourceErrorKind.NOT_READY] if no session was opened with a context.
     */
    @JvmStatic
    @Throws(SourceException::class)
    public fun get(): Context = context ?: throw SourceException(SourceErrorKind.NOT_READY)

    /** Hands the context to the native library and keeps it. It may be any: its application's is taken. */
    @JvmSynthetic // Java knows no `internal`, and sees nothing synthetic.
    internal fun install(context: Context) {
        // None while the application itself is being made.
        val application = context.applicationContext ?: context
        val installed =
            try {
                NativeContext.install(application)
            } catch (missing: LinkageError) {
                throw ScrupleException.Library(HINT, missing)
            }
        if (!installed) throw ScrupleException.Internal("the native library cannot work with this context")
        this.context = application
    }

    private const val HINT =
        "put libscruple_ffi.so for this device's architecture into the app's native libraries, from this version's AAR"
}
