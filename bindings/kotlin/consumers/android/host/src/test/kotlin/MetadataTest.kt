import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.nio.file.Path
import java.util.jar.JarFile

/** Which Java and which Kotlin the artifacts' classes ask for. */
class MetadataTest {
    @Test
    fun `every class is Java 8's, with metadata that Kotlin 1_8 reads`() {
        for (jar in Artifacts.ours) {
            val kinds = kinds(jar)
            println("${jar.fileName}: $kinds")
            assertTrue(kinds.values.sum() > 0, "$jar has no class")
            assertEquals(emptySet<String>(), kinds.keys - setOf("Java 52, Kotlin 1.9.0", "Java 52"), "$jar")
        }
    }

    @Test
    fun `a newer class is seen`() = assertNotEquals("Java 52, Kotlin 1.9.0", kind(javaClass.name))

    /** How many classes there are of each kind. */
    private fun kinds(jar: Path) =
        JarFile(jar.toFile()).use { file ->
            val classes = file.entries().toList().filter { it.name.endsWith(".class") && "module-info" !in it.name }
            classes.groupingBy { kind(it.name.removeSuffix(".class").replace('/', '.')) }.eachCount()
        }

    private fun kind(name: String): String {
        val type = Class.forName(name, false, javaClass.classLoader)
        val file = "/" + name.replace('.', '/') + ".class"
        val version = type.getResourceAsStream(file)!!.use { it.readNBytes(8)[7] }
        val metadata = type.getAnnotation(Metadata::class.java) ?: return "Java $version"
        return "Java $version, Kotlin ${metadata.metadataVersion.joinToString(".")}"
    }
}
