package dev.scruple

import dev.scruple.bindings.Source as NativeSource
import dev.scruple.bindings.SourceException as NativeSourceException

/** For those who write a source. Hosts hand sources to a session, and only the session reads. */
@RequiresOptIn("For those who write a source: a host never reads one itself.", RequiresOptIn.Level.ERROR)
@Target(AnnotationTarget.CLASS, AnnotationTarget.CONSTRUCTOR, AnnotationTarget.FUNCTION)
@Retention(AnnotationRetention.BINARY)
public annotation class ScrupleSourceApi

/**
 * A reader of one capability, for a [Session]. The session calls each source on a thread of its own, after the gate and
 * within a deadline. Nobody else can call it.
 */
public open class Source internal constructor(
    // Java knows no `internal`, and sees nothing synthetic.
    @get:JvmSynthetic @Transient internal val handle: NativeSource,
    // What its reader remembers beside what it returned.
    @get:JvmSynthetic @Transient internal val forget: () -> Unit = {},
) {
    /** For a source that has a name, such as an `object`: it reads what [source] reads. */
    @ScrupleSourceApi
    protected constructor(source: Source) : this(source.handle, source.forget)

    /** Makes sources, for those who write one. */
    @ScrupleSourceApi
    public companion object {
        /** Reads [Item.IDENTIFIER_IDFA]. */
        @JvmStatic
        public fun idfa(reader: IdfaSource): Source = Source(NativeSource.Idfa(IdfaReader(reader)))

        /** Reads [Item.CLIPBOARD_CONTENT] and [Item.CLIPBOARD_TROUBLESHOOTING]. */
        @JvmStatic
        public fun clipboard(reader: ClipboardSource): Source = Source(NativeSource.Clipboard(ClipboardReader(reader)))

        /** Reads [Item.LOCATION_FUZZY]. */
        @JvmStatic
        public fun fuzzyLocation(reader: LocationSource): Source =
            Source(NativeSource.FuzzyLocation(LocationReader(reader)))

        /** Reads [Item.LOCATION_PRECISE]. */
        @JvmStatic
        public fun preciseLocation(reader: LocationSource): Source =
            Source(NativeSource.PreciseLocation(LocationReader(reader)))

        /** Reads [Item.BLUETOOTH_INFORMATION] and [Item.BLUETOOTH_TROUBLESHOOTING]. */
        @JvmStatic
        public fun bluetooth(reader: BluetoothSource): Source =
            Source(NativeSource.Bluetooth(BluetoothReader(reader)), reader::forget)

        /** Reads [Item.NFC_INFORMATION]. */
        @JvmStatic
        public fun nfc(reader: NfcSource): Source = Source(NativeSource.Nfc(NfcReader(reader)))

        /** Reads [Item.PROCESS_LIST_PROCESSES] on Android. On the JVM the core reads it. */
        @JvmStatic
        public fun processes(reader: ProcessesSource): Source = Source(NativeSource.Processes(ProcessesReader(reader)))

        /** Reads [Item.WEB_VIEW_USER_AGENT]. */
        @JvmStatic
        public fun webView(reader: WebViewSource): Source = Source(NativeSource.WebView(WebViewReader(reader)))
    }
}

/** Why a source gave no value. */
public enum class SourceErrorKind(
    /** The stable name, the same in Rust and Swift. */
    public val id: String,
) {
    /** The device does not have it. */
    UNSUPPORTED("unsupported"),

    /** It is there, but switched off. */
    DISABLED("disabled"),

    /** There is no value yet, or the app may not ask just now. */
    NOT_READY("not_ready"),

    /** The operating system refused the read itself. */
    NOT_PERMITTED("not_permitted"),

    /** Any other failure, including any other exception. */
    FAILED("failed"),
}

/** A source throws it. It is a kind without a text, since a text could contain a value. */
@ScrupleSourceApi
public class SourceException(
    /** Why there is no value. */
    public val kind: SourceErrorKind,
) : Exception(kind.id)

/** Asks a source. Of what it throws only the kind goes on: even an error's text could hold a value. */
@OptIn(ScrupleSourceApi::class)
internal inline fun <T> asking(source: () -> T): T =
    try {
        source()
    } catch (exception: SourceException) {
        throw exception.kind.lowered()
    } catch (_: Throwable) {
        throw NativeSourceException.Failed()
    }

/** A count, which is never negative. */
@OptIn(ScrupleSourceApi::class)
internal fun count(number: Int): UInt =
    if (number >= 0) number.toUInt() else throw SourceException(SourceErrorKind.FAILED)

private fun NativeSourceException.lifted(): SourceErrorKind =
    when (this) {
        is NativeSourceException.Unsupported -> SourceErrorKind.UNSUPPORTED
        is NativeSourceException.Disabled -> SourceErrorKind.DISABLED
        is NativeSourceException.NotReady -> SourceErrorKind.NOT_READY
        is NativeSourceException.NotPermitted -> SourceErrorKind.NOT_PERMITTED
        is NativeSourceException.Failed -> SourceErrorKind.FAILED
    }

internal fun SourceErrorKind.lowered(): NativeSourceException =
    when (this) {
        SourceErrorKind.UNSUPPORTED -> NativeSourceException.Unsupported()
        SourceErrorKind.DISABLED -> NativeSourceException.Disabled()
        SourceErrorKind.NOT_READY -> NativeSourceException.NotReady()
        SourceErrorKind.NOT_PERMITTED -> NativeSourceException.NotPermitted()
        SourceErrorKind.FAILED -> NativeSourceException.Failed()
    }
