package dev.scruple

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.io.File
import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.nio.file.Path
import kotlin.io.path.Path
import kotlin.io.path.copyTo
import kotlin.io.path.createDirectory
import kotlin.io.path.div
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.readBytes
import kotlin.io.path.writeBytes

/** The library is loaded only if it is there and fits its bindings; else the exception says what to do. */
class LibraryTest {
    @TempDir
    lateinit var directory: Path

    private val library = Path(System.getProperty("jna.library.path")) / "libscruple_ffi.so"

    private fun hintWith(
        library: Path,
        classPath: String = System.getProperty("java.class.path"),
    ): String {
        val option = "-Duniffi.component.scruple.libraryOverride=$library"
        val run = run("dev.scruple.Loading", option, classPath = classPath)
        assertEquals(0, run.status, run.output)
        return run.output.trim()
    }

    @Test
    fun `a copy of the library is as good as the library`() {
        val copy = library.copyTo(directory / "libcopy.so")
        assertEquals("loaded, twice", hintWith(copy))
    }

    @Test
    fun `a library in which one checksum is another is refused`() {
        val other = directory / "libother.so"
        other.writeBytes(withAnotherChecksum(library.readBytes(), "uniffi_scruple_checksum_method_session_collect"))
        assertEquals("refused, twice: use scruple_ffi and scruple-bindings of the same build", hintWith(other))
    }

    @Test
    fun `a library without the functions is refused`() {
        val jna = System.getProperty("java.home")
        val other = Path(jna) / "lib" / "libzip.so"
        assertEquals("refused, twice: use scruple_ffi and scruple-bindings of the same build", hintWith(other))
    }

    @Test
    fun `a library that is not there is missed`() {
        val hint = "put scruple_ffi where JNA looks: in the app's native libraries, or a directory in jna.library.path"
        assertEquals("refused, twice: $hint", hintWith(directory.resolve("none").createDirectory() / "libnone.so"))
    }

    @Test
    fun `JNA is missed`() {
        val jars = classPath().filterNot { File(it).name.startsWith("jna-") }
        val hint = hintWith(library, jars.joinToString(File.pathSeparator))
        assertEquals("refused, twice: add net.java.dev.jna:jna to the run-time class path", hint)
    }

    @Test
    fun `on Android JNA makes no directory`() {
        val jna = LibraryTest::class.java.getResourceAsStream("/com/sun/jna/linux-x86-64/libjnidispatch.so")
        (directory / "libjnidispatch.so").writeBytes(checkNotNull(jna).use { it.readBytes() })
        val temporary = directory.resolve("tmp").createDirectory()
        val run = run("dev.scruple.OnAndroid", "-Djava.library.path=$directory", "-Djava.io.tmpdir=$temporary")
        assertEquals("loaded" to 0, run.output.trim() to run.status)
        assertEquals(emptyList<Path>(), temporary.listDirectoryEntries())
    }

    /** Surefire puts the class path into a jar's manifest. */
    private fun classPath(): List<String> =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")).split(File.pathSeparator)

    /** The library with another number in the function of that name: the constant of its `mov` is changed. */
    private fun withAnotherChecksum(
        library: ByteArray,
        function: String,
    ): ByteArray {
        val elf = ByteBuffer.wrap(library).order(ByteOrder.LITTLE_ENDIAN)
        val headers = elf.getLong(0x28).toInt()
        val sections =
            List(elf.getShort(0x3c).toInt()) {
                val header = headers + it * elf.getShort(0x3a)
                Section(
                    elf.getInt(header + 4),
                    elf.getLong(header + 24).toInt(),
                    elf.getLong(header + 32).toInt(),
                    header,
                )
            }
        val symbols = sections.single { it.type == DYNAMIC_SYMBOLS }
        val names = sections[elf.getInt(symbols.header + 40)]
        val symbol =
            (symbols.offset until symbols.offset + symbols.size step 24).single {
                val name = names.offset + elf.getInt(it)
                val end = (name until library.size).first { at -> library[at] == 0.toByte() }
                String(library, name, end - name) == function
            }
        val code = sections[elf.getShort(symbol + 6).toInt()]
        val start = (elf.getLong(symbol + 8) - elf.getLong(code.header + 16)).toInt() + code.offset
        val move = (start until start + 16).first { library[it] == MOVE_TO_A }
        elf.putInt(move + 1, elf.getInt(move + 1) xor 1)
        return library
    }

    private class Section(
        val type: Int,
        val offset: Int,
        val size: Int,
        val header: Int,
    )

    private companion object {
        const val DYNAMIC_SYMBOLS = 11
        const val MOVE_TO_A = 0xb8.toByte()
    }
}

/** Run in a Java machine of its own, which loads the library once. */
object Loading {
    @JvmStatic
    fun main(arguments: Array<String>) {
        val (first, second) = List(2) { runCatching { Policy.fromJson("""{"agreement": "${Policy.AGREEMENT}"}""") } }
        val error = first.exceptionOrNull() as ScrupleException.Library?
        check((second.exceptionOrNull() as ScrupleException.Library?)?.hint == error?.hint)
        println(error?.run { "refused, twice: $hint" } ?: "loaded, twice")
    }
}

/** Loads the library in what JNA takes for Android. */
object OnAndroid {
    @JvmStatic
    fun main(arguments: Array<String>) {
        System.setProperty("java.vm.name", "Dalvik")
        JvmSession.warmUpBlocking()
        println("loaded")
    }
}
