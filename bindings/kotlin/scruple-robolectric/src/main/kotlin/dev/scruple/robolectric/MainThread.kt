package dev.scruple.robolectric

import android.os.Looper
import org.robolectric.Shadows.shadowOf
import java.util.concurrent.ExecutionException
import java.util.concurrent.FutureTask
import kotlin.concurrent.thread

/**
 * Makes a call that refuses the main thread, which is the tests' own: on a thread of its own, while the main thread waits
 * and serves nothing. On another thread it is made there.
 */
fun <T> offMain(call: () -> T): T {
    if (Looper.myLooper() != Looper.getMainLooper()) return call()
    val task = FutureTask(call)
    thread { task.run() }
    return task.result()
}

/**
 * Makes a call on a thread of its own, while the main thread, which is the tests' own, serves what is posted to it. A
 * call that is made on the main thread itself keeps it from that.
 */
fun <T> besideMain(call: () -> T): T {
    val task = FutureTask(call)
    thread { task.run() }
    while (!task.isDone) {
        shadowOf(Looper.getMainLooper()).idle()
        Thread.sleep(1)
    }
    return task.result()
}

private fun <T> FutureTask<T>.result(): T =
    try {
        get()
    } catch (failed: ExecutionException) {
        throw failed.cause ?: failed
    }
