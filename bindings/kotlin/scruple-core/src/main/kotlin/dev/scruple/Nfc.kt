package dev.scruple

import dev.scruple.bindings.NfcInformation as NativeNfc
import dev.scruple.bindings.NfcSource as NativeNfcSource

/** Reads the state of near-field communication. */
@ScrupleSourceApi
public interface NfcSource {
    /** Whether the app may ask the adapter. It never prompts the person. */
    @Throws(SourceException::class)
    public fun permission(): SystemPermission

    /** The state of near-field communication. */
    @Throws(SourceException::class)
    public fun read(deadlineMs: Long): NfcInformation
}

/** The state of near-field communication. Scruple reads no tag, so it has no tag's identifier. */
public class NfcInformation
    @ScrupleValueApi
    constructor(
        /** Whether the device has it. */
        @JvmField @Transient
        public val present: Boolean,
        /** Whether it is on, if the system says so. */
        @JvmField @Transient
        public val enabled: Boolean?,
        /** Whether the device can act as a card, if the system says so. */
        @JvmField @Transient
        public val hostCardEmulation: Boolean?,
    ) : Value() {
        override fun fields(): List<Any?> = listOf(present, enabled, hostCardEmulation)
    }

@OptIn(ScrupleSourceApi::class)
internal class NfcReader(
    private val reader: NfcSource,
) : NativeNfcSource {
    override fun permission() = asking { reader.permission().lowered() }

    override fun read(deadlineMs: ULong) =
        asking { reader.read(deadlineMs.toLong()).run { NativeNfc(present, enabled, hostCardEmulation) } }
}

internal fun NativeNfc.lifted(): NfcInformation = NfcInformation(present, enabled, hostCardEmulation)
