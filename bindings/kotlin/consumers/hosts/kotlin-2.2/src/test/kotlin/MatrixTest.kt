import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.io.TempDir
import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.nio.file.Path
import kotlin.io.path.div
import kotlin.io.path.readBytes
import kotlin.io.path.writeText

/** Hosts by the compilers that are promised, shrunk by R8 and run against the library (decisions 31 and 32). */
@Timeout(900)
class MatrixTest {
    @TempDir
    lateinit var directory: Path

    @Test
    fun `every host that is promised says the same`() {
        val said =
            HOSTS.associateWith { host ->
                val r8 = Shrinker.old.takeIf { host.name == "demo" }
                said(host, Shrinker(directory).toClasses(host, Shrinker.rules, r8))
            }
        println("host | compiler | beside it | R8 | result")
        said.forEach { (host, said) ->
            val r8 = if (host.name == "demo") "4.0.48" else "8.5.35"
            val result = if (said == EXPECTED) "compiled, shrunk, run" else said
            println("${host.name} | ${host.compiler} | ${host.beside} | $r8 | $result")
        }
        said.forEach { (host, said) -> assertEquals(EXPECTED, said, host.name) }
    }

    @Test
    fun `without the rules a shrunk host does not work`() {
        // It is shrunk all the same.
        val quiet = (directory / "quiet.pro").apply { writeText("-dontwarn androidx.annotation.WorkerThread") }
        assertNotEquals(EXPECTED, said(BuiltHost.own, Shrinker(directory).toClasses(BuiltHost.own, listOf(quiet))))
    }

    @Test
    fun `a small host's dex is within its budget`() {
        val dex = Shrinker(directory).toDex(BuiltHost("java-8", "JavaHost"), Shrinker.rules).readBytes()
        // `method_ids_size` in the file's header.
        val methods = ByteBuffer.wrap(dex).order(ByteOrder.LITTLE_ENDIAN).getInt(88)
        println("dex after R8, with what is left of JNA and Kotlin: ${dex.size} bytes, $methods methods; at most $DEX")
        assertTrue(dex.size <= DEX)
    }

    private fun said(
        host: BuiltHost,
        jar: Path,
    ) = Program.host(jar, host.main).said.trim()

    private companion object {
        val HOSTS =
            listOf("1.8", "1.9", "2.0", "2.2", "2.4").map { BuiltHost("kotlin-$it", "HostKt") } +
                BuiltHost("java-8", "JavaHost") + BuiltHost("demo", "Demo")

        val EXPECTED =
            """
            opened: null, null
            agreed: linux, Host/1.0
            revoked: nothing
            """.trimIndent()

        /** In bytes: docs/size.md says what an app pays beside. */
        const val DEX = 260_000
    }
}
