package dev.scruple

import dev.scruple.bindings.ClipboardDiagnosis as NativeClipboardDiagnosis
import dev.scruple.bindings.ClipboardObstacle as NativeClipboardObstacle
import dev.scruple.bindings.ClipboardSource as NativeClipboardSource
import dev.scruple.bindings.ClipboardText as NativeClipboardText

/** Reads the clipboard. */
@ScrupleSourceApi
public interface ClipboardSource {
    /** Whether the content may be read. Never prompts. */
    @Throws(SourceException::class)
    public fun permission(): SystemPermission

    /**
     * The content. It may show the person a notice or a prompt, so it is called for [Item.CLIPBOARD_CONTENT] only.
     */
    @Throws(SourceException::class)
    public fun read(deadlineMs: Long): ClipboardText

    /** What the system tells about the clipboard without its content. */
    @Throws(SourceException::class)
    public fun diagnose(deadlineMs: Long): ClipboardDiagnosis
}

/** What a source returns; the core keeps the text only, and only if it is not sensitive. */
@ScrupleSourceApi
public class ClipboardText
    @ScrupleValueApi
    constructor(
        /** The text, if the content is text. */
        public val text: String?,
        /** Whether the system, or the app that put it there, marked it as sensitive. */
        public val sensitive: Boolean,
    ) : Value() {
        override val fields: List<Any?> get() = listOf(text, sensitive)
    }

/** What the system tells about the clipboard without its content. */
public class ClipboardDiagnosis
    @ScrupleValueApi
    constructor(
        /** Whether there is content. */
        public val hasContent: Boolean,
        /** The content's media types, at most 16. */
        public val types: List<String>,
        /** How many entries the content has. */
        public val itemCount: Int,
        /** Why the content cannot be read, if it cannot. */
        public val obstacle: ClipboardObstacle?,
    ) : Value() {
        override val fields: List<Any?> get() = listOf(hasContent, types, itemCount, obstacle)
    }

/** Why the clipboard's content cannot be read. */
public enum class ClipboardObstacle(
    /** The stable name, the same in JSON, Rust and Swift. */
    public val id: String,
) {
    /** The app is not in front. */
    NOT_FOCUSED("not_focused"),

    /** The person or the system refused. */
    REFUSED("refused"),

    /** The content is no text. */
    NOT_TEXT("not_text"),
}

@OptIn(ScrupleSourceApi::class)
internal class ClipboardReader(
    private val reader: ClipboardSource,
) : NativeClipboardSource {
    override fun permission() = asking { reader.permission().lowered() }

    override fun read(deadlineMs: ULong) =
        asking { reader.read(deadlineMs.toLong()).run { NativeClipboardText(text, sensitive) } }

    override fun diagnose(deadlineMs: ULong) = asking { reader.diagnose(deadlineMs.toLong()).lowered() }
}

internal fun NativeClipboardDiagnosis.lifted(): ClipboardDiagnosis =
    ClipboardDiagnosis(hasContent, types, itemCount.toInt(), obstacle?.lifted())

private fun ClipboardDiagnosis.lowered() =
    NativeClipboardDiagnosis(hasContent, types, count(itemCount), obstacle?.lowered())

internal fun NativeClipboardObstacle.lifted(): ClipboardObstacle =
    when (this) {
        NativeClipboardObstacle.NOT_FOCUSED -> ClipboardObstacle.NOT_FOCUSED
        NativeClipboardObstacle.REFUSED -> ClipboardObstacle.REFUSED
        NativeClipboardObstacle.NOT_TEXT -> ClipboardObstacle.NOT_TEXT
    }

private val nativeObstacles = NativeClipboardObstacle.values().associateBy(NativeClipboardObstacle::lifted)

private fun ClipboardObstacle.lowered() = nativeObstacles.getValue(this)
