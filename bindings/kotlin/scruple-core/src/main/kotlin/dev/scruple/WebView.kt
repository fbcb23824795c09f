package dev.scruple

import dev.scruple.bindings.WebViewSource as NativeWebViewSource

/** Reads the web view's user agent. */
@ScrupleSourceApi
public interface WebViewSource {
    /** Whether the app may ask a web view. */
    @Throws(SourceException::class)
    public fun permission(): SystemPermission

    /** The user agent. */
    @Throws(SourceException::class)
    public fun read(deadlineMs: Long): String
}

@OptIn(ScrupleSourceApi::class)
internal class WebViewReader(
    private val reader: WebViewSource,
) : NativeWebViewSource {
    override fun permission() = asking { reader.permission().lowered() }

    override fun read(deadlineMs: ULong) = asking { reader.read(deadlineMs.toLong()) }
}
