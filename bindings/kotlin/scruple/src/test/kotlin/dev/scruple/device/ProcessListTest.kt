package dev.scruple.device

import android.app.ActivityManager.RunningAppProcessInfo
import android.content.Context
import dev.scruple.Item
import dev.scruple.Process
import dev.scruple.Unavailable
import dev.scruple.robolectric.WatchedContext
import dev.scruple.robolectric.reads
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

/** The app's own processes. */
@RunWith(RobolectricTestRunner::class)
class ProcessListTest {
    @get:Rule
    internal val framework = FakeFramework()

    private fun process(
        pid: Int,
        name: String?,
    ) = RunningAppProcessInfo(name, pid, arrayOf("a.package"))

    private fun processes(): List<Process>? =
        session().use { session -> session.reads(Item.PROCESS_LIST_PROCESSES).use { it.features.processes } }

    private fun lack() = lack(Item.PROCESS_LIST_PROCESSES)

    @Test
    fun `they come by their id`() {
        FakeActivityManager.processes = { listOf(process(4012, "com.example:mini"), process(4001, "com.example")) }
        assertEquals(listOf(Process(4001, "com.example"), Process(4012, "com.example:mini")), processes())
    }

    @Test
    fun `there may be none`() {
        FakeActivityManager.processes = { null }
        assertEquals(Unavailable.NOT_STATED, lack())
        FakeActivityManager.processes = { emptyList() }
        assertEquals(emptyList<Process>(), processes())
        val none = WatchedContext().answer(Context.ACTIVITY_SERVICE) { null }
        assertEquals(Unavailable.PLATFORM_HAS_NONE, lack(Item.PROCESS_LIST_PROCESSES, none))
    }

    @Test
    fun `nonsense has a reason`() {
        for ((text, reason) in nonsense) {
            FakeActivityManager.processes = { listOf(process(1, "com.example"), process(2, text)) }
            assertEquals(reason, lack())
        }
        FakeActivityManager.processes = { listOf(process(-1, "com.example")) }
        assertEquals(Unavailable.MALFORMED, lack())
        FakeActivityManager.processes = { listOf(null) }
        assertEquals(Unavailable.NOT_STATED, lack())
        FakeActivityManager.processes = { List(1_000_000) { process(it, "com.example") } }
        assertEquals(Unavailable.TOO_LONG, lack())
    }

    @Test
    fun `what the framework throws is a reason`() {
        FakeActivityManager.processes = { throw IllegalStateException("a secret") }
        assertEquals(Unavailable.READ_FAILED, lack())
        FakeActivityManager.processes = { throw SecurityException("a secret") }
        assertEquals(Unavailable.NOT_PERMITTED, lack())
        val lying =
            object : AbstractList<RunningAppProcessInfo>() {
                override val size = 3

                override fun get(index: Int): RunningAppProcessInfo = throw IndexOutOfBoundsException("a secret")
            }
        FakeActivityManager.processes = { lying }
        assertEquals(Unavailable.READ_FAILED, lack())
    }
}
