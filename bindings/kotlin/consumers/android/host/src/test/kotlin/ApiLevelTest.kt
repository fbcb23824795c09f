import org.codehaus.mojo.animal_sniffer.SignatureChecker
import org.codehaus.mojo.animal_sniffer.logging.Logger
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.nio.file.Path
import java.time.Instant
import java.util.TreeSet
import kotlin.io.path.Path
import kotlin.io.path.inputStream
import kotlin.io.path.readLines

/** What the artifacts' classes use that a phone of API level 21 does not have. */
class ApiLevelTest {
    @Test
    fun `each use of what is newer than API level 21 has been looked at`() {
        val reviewed = Path("src/test/resources/newer-than-21.tsv").readLines().filterNot { it.startsWith("#") }
        val expected = reviewed.map { it.substringBeforeLast('\t') }.sorted()
        assertEquals(expected.joinToString("\n"), newer(Artifacts.ours).joinToString("\n"))
    }

    @Test
    fun `a use of what is newer is seen`() {
        val newer = newer(listOf(Path("target/test-classes")))
        assertTrue("UsesTime\tjava.time.Instant java.time.Instant.now()" in newer, "$newer")
    }

    private fun newer(places: List<Path>): Set<String> {
        val errors = Errors()
        val known = setOf("dev.scruple.*", "com.sun.jna.*", "kotlin.*", "kotlinx.*", "org.*")
        val checker = Artifacts.oldPhone.inputStream().use { SignatureChecker(it, known, errors) }
        checker.isCheckJars = true
        checker.setSourcePath(emptyList())
        places.forEach { checker.process(it.toFile()) }
        return errors.found
    }
}

/** A control. */
class UsesTime {
    fun now(): Instant = Instant.now()
}

/** Collects what is said to be missing: a class, and what it uses. */
private class Errors : Logger {
    val found = TreeSet<String>()

    override fun error(message: String) {
        val place = message.substringBefore(".class:").substringAfterLast(".jar:").substringAfter("test-classes/")
        found += place.replace('/', '.') + "\t" + message.substringAfter("Undefined reference: ")
    }

    override fun error(
        message: String,
        trouble: Throwable,
    ) = throw AssertionError(message, trouble)

    override fun info(message: String) = Unit

    override fun info(
        message: String,
        trouble: Throwable,
    ) = Unit

    override fun debug(message: String) = Unit

    override fun debug(
        message: String,
        trouble: Throwable,
    ) = Unit

    override fun warn(message: String) = Unit

    override fun warn(
        message: String,
        trouble: Throwable,
    ) = Unit
}
