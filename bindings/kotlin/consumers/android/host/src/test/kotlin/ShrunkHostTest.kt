import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.io.TempDir
import java.io.File
import java.net.URI
import java.nio.file.Path
import java.util.zip.ZipEntry
import java.util.zip.ZipOutputStream
import kotlin.io.path.Path
import kotlin.io.path.div
import kotlin.io.path.extension
import kotlin.io.path.fileSize
import kotlin.io.path.inputStream
import kotlin.io.path.name
import kotlin.io.path.outputStream
import kotlin.io.path.walk
import kotlin.io.path.writeText

/** The host as R8 leaves it in full mode, with everything that an app ships beside it. */
@Timeout(900)
class ShrunkHostTest {
    @TempDir
    lateinit var directory: Path

    @Test
    fun `with the rules that the artifacts bring along a shrunk host works`() {
        val shrunk = shrink(Artifacts.rules)
        assertEquals(EXPECTED, run(shrunk).trim())
        val before = Artifacts.libraries.sumOf { it.fileSize() }
        assertTrue(shrunk.fileSize() < before / 2, "${shrunk.fileSize()} of $before bytes are left")
    }

    @Test
    fun `without them it does not`() {
        // It is shrunk all the same.
        val quiet = (directory / "quiet.pro").apply { writeText("-dontwarn androidx.annotation.WorkerThread") }
        assertNotEquals(EXPECTED, run(shrink(listOf(quiet))).trim())
    }

    /** R8's jar of everything that the host reaches. */
    private fun shrink(rules: List<Path>): Path {
        val own = (directory / "host.pro").apply { writeText(HOST) }
        val shrunk = directory / "shrunk.jar"
        val classes =
            Artifacts.host
                .toFile()
                .walk()
                .filter { it.extension == "class" }
                .map { it.path }
        val (status, said) =
            start(
                listOf("-Xmx2g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC") +
                    listOf("-cp", location("com.android.tools.r8.R8"), "com.android.tools.r8.R8") +
                    listOf("--release", "--classfile", "--output", "$shrunk") +
                    listOf(Artifacts.framework, java()).flatMap { listOf("--lib", "$it") } +
                    rules.plusElement(own).flatMap { listOf("--pg-conf", "$it") } +
                    Artifacts.libraries.map { "$it" } + classes,
            )
        assertEquals(0, status, said)
        return shrunk
    }

    /** Java's classes as far as Android has them, which its own jar leaves out: above all, none of the desktop. */
    private fun java(): Path {
        val jar = directory / "java.jar"
        ZipOutputStream(jar.outputStream()).use { zip ->
            listOf("java.base", "java.logging").forEach { name ->
                val module = Path.of(URI("jrt:/$name"))
                module.walk().filter { it.extension == "class" && it.name != "module-info.class" }.forEach { file ->
                    zip.putNextEntry(ZipEntry("${module.relativize(file)}"))
                    file.inputStream().use { it.copyTo(zip) }
                }
            }
        }
        return jar
    }

    /** What the shrunk host prints. */
    private fun run(jar: Path): String {
        val library = Path(System.getProperty("repository.root")) / "target/bindings"
        return start(listOf("-Djna.library.path=$library", "-cp", "$jar", "HostKt")).second
    }

    /** How a Java program ends, and what it says. */
    private fun start(arguments: List<String>): Pair<Int, String> {
        val program = "${System.getProperty("java.home")}/bin/java"
        val process = ProcessBuilder(listOf(program) + arguments).redirectErrorStream(true).start()
        val said = process.inputStream.bufferedReader().readText()
        return process.waitFor() to said
    }

    private fun location(name: String) =
        File(
            Class
                .forName(name)
                .protectionDomain.codeSource.location
                .toURI(),
        ).path

    private companion object {
        /** What a host adds of its own: where it begins. */
        const val HOST =
            """
            -keep class HostKt { public static void main(java.lang.String[]); }
            -keep class AndroidHost { *; }
            """
    }
}
