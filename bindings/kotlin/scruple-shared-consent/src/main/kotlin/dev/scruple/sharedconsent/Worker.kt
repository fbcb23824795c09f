package dev.scruple.sharedconsent

import java.util.concurrent.Executor
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.ThreadPoolExecutor
import java.util.concurrent.TimeUnit

/** One thread at a time, there while it has something to do: what it does is done in the order of asking. */
internal class Worker(
    name: String,
) : Executor {
    @Volatile
    private var thread: Thread? = null

    private val pool =
        ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, LinkedBlockingQueue()) { work ->
            Thread(work, name).also {
                it.isDaemon = true
                thread = it
            }
        }

    init {
        pool.allowCoreThreadTimeOut(true)
    }

    /** Whether this is its thread. */
    val isCurrent: Boolean get() = Thread.currentThread() === thread

    override fun execute(work: Runnable) = pool.execute(work)
}
