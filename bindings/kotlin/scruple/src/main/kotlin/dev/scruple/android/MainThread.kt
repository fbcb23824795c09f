package dev.scruple.android

import android.os.Looper

/** Throws on the main thread: a call that waits there freezes the app, and nobody would see who did. */
internal fun refuseOnMain(
    call: String,
    instead: String,
) {
    check(Looper.myLooper() != Looper.getMainLooper()) {
        "$call would block the main thread; call $instead, which suspends or takes a callback"
    }
}
