import java.io.File
import java.nio.file.Path
import kotlin.io.path.Path
import kotlin.io.path.div
import kotlin.io.path.exists
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.readText

/** What Maven resolved and unpacked. */
object Artifacts {
    private val target = Path("target").toAbsolutePath()

    /** The signatures of everything that a phone of API level 21 has. */
    val oldPhone: Path = target / "api-21.signature"

    /** The host's own classes. */
    val host: Path = target / "classes"

    /** Everything else that an app ships, each a jar. */
    val libraries: List<Path> =
        (target / "runtime.classpath")
            .readText()
            .trim()
            .split(File.pathSeparator)
            .map { Path(it) }

    /** Scruple's own among them; the AARs' classes are together in one. */
    val ours: List<Path> = libraries.filter { "/dev/scruple/" in "$it" || "/aars/" in "$it" }

    /** What the AARs tell R8. */
    val rules: List<Path> =
        Path(System.getProperty("aars")).listDirectoryEntries().map { it / "proguard.txt" }.filter { it.exists() }

    /** What Android has beside. */
    val framework: Path =
        Path(System.getProperty("java.class.path").split(File.pathSeparator).single { "/android-all/" in it })
}
