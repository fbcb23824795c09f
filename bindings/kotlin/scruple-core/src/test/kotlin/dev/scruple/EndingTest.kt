package dev.scruple

import dev.scruple.bindings.recorded.openRecorded
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import java.util.concurrent.CountDownLatch
import kotlin.io.path.createDirectories
import kotlin.io.path.div

/** However a snapshot ends, reads say how, and its values are in this process's memory no more. */
class EndingTest {
    @TempDir
    lateinit var machine: Path

    /** A machine whose system's name is a canary, which native code reads and this language does not see. */
    private fun recorded(
        canary: Canary,
        policy: Policy = everything(),
    ): Session {
        canary.write((machine / "etc").createDirectories() / "os-release", "VERSION_ID=1\nPRETTY_NAME=\"", "\"\n")
        return NativeSession(openRecorded(policy.lowered(), machine.toString())).also(::agree)
    }

    private fun Session.systemVersion() = collectBlocking(Purpose.FEATURE, setOf(Item.DEVICE_SYSTEM_VERSION))

    @Test
    fun `closing wipes what was read natively`() {
        val canary = Canary(1)
        assertFalse(canary.isInMemory())
        recorded(canary).use { session ->
            val snapshot = session.systemVersion()
            assertTrue(canary.isInMemory(), "the control: it lives as long as the snapshot")
            assertEquals(canary.spelledOut(), snapshot.device.systemVersion?.name)
            assertEquals(canary.spelledOut(), snapshot.forMiniProgram().system)
            assertTrue(canary.spelledOut() in snapshot.toJson())
            assertTrue(canary.isInMemory())
            snapshot.close()
            assertFalse(canary.isInMemory())
            assertThrows<ScrupleException.Closed> { snapshot.device }
        }
    }

    @Test
    fun `closing the session wipes`() {
        val canary = Canary(2)
        val session = recorded(canary)
        val snapshot = session.systemVersion()
        assertTrue(canary.isInMemory())
        session.close()
        assertFalse(canary.isInMemory())
        assertThrows<ScrupleException.Closed> { snapshot.toJson() }
        snapshot.close()
    }

    @Test
    fun `revoking wipes before it returns`() {
        val canary = Canary(3)
        recorded(canary).use { session ->
            val snapshot = session.systemVersion()
            snapshot.device
            assertTrue(canary.isInMemory())
            session.updateConsent { revoke(Category.DEVICE) }
            assertFalse(canary.isInMemory())
            val message = assertThrows<ScrupleException.Revoked> { snapshot.device }.message
            assertEquals("revoked: consent was withdrawn", message)
            assertEquals(Withheld.Revoked, snapshot.missing[Item.DEVICE_SYSTEM_VERSION])
            snapshot.close()
        }
    }

    @Test
    fun `expiry wipes without a further call`() {
        val canary = Canary(4)
        recorded(canary, everything(retentionMs = 1_000)).use { session ->
            val snapshot = session.systemVersion()
            assertTrue(canary.isInMemory())
            Thread.sleep(1_100)
            assertTrue(soon { !canary.isInMemory() })
            assertThrows<ScrupleException.Expired> { snapshot.device }
            snapshot.close()
            assertThrows<ScrupleException.Closed> { snapshot.device }
        }
    }

    @Test
    fun `what a source gave is wiped alike`() {
        val canary = Canary(5)
        agreed(webView { canary.spelledOut() }).use { session ->
            val snapshot = session.userAgent()
            assertTrue(canary.isInMemory())
            assertEquals(canary.spelledOut(), snapshot.features.userAgent)
            snapshot.close()
            assertFalse(canary.isInMemory())
        }
    }

    @Test
    fun `a cancelled coroutine stops waiting at once, and what comes late is wiped`() {
        val canary = Canary(6)
        val (asked, go, done) = List(3) { CountDownLatch(1) }
        val session =
            agreed(
                webView {
                    asked.countDown()
                    go.await()
                    canary.spelledOut().also { done.countDown() }
                },
                policy = everything(deadlineMs = 60_000),
            )
        runBlocking {
            val collecting = async(Dispatchers.Default) { session.collect(Purpose.FEATURE) }
            asked.await()
            val start = System.nanoTime()
            collecting.cancel()
            assertThrows<CancellationException> { runBlocking { collecting.await() } }
            assertTrue(System.nanoTime() - start < 5_000_000_000)
        }
        assertFalse(canary.isInMemory())
        go.countDown()
        done.await()
        // The collection ends, and its snapshot with it, some moments after the source.
        assertTrue(soon { session.audit().isNotEmpty() })
        assertTrue(soon { !canary.isInMemory() })
        session.userAgent().use {
            assertEquals(canary.spelledOut(), it.features.userAgent)
            assertTrue(canary.isInMemory(), "the control: not cancelled, it is there")
        }
        session.close()
    }

    @Test
    fun `a snapshot that arrives as its coroutine is cancelled is closed`() {
        val canary = Canary(7)
        val session = agreed(webView { canary.spelledOut() })
        repeat(50) {
            runBlocking {
                val began = CompletableDeferred<Unit>()
                val collecting =
                    async(Dispatchers.Default) {
                        began.complete(Unit)
                        session.collect(Purpose.FEATURE, setOf(Item.WEB_VIEW_USER_AGENT)).close()
                    }
                began.await()
                Thread.sleep(0, (it * 20_000))
                collecting.cancel()
            }
        }
        assertTrue(soon { !canary.isInMemory() })
        session.close()
    }

    /** Whether it comes true within some seconds. */
    private fun soon(condition: () -> Boolean): Boolean {
        repeat(100) {
            if (condition()) return true
            Thread.sleep(50)
        }
        return false
    }
}
