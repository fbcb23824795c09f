package dev.scruple.processes

import android.app.ActivityManager
import android.app.ActivityManager.RunningAppProcessInfo
import android.content.Context
import android.os.Process.myUid
import dev.scruple.AndroidSession
import dev.scruple.Category
import dev.scruple.Item
import dev.scruple.Missing
import dev.scruple.RunningProcess
import dev.scruple.Session
import dev.scruple.Source
import dev.scruple.Unavailable
import dev.scruple.Withheld
import dev.scruple.robolectric.WatchedContext
import dev.scruple.robolectric.agreed
import dev.scruple.robolectric.application
import dev.scruple.robolectric.declared
import dev.scruple.robolectric.everything
import dev.scruple.robolectric.lacks
import dev.scruple.robolectric.offMain
import dev.scruple.robolectric.reads
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.Implementation
import org.robolectric.annotation.Implements
import org.robolectric.shadows.ShadowActivityManager

/** The app's own processes from the system's activity manager, through the whole gate. */
@RunWith(RobolectricTestRunner::class)
@Config(shadows = [ProcessesTest.Activities::class])
class ProcessesTest {
    /** An activity manager that answers what a test says, and that counts how often it is asked. */
    @Implements(ActivityManager::class)
    class Activities : ShadowActivityManager() {
        @Implementation
        public override fun getRunningAppProcesses(): List<RunningAppProcessInfo?>? {
            asked++
            return answer()
        }

        companion object {
            @Volatile
            var asked = 0

            @Volatile
            var answer: () -> List<RunningAppProcessInfo?>? = { null }
        }
    }

    @Before
    fun nobodyHasAsked() {
        Activities.asked = 0
    }

    @Test
    fun `they come by their id`() {
        Activities.answer = { listOf(process(4012, "com.example:mini"), process(4001, "com.example")) }
        assertEquals(listOf(RunningProcess(4001, "com.example"), RunningProcess(4012, "com.example:mini")), processes())
        assertEquals(1, Activities.asked)
        Activities.answer = { emptyList() }
        assertEquals(emptyList<RunningProcess>(), processes())
    }

    @Test
    fun `without the source, or without consent, nobody asks the system`() {
        Activities.answer = { listOf(process(4001, "com.example")) }
        session(sources = emptyList()).use { assertEquals(Unavailable.NO_SOURCE, it.lacks(PROCESSES)) }
        session().use { session ->
            session.updateConsent { revoke(Category.PROCESS_LIST) }
            assertEquals(Withheld.Revoked, session.lacks(PROCESSES))
            assertEquals(0, Activities.asked)
            session.agreed().reads(PROCESSES).use { assertTrue("the control", "4001" in it.toJson()) }
            assertEquals(1, Activities.asked)
        }
    }

    @Test
    fun `consent that is taken back during the read leaves nothing`() {
        session().use { session ->
            Activities.answer = {
                session.updateConsent { revoke(Category.PROCESS_LIST) }
                listOf(process(4001, "com.example"))
            }
            session.reads(PROCESSES).use {
                assertEquals(Withheld.Revoked, it.missing[PROCESSES])
                assertFalse("4001" in it.toJson())
            }
        }
    }

    @Test
    fun `another app's are left out, which Android 5 lists`() {
        val others = process(4002, "org.example.other").apply { uid = myUid() + 1 }
        Activities.answer = { listOf(process(4001, "com.example"), others) }
        assertEquals(listOf(RunningProcess(4001, "com.example")), processes())
    }

    @Test
    fun `there may be none, and no activity manager`() {
        Activities.answer = { null }
        assertEquals(Unavailable.NOT_READY, lack())
        val none = WatchedContext().answer(Context.ACTIVITY_SERVICE) { null }
        assertEquals(Unavailable.PLATFORM_HAS_NONE, lack(none))
    }

    @Test
    fun `nonsense has a reason`() {
        for ((name, reason) in mapOf("" to Unavailable.NOT_STATED, "two\nlines" to Unavailable.MALFORMED)) {
            Activities.answer = { listOf(process(1, "com.example"), process(2, name)) }
            assertEquals(reason, lack())
        }
        for (broken in listOf(process(-1, "com.example"), process(1, null), process(1, "half \ud83d"), null)) {
            Activities.answer = { listOf(broken) }
            assertEquals(Unavailable.READ_FAILED, lack())
        }
        Activities.answer = { List(100_000) { process(it, "com.example") } }
        assertEquals(Unavailable.TOO_LONG, lack())
    }

    @Test
    fun `what the system throws is a reason without its text`() {
        Activities.answer = { throw IllegalStateException("a secret") }
        assertEquals(Unavailable.READ_FAILED, lack())
        Activities.answer = { throw SecurityException("a secret") }
        assertEquals(Unavailable.NOT_PERMITTED, lack())
    }

    @Test
    fun `the manifest declares nothing`() = assertEquals(emptySet<String>(), declared("scruple-processes"))

    private fun process(
        pid: Int,
        name: String?,
    ) = RunningAppProcessInfo(name, pid, arrayOf("a.package")).apply { uid = myUid() }

    private fun session(
        context: Context = application,
        sources: List<Source> = listOf(AndroidProcesses),
    ): Session = offMain { AndroidSession.openBlocking(context, everything(), sources) }.agreed()

    private fun processes() = session().use { session -> session.reads(PROCESSES).use { it.features.processes } }

    private fun lack(context: Context = application): Missing? = session(context).use { it.lacks(PROCESSES) }

    private companion object {
        val PROCESSES = Item.PROCESS_LIST_PROCESSES
    }
}
