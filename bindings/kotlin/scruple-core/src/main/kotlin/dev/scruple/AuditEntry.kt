package dev.scruple

import dev.scruple.bindings.AuditEntry as NativeAuditEntry

/** One read of one item: never a value. */
public data class AuditEntry(
    /** When, in milliseconds since 1970. */
    public val atMs: Long,
    /** What. */
    public val item: Item,
    /** What for. */
    public val purpose: Purpose,
)

internal fun NativeAuditEntry.lifted(): AuditEntry = AuditEntry(atMs.toLong(), item.lifted(), purpose.lifted())
