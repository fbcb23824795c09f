import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Test
import java.nio.ByteBuffer
import java.util.zip.ZipFile
import kotlin.io.path.Path
import kotlin.io.path.name
import kotlin.io.path.readBytes
import kotlin.io.path.relativeTo
import kotlin.io.path.walk

/** Which Java and which Kotlin the published classes ask for. */
class ClassesTest {
    private val jars =
        System
            .getProperty("java.class.path")
            .split(":")
            .filter { "/dev/scruple/" in it }
            .map { Path(it) }

    @Test
    fun `every published class is Java 8's, with metadata that Kotlin 1_8 reads`() {
        assertEquals(3, jars.size)
        for (jar in jars) {
            val kinds =
                ZipFile(jar.toFile()).use { zip ->
                    zip
                        .entries()
                        .asSequence()
                        .filter { it.name.endsWith(".class") }
                        .groupingBy { kind(it.name, zip.getInputStream(it).readBytes()) }
                        .eachCount()
                }
            println("${jar.name}: $kinds")
            assertEquals(emptySet<Kind>(), kinds.keys - setOf(Kind(52, "1.9.0"), Kind(52, null)), "$jar")
        }
    }

    @Test
    fun `a newer class is seen`() {
        val own = Path("target/test-classes")
        val file = own.walk().single { it.name == "ClassesTest.class" }
        assertNotEquals(Kind(52, "1.9.0"), kind("${file.relativeTo(own)}", file.readBytes()))
    }

    /** The class file's version, and its metadata's. */
    private data class Kind(
        val java: Int,
        val kotlin: String?,
    )

    private fun kind(
        path: String,
        bytes: ByteArray,
    ): Kind {
        val name = path.removeSuffix(".class").replace('/', '.')
        val metadata = Class.forName(name, false, javaClass.classLoader).getAnnotation(Metadata::class.java)
        return Kind(ByteBuffer.wrap(bytes).getShort(6).toInt(), metadata?.metadataVersion?.joinToString("."))
    }
}
