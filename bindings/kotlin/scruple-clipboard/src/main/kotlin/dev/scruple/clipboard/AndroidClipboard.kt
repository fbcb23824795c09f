package dev.scruple.clipboard

import dev.scruple.Item
import dev.scruple.ScrupleSourceApi
import dev.scruple.Source

/**
 * Reads [Item.CLIPBOARD_CONTENT] and, without the content, [Item.CLIPBOARD_TROUBLESHOOTING]. It needs no permission.
 *
 * Only text is read, and only after its description: what another app marked as sensitive stays where it is. From API 29
 * Android shows the clipboard to the app in front only, and from API 31 it tells the person of every read of the content.
 */
@OptIn(ScrupleSourceApi::class)
public object AndroidClipboard : Source(Source.clipboard(ClipboardReader))
