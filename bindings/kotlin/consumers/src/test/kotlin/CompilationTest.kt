import org.jetbrains.kotlin.cli.common.ExitCode
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory
import org.junit.jupiter.api.io.TempDir
import java.io.ByteArrayOutputStream
import java.io.File
import java.io.PrintStream
import java.nio.file.Path
import javax.tools.ToolProvider
import kotlin.io.path.Path
import kotlin.io.path.div
import kotlin.io.path.readText
import kotlin.io.path.writeText

/** What a host may write compiles, and one line that goes around the gate does not. */
class CompilationTest {
    @TempDir
    lateinit var directory: Path

    private val classPath = Path(System.getProperty("compile.classpath")).readText().trim()

    /** What the compiler says, or null if it is content. */
    private fun kotlin(source: String): String? {
        val said = ByteArrayOutputStream()
        val file = (directory / "Snippet.kt").apply { writeText(source) }
        val options = arrayOf("-no-stdlib", "-no-reflect", "-cp", classPath, "-d", "$directory/kotlin")
        val code = K2JVMCompiler().exec(PrintStream(said), *options, file.toString())
        return if (code == ExitCode.OK) null else said.toString()
    }

    private fun java(source: String): String? {
        val said = ByteArrayOutputStream()
        val file = (directory / "Snippet.java").apply { writeText(source) }
        val options = arrayOf("-cp", classPath, "-d", "$directory/java", "-proc:none", file.toString())
        val code = ToolProvider.getSystemJavaCompiler().run(null, said, said, *options)
        return if (code == 0) null else said.toString()
    }

    @Test
    fun `a host compiles against the API and neither the bindings nor JNA`() {
        val jars = classPath.split(File.pathSeparator).map { Path(it).fileName.toString() }
        assertTrue("scruple-core-0.1.0.jar" in jars && jars.any { it.startsWith("kotlinx-coroutines-core") }, "$jars")
        assertFalse(jars.any { it.startsWith("scruple-bindings") || it.startsWith("jna") }, "$jars")
    }

    @TestFactory
    fun `lines of a host's Kotlin`(): List<DynamicTest> =
        lines(
            mapOf(
                "snapshot.device.model" to null,
                "session.explain(Purpose.FEATURE)[Item.CLIPBOARD_CONTENT] is Withheld" to null,
                "listOf(source)" to null,
                "@OptIn(ScrupleSourceApi::class) fun mine(reader: WebViewSource) = Source.webView(reader)" to null,
                "source.read(0)" to "unresolved reference 'read'",
                "source.handle" to "it is internal in 'dev.scruple.Source'",
                "Source.webView(TODO())" to "a host never reads one itself",
                "fun f(reader: WebViewSource) = reader.read(0)" to "a host never reads one itself",
                "WebViewReader(TODO())" to "it is internal in file",
                "NativeSession(TODO())" to "it is internal in file",
                "NativeLibrary.load()" to "it is internal in file",
                "val handle: dev.scruple.bindings.Session" to "unresolved reference 'bindings'",
                "dev.scruple.bindings.errorMessage(TODO())" to "unresolved reference 'bindings'",
                "com.sun.jna.Native.load(null, null)" to "unresolved reference 'jna'",
                "object : Value() {}" to "it is internal in 'dev.scruple.Value'",
            ),
            ::kotlin,
        ) { line ->
            """
            import dev.scruple.*

            fun host(session: Session, snapshot: Snapshot, source: Source) {
                $line
            }
            """
        }

    @TestFactory
    fun `lines of a host's Java`(): List<DynamicTest> =
        lines(
            mapOf(
                "String model = snapshot.getDevice().model;" to null,
                "snapshot.getDevice().getModel();" to "cannot find symbol",
                "ApplicationInformation.builder().name = null;" to "cannot find symbol",
                "session.collectBlocking(Purpose.FEATURE).close();" to null,
                "source.getHandle();" to "cannot find symbol",
                "source.getHandle\$scruple_core();" to "cannot find symbol",
                "new WebViewReader(null).read(0);" to "dev.scruple.bindings.WebViewSource not found",
                "new NativeSession(null, null);" to "dev.scruple.bindings.Session not found",
                "dev.scruple.bindings.Session handle;" to "package dev.scruple.bindings does not exist",
            ),
            ::java,
        ) { line ->
            """
            import dev.scruple.*;

            class Snippet {
                void host(Session session, Snapshot snapshot, Source source) throws ScrupleException {
                    $line
                }
            }
            """
        }

    private fun lines(
        expected: Map<String, String?>,
        compile: (String) -> String?,
        around: (String) -> String,
    ) = expected.map { (line, complaint) ->
        dynamicTest(line) {
            val said = compile(around(line))
            if (complaint == null) assertEquals(null, said) else assertTrue(said.orEmpty().contains(complaint), "$said")
        }
    }

    @Test
    fun `the README's quick start compiles`() {
        val readme = (Path(System.getProperty("repository.root")) / "README.md").readText()
        val start = readme.substringAfter("\n## In Kotlin\n", "").substringBefore("\n## ")
        val code = start.substringAfter("```kotlin\n", "").substringBefore("```")
        assertTrue("AndroidSession.open" in code, code)
        assertEquals(null, kotlin(code))
    }
}
