package dev.scruple

import dev.scruple.bindings.load as loadBindings

/** The native library, loaded once by the first call that needs it, and only if it fits its bindings. */
internal object NativeLibrary {
    private val trouble: LinkageError? =
        try {
            loadBindings()
            null
        } catch (error: LinkageError) {
            error
        }

    fun load() {
        if (trouble != null) throw ScrupleException.Library(hint(trouble), trouble)
    }

    private fun hint(trouble: LinkageError): String {
        val said = trouble.message.orEmpty()
        return when {
            "com/sun/jna" in said ->
                "add net.java.dev.jna:jna to the run-time class path"
            said.startsWith("Unable to load library") ->
                "put scruple_ffi where JNA looks: in the app's native libraries, or a directory in jna.library.path"
            else ->
                "use scruple_ffi and scruple-bindings of the same build"
        }
    }
}
