import java.io.File
import java.nio.file.Path
import java.util.Properties
import kotlin.io.path.Path
import kotlin.io.path.div
import kotlin.io.path.inputStream
import kotlin.io.path.name
import kotlin.io.path.readText

/** A host as Maven built it, and the class whose `main` begins it. */
class BuiltHost(
    val name: String,
    val main: String,
) {
    private val target = (Path("..") / name / "target").toRealPath()

    /** Its own classes. */
    val classes: Path = target / "classes"

    /** Everything else that it ships, each a jar. */
    val libraries: List<Path> =
        (target / "runtime.classpath")
            .readText()
            .trim()
            .split(File.pathSeparator)
            .map { Path(it) }

    /** What compiled it. */
    val compiler: String =
        (classes / "host.properties").inputStream().use { Properties().apply { load(it) }.getProperty("compiler") }

    /** The versions of what it got along with Scruple. */
    val beside: String =
        listOf("kotlin-stdlib", "kotlinx-coroutines-core-jvm").joinToString { jar ->
            libraries.single { it.name.matches(Regex("$jar-[0-9.]+\\.jar")) }.name.removeSuffix(".jar")
        }

    companion object {
        /** The one whose build this is. */
        val own = BuiltHost("kotlin-2.2", "HostKt")
    }
}
