package dev.scruple

import dev.scruple.bindings.IdfaSource as NativeIdfaSource

/** Reads the IDFA on Apple's platforms. */
@ScrupleSourceApi
public interface IdfaSource {
    /** Whether the person authorised tracking. It never prompts the person. */
    @Throws(SourceException::class)
    public fun permission(): SystemPermission

    /** The identifier in the form 8-4-4-4-12. */
    @Throws(SourceException::class)
    public fun read(deadlineMs: Long): String
}

@OptIn(ScrupleSourceApi::class)
internal class IdfaReader(
    private val reader: IdfaSource,
) : NativeIdfaSource {
    override fun permission() = asking { reader.permission().lowered() }

    override fun read(deadlineMs: ULong) = asking { reader.read(deadlineMs.toLong()) }
}
