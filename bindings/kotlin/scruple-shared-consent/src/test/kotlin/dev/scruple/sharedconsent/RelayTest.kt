package dev.scruple.sharedconsent

import dev.scruple.Category
import dev.scruple.Item
import dev.scruple.ScrupleException
import dev.scruple.robolectric.reads
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import java.util.concurrent.CountDownLatch
import java.util.concurrent.ExecutionException

/** What becomes of consent when the relay's process dies, hangs, is not there or refuses. */
@RunWith(RobolectricTestRunner::class)
class RelayTest : App() {
    private val first = app.process(101)
    private val second = app.process(102)

    private fun failure(call: () -> Unit): SharedConsentException =
        assertThrows(ExecutionException::class.java) { call() }.cause as SharedConsentException

    @Test
    fun `when the relay dies every session takes everything back, whatever its main thread does`() {
        val consent = join(first, one)
        join(second, two)
        consent.update(GRANT).get()
        val held = listOf(one, two).map { it.reads(Item.DEVICE_MODEL) }
        val goesOn = CountDownLatch(1)
        second.mainThread.execute { goesOn.await() }
        app.main.die()
        listOf(one, two).forEach { it.until { lack() == "revoked" } }
        held.forEach { assertThrows(ScrupleException.Revoked::class.java) { it.device } }
        goesOn.countDown()
        val failed = failure { consent.update(GRANT).get() }
        assertEquals(emptySet<Int>(), (failed as SharedConsentException.Unconfirmed).pids)
        assertEquals("revoked", one.lack())
    }

    @Test
    fun `each joins the relay that comes back, which begins with nothing`() {
        val consent = join(first, one)
        join(second, two)
        consent.update(GRANT).get()
        app.main.die()
        one.until { lack() == "revoked" }
        failure { consent.update(REVOKE).get() }
        app.restart()
        app.said.until("101 > 200 applied 0")
        app.said.until("102 > 200 applied 0")
        assertEquals(listOf("revoked", "revoked"), listOf(one, two).map { it.lack() })
        consent.update(GRANT).get()
        assertEquals(listOf(null, null), listOf(one, two).map { it.lack() })
    }

    @Test
    fun `an update that the relay died over says who had not answered`() {
        val consent = join(first, one)
        join(second, two)
        val goesOn = CountDownLatch(1)
        two.before = { goesOn.await() }
        val update = consent.update(REVOKE)
        app.said.until("100 > 101 waiting 1 [102]")
        consent.until { waitingFor == setOf(102) }
        app.main.die()
        val failed = failure { update.get() }
        assertEquals(setOf(102), (failed as SharedConsentException.Unconfirmed).pids)
        assertEquals(emptySet<Int>(), consent.waitingFor)
        goesOn.countDown()
    }

    @Test
    fun `a dead relay's last words are not heard`() {
        val consent = join(first, one)
        join(second, two)
        val goesOn = CountDownLatch(1)
        second.binderThread.execute { goesOn.await() }
        val update = consent.update(GRANT)
        app.said.until("101 > 100 applied 1")
        assertEquals(null, one.lack())
        app.main.die()
        failure { update.get() }
        two.until { updates.size == 2 }
        goesOn.countDown()
        second.settle()
        app.restart()
        app.said.until("102 > 200 applied 0")
        assertTrue(two.updates.none { it.granted.isNotEmpty() })
    }

    @Test
    fun `a relay that hangs delays no wiping here`() {
        val consent = join(first, one)
        consent.update(GRANT).get()
        app.main.runs = CountDownLatch(1)
        val held = one.reads(Item.DEVICE_MODEL)
        val update = consent.update(REVOKE)
        one.until { lack() == "revoked" }
        assertThrows(ScrupleException.Revoked::class.java) { held.device }
        assertFalse(update.isDone)
        app.main.runs.countDown()
        update.get()
    }

    @Test
    fun `an earlier grant of another process does not undo a revocation under way`() {
        val consent = join(first, one)
        val other = join(second, two)
        val goesOn = CountDownLatch(1)
        first.binderThread.execute { goesOn.await() }
        val grant = other.update(GRANT)
        app.said.until("100 > 101 state 1 at_least_minimum +device/feature +device/troubleshooting")
        val before = one.updates.size
        val revoke = consent.update(REVOKE)
        app.said.until("101 > 100 update 1 -device/feature -device/troubleshooting")
        goesOn.countDown()
        listOf(grant, revoke).forEach { it.get() }
        val granted =
            one.updates
                .drop(before)
                .flatMap { it.granted }
                .map { it.category }
        assertFalse("$granted", Category.DEVICE in granted)
        assertEquals(listOf("revoked", "revoked"), listOf(one, two).map { it.lack() })
    }

    @Test
    fun `without the service nobody joins`() {
        app.hasService = false
        assertTrue(failure { join(first, one) } is SharedConsentException.Unavailable)
        app.hasService = true
        first.isIsolated = true
        assertTrue(failure { join(first, one) } is SharedConsentException.Unavailable)
    }

    @Test
    fun `a service that Android gave up is bound to again`() {
        val consent = join(first, one)
        consent.update(GRANT).get()
        // By its class: Android calls this from API level 26 on.
        first.onConnections { (it as Member).onBindingDied(first.service) }
        app.said.until("101 > 100 leave")
        one.until { lack() == null }
        first.onConnections { it.onServiceDisconnected(first.service) }
        one.until { lack() == "revoked" }
    }

    @Test
    fun `a process of another app is refused`() {
        val stranger = app.process(666, uid = android.os.Process.myUid() + 1)
        val refused = failure { join(stranger, one) } as SharedConsentException.Refused
        assertEquals("the sender belongs to another app", refused.reason)
    }
}
