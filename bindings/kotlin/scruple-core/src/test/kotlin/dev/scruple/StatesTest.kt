package dev.scruple

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.produceIn
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test

/** Where a snapshot stands, and what a session read, as a screen follows them. */
class StatesTest {
    @Test
    fun `a snapshot is live, then partly revoked, then closed, and that is the end`() =
        runBlocking {
            agreed().use { session ->
                val snapshot = session.collectBlocking(Purpose.FEATURE)
                val states = snapshot.states.produceIn(this)
                assertEquals(SnapshotState.LIVE, states.receive())
                assertEquals(emptySet<Category>(), snapshot.revoked)

                session.updateConsent { revoke(Category.DEVICE) }
                assertEquals(SnapshotState.REVOKED, snapshot.state)
                assertEquals(SnapshotState.REVOKED, states.receive())
                assertEquals(setOf(Category.DEVICE), snapshot.revoked)
                assertNull(snapshot.deviceOrNull)
                assertNotNull(snapshot.applicationOrNull)
                assertNotNull(snapshot.missingOrNull)

                snapshot.close()
                assertEquals(SnapshotState.CLOSED, states.receive())
                assertEquals(null, states.receiveCatching().getOrNull())
                assertNull(snapshot.missingOrNull)
            }
        }

    @Test
    fun `what the session closes is closed`() =
        runBlocking {
            val session = agreed()
            val snapshot = session.collectBlocking(Purpose.FEATURE)
            val states = snapshot.states.produceIn(this)
            assertEquals(SnapshotState.LIVE, states.receive())
            session.close()
            assertEquals(SnapshotState.CLOSED, states.receive())
        }

    @Test
    fun `what nobody ends expires`() =
        runBlocking {
            agreed(policy = everything(retentionMs = 50)).use { session ->
                val states = session.collectBlocking(Purpose.FEATURE).states.toList()
                assertEquals(SnapshotState.EXPIRED, states.last())
            }
        }

    @Test
    fun `a snapshot ends with its scope, even one that has ended`() =
        runBlocking {
            agreed().use { session ->
                val screen = CoroutineScope(coroutineContext + Job())
                val snapshot = session.collect(Purpose.FEATURE).closeWith(screen)
                assertEquals(SnapshotState.LIVE, snapshot.state)
                screen.coroutineContext[Job]!!.apply { cancel() }.join()
                assertEquals(SnapshotState.CLOSED, snapshot.state)

                assertEquals(SnapshotState.CLOSED, session.collect(Purpose.FEATURE).closeWith(screen).state)
            }
        }

    @Test
    fun `a scope does not wait for a snapshot that has ended`() =
        runBlocking {
            agreed().use { session ->
                val screen = Job()
                val snapshot = session.collect(Purpose.FEATURE).closeWith(CoroutineScope(coroutineContext + screen))
                snapshot.close()
                screen.complete()
                screen.join()
            }
        }

    @Test
    fun `the audit is followed until the session is closed`() =
        runBlocking {
            val session = agreed()
            val audits = session.audits.produceIn(this)
            assertEquals(emptyList<AuditEntry>(), audits.receive())
            session.collectBlocking(Purpose.FEATURE, setOf(Item.DEVICE_PLATFORM)).close()
            assertEquals(listOf(Item.DEVICE_PLATFORM), audits.receive().map { it.item })
            session.close()
            assertEquals(null, audits.receiveCatching().getOrNull())
            assertEquals(
                1,
                session.audits
                    .toList()
                    .last()
                    .size,
            )
        }
}
