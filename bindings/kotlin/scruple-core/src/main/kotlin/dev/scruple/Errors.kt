package dev.scruple

import dev.scruple.bindings.InternalException
import dev.scruple.bindings.errorMessage
import java.nio.charset.CharacterCodingException
import java.util.Objects
import dev.scruple.bindings.InputKind as NativeInputKind
import dev.scruple.bindings.Position as NativePosition
import dev.scruple.bindings.ScrupleException as NativeException

/** Why a call failed. Its text names a field and says what would be right, never a value. */
public sealed class ScrupleException(
    message: String,
    cause: Throwable? = null,
) : Exception(message, cause) {
    /** Scruple refused the host's input as a whole, and took nothing of it over. */
    public class Input(
        /** The kind of mistake. */
        public val kind: InputKind,
        /** Path of the field, such as `categories.device.purposes[0]`. */
        public val field: String,
        /** What would be right. */
        public val hint: String,
        /** Where the mistake is, if the input was text. */
        public val position: Position?,
        message: String,
    ) : ScrupleException(message)

    /** The system cannot start the thread that enforces the retention, so Scruple read nothing. */
    public class NoThread(
        message: String,
    ) : ScrupleException(message)

    /** The session or snapshot was closed. */
    public class Closed(
        message: String,
    ) : ScrupleException(message)

    /** The snapshot's retention is over. Scruple has wiped its values. */
    public class Expired(
        message: String,
    ) : ScrupleException(message)

    /** Consent to the values was revoked after the collection. Scruple has wiped them. */
    public class Revoked(
        message: String,
    ) : ScrupleException(message)

    /** The native library is missing, or belongs to another version. */
    public class Library(
        /** What to do about it. */
        public val hint: String,
        cause: Throwable?,
    ) : ScrupleException("the native library cannot be used; $hint", cause)

    /** Scruple has a fault. The error leaves the core's message out, since it could contain a value. */
    public class Internal(
        message: String,
    ) : ScrupleException(message)
}

/** The kind of mistake in an input. */
public enum class InputKind(
    /** The stable name, the same in Swift. */
    public val id: String,
) {
    /** Not JSON. */
    SYNTAX("syntax"),

    /** A name that Scruple does not know, or does not know in this place. */
    UNKNOWN_NAME("unknown_name"),

    /** An agreement that this version does not implement. */
    UNKNOWN_AGREEMENT("unknown_agreement"),

    /** A value of the wrong type. */
    WRONG_TYPE("wrong_type"),

    /** A number outside its range. */
    OUT_OF_RANGE("out_of_range"),

    /** Longer than the limit. */
    TOO_LONG("too_long"),

    /** A value of the right type in a wrong format. */
    MALFORMED("malformed"),

    /** A required field that is missing. */
    MISSING("missing"),

    /** A field given twice. */
    DUPLICATE("duplicate"),

    /** A file or directory that cannot be opened. */
    UNREADABLE("unreadable"),
}

/** A place in a text. */
public class Position internal constructor(
    /** Line, counted from 1. */
    public val line: Int,
    /** Column in characters, counted from 1. */
    public val column: Int,
) {
    /** Whether the other one is the same place. */
    override fun equals(other: Any?): Boolean = other is Position && line == other.line && column == other.column

    /** A hash of the fields that [equals] compares. */
    override fun hashCode(): Int = Objects.hash(line, column)

    /** The line and the column. */
    override fun toString(): String = "Position(line=$line, column=$column)"
}

/** Makes a native call; of what it throws, no generated type and no panic's text gets out. */
internal inline fun <T> native(call: () -> T): T =
    try {
        NativeLibrary.load()
        call()
    } catch (thrown: Throwable) {
        throw translated(thrown)
    }

internal fun translated(thrown: Throwable): Throwable =
    when (thrown) {
        is NativeException -> thrown.lifted()
        is InternalException -> ScrupleException.Internal("internal error")
        // A handle that a closed session or snapshot has given back.
        is IllegalStateException -> closed()
        // UTF-16 can hold halves of characters, which UTF-8 cannot.
        is CharacterCodingException -> notUnicode()
        else -> thrown
    }

internal fun closed(): ScrupleException = NativeException.Closed().lifted()

private fun notUnicode(): ScrupleException =
    NativeException.Input(NativeInputKind.MALFORMED, "", "expected well-formed Unicode", null).lifted()

private fun NativeException.lifted(): ScrupleException {
    val message = errorMessage(this)
    return when (this) {
        is NativeException.Input -> ScrupleException.Input(kind.lifted(), field, hint, position?.lifted(), message)
        is NativeException.NoThread -> ScrupleException.NoThread(message)
        is NativeException.Closed -> ScrupleException.Closed(message)
        is NativeException.Expired -> ScrupleException.Expired(message)
        is NativeException.Revoked -> ScrupleException.Revoked(message)
    }
}

internal fun NativeInputKind.lifted(): InputKind =
    when (this) {
        NativeInputKind.SYNTAX -> InputKind.SYNTAX
        NativeInputKind.UNKNOWN_NAME -> InputKind.UNKNOWN_NAME
        NativeInputKind.UNKNOWN_AGREEMENT -> InputKind.UNKNOWN_AGREEMENT
        NativeInputKind.WRONG_TYPE -> InputKind.WRONG_TYPE
        NativeInputKind.OUT_OF_RANGE -> InputKind.OUT_OF_RANGE
        NativeInputKind.TOO_LONG -> InputKind.TOO_LONG
        NativeInputKind.MALFORMED -> InputKind.MALFORMED
        NativeInputKind.MISSING -> InputKind.MISSING
        NativeInputKind.DUPLICATE -> InputKind.DUPLICATE
        NativeInputKind.UNREADABLE -> InputKind.UNREADABLE
    }

private fun NativePosition.lifted() = Position(line.toInt(), column.toInt())
