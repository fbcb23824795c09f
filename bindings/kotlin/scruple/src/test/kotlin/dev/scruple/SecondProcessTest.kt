package dev.scruple

import dev.scruple.android.ApplicationContext
import dev.scruple.robolectric.agreed
import dev.scruple.robolectric.application
import dev.scruple.robolectric.everything
import dev.scruple.robolectric.lacks
import dev.scruple.robolectric.offMain
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Rule
import org.junit.Test
import org.junit.rules.Timeout
import org.junit.runner.JUnitCore
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import kotlin.io.path.Path
import kotlin.io.path.div

/** A session, its consent and its revocation belong to one process. */
@RunWith(RobolectricTestRunner::class)
class SecondProcessTest {
    private val second = start()
    private val answers = second.inputStream.bufferedReader()

    @get:Rule
    val limit: Timeout = Timeout.seconds(120)

    /** The other process, in which [SecondProcess] is the only test. */
    private fun start(): java.lang.Process {
        val java = Path(System.getProperty("java.home")) / "bin" / "java"
        val options =
            listOf("jna.library.path", "java.library.path", "robolectric.offline", "robolectric.dependency.dir") +
                "robolectric.enabledSdks"
        val classPath = System.getProperty("surefire.test.class.path") ?: System.getProperty("java.class.path")
        val command =
            listOf(java.toString()) + options.map { "-D$it=${System.getProperty(it)}" } +
                listOf("-cp", classPath, JUnitCore::class.java.name, SecondProcess::class.java.name)
        return ProcessBuilder(command).redirectErrorStream(true).start()
    }

    /** Has the other process do something, and gives what it answers. */
    private fun second(command: String): String {
        second.outputStream.write("$command\n".toByteArray())
        second.outputStream.flush()
        val said = generateSequence(answers::readLine)
        // JUnit's own words may stand before it.
        return said.first { SecondProcess.ANSWER in it }.substringAfter(SecondProcess.ANSWER)
    }

    @After
    fun `the other process ends`() {
        second.destroy()
        second.waitFor()
    }

    @Test
    fun `neither consent nor revocation reaches another process`() {
        assertEquals("not_ready", second("source without context"))
        offMain { AndroidSession.openBlocking(application, everything()) }.agreed().use { session ->
            assertNull(session.lacks(Item.DEVICE_MODEL))
            assertEquals("not_granted", second("open"))
            assertEquals("read", second("agree"))
            session.updateConsent { revoke(Category.DEVICE) }
            assertEquals(Withheld.Revoked, session.lacks(Item.DEVICE_MODEL))
            assertEquals("read", second("collect"))
            assertEquals("revoked", second("revoke"))
        }
    }
}

/** Run in a process of its own: does what it is told, line by line, and answers why there is no model. */
@RunWith(RobolectricTestRunner::class)
@OptIn(ScrupleSourceApi::class)
internal class SecondProcess {
    private lateinit var session: Session

    @Test
    fun `does as it is told`() {
        for (command in generateSequence(::readLine)) {
            when (command) {
                "open" -> session = offMain { AndroidSession.openBlocking(application, everything()) }
                "agree" -> session.agreed()
                "revoke" -> session.updateConsent { revoke(Category.DEVICE) }
                "source without context" -> {
                    answer(withoutContext())
                    continue
                }
            }
            answer(session.lacks(Item.DEVICE_MODEL)?.id ?: "read")
        }
    }

    /** What a source of ours gives where no session was opened with a context. */
    private fun withoutContext(): String =
        runCatching { ApplicationContext.get() }.exceptionOrNull().let { (it as SourceException).kind.id }

    private fun answer(text: String) = println("$ANSWER$text")

    companion object {
        const val ANSWER = "answer: "
    }
}
