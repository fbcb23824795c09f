package dev.scruple.android

import android.content.Context

/** The native library's hold on the application's context, through which it reads Android. */
internal object NativeContext {
    init {
        // JNA loads the same library, but binds no native method of a class.
        System.loadLibrary("scruple_ffi")
    }

    /** Hands the context over, in place of an earlier one; false if the library cannot work with it. Reads nothing. */
    @JvmStatic
    external fun install(context: Context): Boolean

    /** From now on item ids and reasons, never a value, go to logcat; until then nothing does. */
    @JvmStatic
    external fun logToLogcat()
}
