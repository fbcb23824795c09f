package dev.scruple

import java.util.Objects
import dev.scruple.bindings.AuditEntry as NativeAuditEntry

/** One read of one item: never a value. */
public class AuditEntry
    @ScrupleValueApi
    constructor(
        /** When the read began, in milliseconds since 1970. */
        public val atMs: Long,
        /** The item. */
        public val item: Item,
        /** The purpose. */
        public val purpose: Purpose,
    ) {
        /** Whether the other one says the same. */
        override fun equals(other: Any?): Boolean =
            other is AuditEntry && atMs == other.atMs && item == other.item && purpose == other.purpose

        /** A hash of the fields that [equals] compares. */
        override fun hashCode(): Int = Objects.hash(atMs, item, purpose)

        /** The time, the item and the purpose. */
        override fun toString(): String = "AuditEntry(atMs=$atMs, item=$item, purpose=$purpose)"
    }

internal fun NativeAuditEntry.lifted(): AuditEntry = AuditEntry(atMs.toLong(), item.lifted(), purpose.lifted())
