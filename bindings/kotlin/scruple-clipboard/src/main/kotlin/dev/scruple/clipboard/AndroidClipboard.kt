package dev.scruple.clipboard

import dev.scruple.Item
import dev.scruple.ScrupleSourceApi
import dev.scruple.Source
import dev.scruple.Unavailable

/**
 * Reads [Item.CLIPBOARD_CONTENT] and, without the content, [Item.CLIPBOARD_TROUBLESHOOTING]. It needs no permission.
 *
 * It reads only text, and the description before the text: it does not read what another app marked as sensitive. From
 * API 29 Android shows the clipboard only to the app whose window has the focus. If Android shows nothing, and no
 * window of this process has the focus, the content is [Unavailable.NOT_READY]. From API 31 Android tells the person of
 * every read of the content.
 */
@OptIn(ScrupleSourceApi::class)
public object AndroidClipboard : Source(Source.clipboard(ClipboardReader))
