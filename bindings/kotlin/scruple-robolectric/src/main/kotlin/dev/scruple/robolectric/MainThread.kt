package dev.scruple.robolectric

import android.os.Looper
import org.robolectric.Shadows.shadowOf
import java.util.concurrent.ExecutionException
import java.util.concurrent.FutureTask
import kotlin.concurrent.thread

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
    return try {
        task.get()
    } catch (failed: ExecutionException) {
        throw failed.cause ?: failed
    }
}
