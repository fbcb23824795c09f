package dev.scruple

import dev.scruple.bindings.ClipboardDiagnosis as NativeClipboardDiagnosis
import dev.scruple.bindings.ClipboardObstacle as NativeClipboardObstacle
import dev.scruple.bindings.ClipboardSource as NativeClipboardSource
import dev.scruple.bindings.ClipboardText as NativeClipboardText

/** Reads the clipboard. */
@ScrupleSourceApi
public interface ClipboardSource {
    /** Whether the app may read the content. It never prompts the person. */
    @Throws(SourceException::class)
    public fun permission(): SystemPermission

    /**
     * The content. The system may show the person a notice or a prompt, so the core calls it for
     * [Item.CLIPBOARD_CONTENT] only.
     */
    @Throws(SourceException::class)
    public fun read(deadlineMs: Long): ClipboardText

    /** What the system says about the clipboard, without the content. */
    @Throws(SourceException::class)
    public fun diagnose(deadlineMs: Long): ClipboardDiagnosis
}

/** A clipboard source's answer. The core keeps only the text, and only if it is not sensitive. */
@ScrupleSourceApi
public class ClipboardText
    @ScrupleValueApi
    constructor(
        /** The text, if the content is text. */
        @JvmField @Transient
        public val text: String?,
        /** Whether the system, or the app that put it there, marked it as sensitive. */
        @JvmField @Transient
        public val sensitive: Boolean,
    ) : Value() {
        override fun fields(): List<Any?> = listOf(text, sensitive)
    }

/** What the system says about the clipboard, without the content. */
public class ClipboardDiagnosis
    @ScrupleValueApi
    constructor(
        /** Whether there is content. */
        @JvmField @Transient
        public val hasContent: Boolean,
        /** The content's media types, at most 16. */
        @JvmField @Transient
        public val types: List<String>,
        /** How many entries the content has. */
        @JvmField @Transient
        public val itemCount: Int,
        /** Why the content cannot be read, if it cannot. */
        @JvmField @Transient
        public val obstacle: ClipboardObstacle?,
    ) : Value() {
        override fun fields(): List<Any?> = listOf(hasContent, types, itemCount, obstacle)
    }

/** Why the clipboard's content cannot be read. */
public enum class ClipboardObstacle(
    /** The stable name, the same in JSON, Rust and Swift. */
    public val id: String,
) {
    /** The app is not in the foreground. */
    NOT_FOCUSED("not_focused"),

    /** The person or the system refused. */
    REFUSED("refused"),

    /** The content is not text. */
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
