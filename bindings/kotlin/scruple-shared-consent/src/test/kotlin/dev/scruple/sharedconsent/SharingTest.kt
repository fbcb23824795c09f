package dev.scruple.sharedconsent

import dev.scruple.Category
import dev.scruple.ConsentUpdate
import dev.scruple.Item
import dev.scruple.Purpose
import dev.scruple.ScrupleException
import dev.scruple.Withheld
import dev.scruple.robolectric.agreed
import dev.scruple.robolectric.reads
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import java.util.concurrent.CountDownLatch
import java.util.concurrent.CyclicBarrier
import java.util.concurrent.ExecutionException

/** Two processes, each with a session of its own, and the main one, which has the relay. */
@RunWith(RobolectricTestRunner::class)
class SharingTest : App() {
    @Test
    fun `a grant reaches both, and a revocation returns when both have wiped`() {
        val consent = join(101, one)
        join(102, two)
        assertEquals(listOf("not_granted", "not_granted"), listOf(one, two).map { it.lack() })
        consent.update(GRANT).get()
        val held = listOf(one, two).map { it.reads(Item.DEVICE_MODEL) }
        assertEquals(listOf("Pixel 8", "Pixel 8"), held.map { it.device.model })
        consent.update(REVOKE).get()
        held.forEach { assertThrows(ScrupleException.Revoked::class.java) { it.device } }
        assertEquals(emptySet<Int>(), consent.waitingFor)
        val granted = "at_least_minimum +device/feature +device/troubleshooting"
        val revoked = "at_least_minimum -device/feature -device/troubleshooting"
        assertEquals(
            listOf("102 > 100 join", "100 > 102 state 0 unknown", "102 > 100 applied 0") +
                listOf("100 > 102 state 1 $granted", "102 > 100 applied 1") +
                listOf("100 > 102 state 2 $revoked", "102 > 100 applied 2"),
            app.said.all.filter { "102 >" in it || "> 102" in it },
        )
    }

    @Test
    fun `the main process joins its own relay`() {
        val consent = join(app.main, one)
        join(101, two)
        consent.update(GRANT).get()
        assertEquals(listOf(null, null), listOf(one, two).map { it.lack() })
        consent.update(REVOKE).get()
        assertEquals(listOf("revoked", "revoked"), listOf(one, two).map { it.lack() })
    }

    @Test
    fun `whoever joins later agrees to what stands, and says why`() {
        val consent = join(101, one)
        val all = ConsentUpdate.builder().grant(Category.LOCATION)
        consent.update(all.build()).get()
        consent.update(GRANT).get()
        consent.update(ConsentUpdate.builder().revokeFor(Category.LOCATION, Purpose.FEATURE).build()).get()
        two.agreed()
        join(102, two)
        assertEquals(null, two.lack())
        for (session in listOf(one, two)) {
            val decisions = session.explain(Purpose.FEATURE)
            assertEquals(Withheld.Revoked, decisions[Item.LOCATION_PRECISE])
        }
        assertEquals(Withheld.NotGranted, one.explain(Purpose.FEATURE)[Item.CLIPBOARD_CONTENT])
        assertEquals("its own doing", Withheld.Revoked, two.explain(Purpose.FEATURE)[Item.CLIPBOARD_CONTENT])
    }

    @Test
    fun `a process that dies is no longer waited for`() {
        val consent = join(101, one)
        val second = app.process(102)
        join(second, two)
        two.before = { CountDownLatch(1).await() }
        val update = consent.update(GRANT)
        app.said.until("100 > 101 waiting 1 [102]")
        assertFalse(update.isDone)
        second.die()
        update.get()
    }

    @Test
    fun `a process that hangs is named, and the revocation stands though nobody waits for it`() {
        val consent = join(101, one)
        join(102, two)
        consent.update(GRANT).get()
        val goesOn = CountDownLatch(1)
        two.before = { goesOn.await() }
        val waiting = CoroutineScope(Dispatchers.Default).async { consent.updateConsent(REVOKE) }
        app.said.until("100 > 101 waiting 2 [102]")
        consent.until { waitingFor == setOf(102) }
        assertFalse(waiting.isCompleted)
        waiting.cancel()
        runBlocking { waiting.join() }
        assertEquals(setOf(102), consent.waitingFor)
        assertEquals("revoked", one.lack())
        val late = Watched()
        join(103, late)
        assertEquals("revoked", late.lack())
        goesOn.countDown()
        app.said.until("100 > 101 waiting 2 []")
        assertEquals("revoked", two.lack())
    }

    @Test
    fun `a session that ended is no longer waited for`() {
        val consent = join(101, one)
        val other = join(102, two)
        two.close()
        consent.update(GRANT).get()
        app.said.until("102 > 100 leave")
        val failed = assertThrows(ExecutionException::class.java) { other.update(GRANT).get() }
        assertTrue("$failed", failed.cause is SharedConsentException.Left)
        assertEquals(null, one.lack())
    }

    @Test
    fun `a session that throws is closed`() {
        val consent = join(101, one)
        join(102, two)
        consent.update(GRANT).get()
        val held = two.reads(Item.DEVICE_MODEL)
        two.before = { throw ScrupleException.Internal("a fault") }
        consent.update(REVOKE).get()
        assertThrows(ScrupleException.Closed::class.java) { held.device }
    }

    @Test
    fun `a session that neither obeys nor closes has not answered`() {
        val consent = join(101, one)
        val second = app.process(102)
        val other = join(second, two)
        two.before = { throw ScrupleException.Internal("a fault") }
        two.closing = { throw ScrupleException.Internal("a fault") }
        val update = consent.update(REVOKE)
        app.said.until("100 > 101 waiting 1 [102]")
        assertThrows(ScrupleException.Internal::class.java) { other.close() }
        assertThrows(ExecutionException::class.java) { other.update(GRANT).get() }
        assertFalse("102 > 100 leave" in app.said.all)
        assertFalse(update.isDone)
        second.die()
        update.get()
    }

    @Test
    fun `whoever leaves agrees to nothing, and is no longer waited for`() {
        val consent = join(101, one)
        val other = join(102, two)
        consent.update(GRANT).get()
        val held = two.reads(Item.DEVICE_MODEL)
        other.close()
        assertThrows(ScrupleException.Revoked::class.java) { held.device }
        app.said.until("102 > 100 leave")
        two.before = { CountDownLatch(1).await() }
        consent.update(REVOKE).get()
        assertEquals("once more changes nothing", Unit, other.close())
    }

    @Test
    fun `all apply the updates of two processes in one order`() {
        val consents = listOf(join(101, one), join(102, two))
        val rounds = 40
        val together = CyclicBarrier(2)
        val updaters =
            consents.mapIndexed { which, consent ->
                start {
                    repeat(rounds) { round ->
                        together.await()
                        consent.updateConsentBlocking(if ((round + which) % 2 == 0) GRANT else REVOKE)
                    }
                }
            }
        updaters.forEach { it.get() }
        val heard = { pid: Int ->
            app.said.all
                .filter { it.startsWith("100 > $pid state") }
                .map { it.drop(9) }
        }
        assertEquals(2 * rounds + 1, heard(101).toSet().size)
        assertEquals(heard(101), heard(102))
        assertEquals(one.lack(), two.lack())
        assertEquals("the last word", heard(101).last().contains("+device"), one.lack() == null)
    }

    @Test
    fun `joining while others revoke never ends with more than what stands`() {
        val consent = join(101, one)
        repeat(25) { round ->
            consent.update(GRANT).get()
            val late = Watched()
            val together = CyclicBarrier(2)
            val process = app.process(200 + round)
            val joining =
                start {
                    together.await()
                    SharedConsent.joinBlocking(process, late)
                }
            val revoking =
                start {
                    together.await()
                    consent.updateConsentBlocking(REVOKE)
                }
            revoking.get()
            val joined = joining.get()
            assertEquals("revoked", late.lack())
            joined.close()
            late.close()
        }
    }

    @Test
    fun `a session that calls back waits for itself only if it says so`() {
        val consent = join(101, one)
        join(102, two)
        var blocked: Throwable? = null
        val updated = CountDownLatch(1)
        one.before = {
            one.before = {}
            blocked = runCatching { consent.updateConsentBlocking(REVOKE) }.exceptionOrNull()
            val callback =
                object : UpdateCallback {
                    override fun onUpdated() = updated.countDown()

                    override fun onFailed(error: SharedConsentException) = throw error
                }
            consent.updateConsent(REVOKE, Runnable::run, callback)
        }
        consent.update(GRANT).get()
        updated.await()
        assertTrue("$blocked", blocked is IllegalStateException)
        assertEquals(listOf("revoked", "revoked"), listOf(one, two).map { it.lack() })
    }
}
