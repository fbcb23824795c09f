package dev.scruple

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.transformWhile
import java.util.EnumMap
import dev.scruple.bindings.Session as Handle

/** The session of the native library. */
internal class NativeSession(
    @Transient private val handle: Handle,
    @Transient private val sources: List<Source> = emptyList(),
) : Session {
    /** The open session and each collection under way; the last to leave gives the handle back. */
    @Transient private var users = 1

    @Transient private var closed = false

    @Transient private var lastAudit = emptyList<AuditEntry>()

    @Transient private val lock = Any()

    @Transient private val changes = Changes()

    override fun collectBlocking(
        purpose: Purpose,
        items: Set<Item>,
    ): Snapshot {
        val asked = if (items.size < Item.ALL.size) items.mapTo(mutableSetOf()) { it.lowered() } else null
        enter()
        try {
            return NativeSnapshot(native { handle.collect(purpose.lowered(), asked) }, purpose, changes)
        } finally {
            leave()
            changes.tell()
        }
    }

    override fun updateConsent(update: ConsentUpdate) {
        native { handle.updateConsent(update.lowered()) }
        if (update.takesBack) forget()
        changes.tell()
    }

    override fun supply(records: HostRecords) = native { handle.supply(records.lowered()) }

    override fun explain(purpose: Purpose): Map<Item, Decision> =
        native { handle.explain(purpose.lowered()) }
            .entries
            .associateTo(EnumMap(Item::class.java)) { (item, decision) -> item.lifted() to decision.lifted() }

    override fun explainJson(purpose: Purpose): String = native { handle.explainJson(purpose.lowered()) }

    override fun audit(): List<AuditEntry> =
        try {
            native { handle.audit() }.map { it.lifted() }
        } catch (_: ScrupleException.Closed) {
            synchronized(lock) { lastAudit }
        }

    /** Ends when the session is closed and no collection is under way: nothing is read after that. */
    override val audits: Flow<List<AuditEntry>>
        get() =
            changes.all
                .transformWhile {
                    val ended = synchronized(lock) { users == 0 }
                    emit(audit())
                    !ended
                }.distinctUntilChanged()

    override fun close() {
        synchronized(lock) {
            if (closed) return
            closed = true
        }
        handle.end()
        forget()
        leave()
        changes.tell()
    }

    /** What a source throws then is nobody's concern. */
    private fun forget() = sources.forEach { runCatching(it.forget) }

    private fun enter() =
        synchronized(lock) {
            if (closed) throw closed()
            users += 1
        }

    /** What a collection reads is in the audit, even if the session was closed meanwhile. */
    private fun leave() {
        synchronized(lock) {
            users -= 1
            if (users > 0) return
            lastAudit = handle.audit().map { it.lifted() }
        }
        handle.close()
    }

    companion object {
        fun open(
            policy: Policy,
            sources: List<Source>,
        ) = NativeSession(native { Handle.open(policy.lowered(), sources.map { it.handle }) }, sources)
    }
}
