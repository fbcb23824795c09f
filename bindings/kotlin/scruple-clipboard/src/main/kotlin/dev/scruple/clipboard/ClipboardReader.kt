package dev.scruple.clipboard

import android.content.ClipData
import android.content.ClipDescription
import android.content.ClipboardManager
import android.content.Context
import android.os.Build
import android.os.Handler
import android.os.Looper
import android.view.View
import android.view.inspector.WindowInspector
import dev.scruple.ClipboardDiagnosis
import dev.scruple.ClipboardObstacle
import dev.scruple.ClipboardSource
import dev.scruple.ClipboardText
import dev.scruple.ScrupleSourceApi
import dev.scruple.SourceErrorKind
import dev.scruple.SourceException
import dev.scruple.SystemPermission
import dev.scruple.android.ApplicationContext
import java.util.concurrent.FutureTask
import java.util.concurrent.TimeUnit
import java.util.concurrent.TimeoutException

/** Looks at the description, which tells nobody anything, before it looks at the content. */
@OptIn(ScrupleSourceApi::class)
internal object ClipboardReader : ClipboardSource {
    /** `ClipDescription.EXTRA_IS_SENSITIVE` of API 33, which apps set on older systems too. */
    private const val IS_SENSITIVE = "android.content.extra.IS_SENSITIVE"

    override fun permission() = SystemPermission.GRANTED

    override fun read(deadlineMs: Long): ClipboardText {
        val clipboard = clipboard(deadlineMs)
        val description = clipboard.primaryClipDescription ?: return absent()
        if (description.isSensitive()) return ClipboardText(null, true)
        if (!description.isText()) return NOTHING
        val content =
            try {
                clipboard.primaryClip
            } catch (_: SecurityException) {
                throw SourceException(SourceErrorKind.NOT_PERMITTED)
            }
        // Another app may have put another content there since.
        return content?.let { ClipboardText(it.text(), it.description.isSensitive()) } ?: absent()
    }

    override fun diagnose(deadlineMs: Long): ClipboardDiagnosis {
        val description = clipboard(deadlineMs).primaryClipDescription
        val types = description?.types().orEmpty()
        val obstacle =
            when {
                description == null -> ClipboardObstacle.NOT_FOCUSED.takeUnless { isTold() }
                description.isText() -> null
                else -> ClipboardObstacle.NOT_TEXT
            }
        // Android tells that there are entries, and not how many.
        return ClipboardDiagnosis(description != null, types, if (description == null) 0 else 1, obstacle)
    }

    /** Without content, or without being told of it. */
    private fun absent(): ClipboardText = if (isTold()) NOTHING else throw SourceException(SourceErrorKind.NOT_READY)

    /** Whether Android tells this app of the clipboard: from API 29 one of its windows, whichever, has to have the focus. */
    private fun isTold(): Boolean =
        Build.VERSION.SDK_INT < Build.VERSION_CODES.Q ||
            WindowInspector.getGlobalWindowViews().any(View::hasWindowFocus)

    private fun clipboard(deadlineMs: Long): ClipboardManager {
        val context = ApplicationContext.get()
        val find = FutureTask { context.getSystemService(Context.CLIPBOARD_SERVICE) as ClipboardManager? }
        // Below API 26 its constructor makes a handler for the thread that it runs on, which the app then shares.
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.O) Handler(Looper.getMainLooper()).post(find) else find.run()
        val found =
            try {
                find.get(deadlineMs, TimeUnit.MILLISECONDS)
            } catch (_: TimeoutException) {
                // Nobody waits for it any more, so the content is not read.
                throw SourceException(SourceErrorKind.NOT_READY)
            }
        return found ?: throw SourceException(SourceErrorKind.UNSUPPORTED)
    }

    private fun ClipDescription.types(): List<String> = List(mimeTypeCount, ::getMimeType)

    private fun ClipDescription.isText(): Boolean = types().any { it.startsWith("text/") && it !in NO_TEXT }

    private fun ClipDescription.isSensitive(): Boolean {
        val isMarked = Build.VERSION.SDK_INT >= Build.VERSION_CODES.N && extras?.getBoolean(IS_SENSITIVE) == true
        return isMarked || types().any { type -> CONCEALING.any { type.contains(it, ignoreCase = true) } }
    }

    /** The first entry that has text. Never coerced: that would open what an address points to. */
    private fun ClipData.text(): String? = (0 until itemCount).firstNotNullOfOrNull { getItemAt(it).text?.toString() }

    /** What Android calls text and is an address or an intent. */
    private val NO_TEXT = setOf(ClipDescription.MIMETYPE_TEXT_URILIST, ClipDescription.MIMETYPE_TEXT_INTENT)

    /** What the types have by which apps that come from desktops mark a secret. */
    private val CONCEALING = listOf("org.nspasteboard.ConcealedType", "x-kde-passwordManagerHint")

    private val NOTHING = ClipboardText(null, false)
}
