import com.android.tools.r8.R8
import com.android.tools.r8.R8Command
import com.android.tools.r8.origin.Origin
import org.junit.jupiter.api.Assertions.assertEquals
import java.nio.file.Path
import kotlin.io.path.Path
import kotlin.io.path.createDirectory
import kotlin.io.path.div
import kotlin.io.path.extension
import kotlin.io.path.walk
import kotlin.io.path.writeText

/** R8 in full mode, over a host and everything that it ships. */
class Shrinker(
    private val directory: Path,
) {
    /** For this machine's Java. */
    fun toClasses(
        host: BuiltHost,
        rules: List<Path>,
        r8: Path? = null,
    ): Path {
        val output = directory / "${host.name}.jar"
        val arguments = arguments(host, rules, listOf("--classfile", "--output", "$output"))
        if (r8 == null) {
            run(arguments)
        } else {
            val brief = listOf("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
            val program = Program(brief + listOf("-cp", "$r8", "com.android.tools.r8.R8") + arguments)
            assertEquals(0, program.status, program.said)
        }
        return output
    }

    /** For a phone. */
    fun toDex(
        host: BuiltHost,
        rules: List<Path>,
    ): Path {
        val output = (directory / "${host.name}.dex").createDirectory()
        run(arguments(host, rules, listOf("--min-api", "21", "--output", "$output")))
        return output / "classes.dex"
    }

    private fun arguments(
        host: BuiltHost,
        rules: List<Path>,
        options: List<String>,
    ): List<String> {
        // What a host adds of its own: where it begins.
        val own = directory / "${host.name}.pro"
        own.writeText("-keep class ${host.main} { public static void main(java.lang.String[]); }")
        val classes =
            host.classes
                .walk()
                .filter { it.extension == "class" }
                .map { "$it" }
        return listOf("--release", "--lib", System.getProperty("java.home")) + options +
            rules.plusElement(own).flatMap { listOf("--pg-conf", "$it") } +
            host.libraries.map { "$it" } + classes
    }

    private fun run(arguments: List<String>) {
        R8.run(R8Command.parse(arguments.toTypedArray(), Origin.root()).build())
    }

    companion object {
        /** What the AAR `scruple` tells R8. */
        val rules = listOf(Path(System.getProperty("repository.root")) / "bindings/kotlin/scruple/consumer-rules.pro")

        /** The R8 of the Android Gradle Plugin 7.4. */
        val old = Path("target/r8-4.0.jar").toAbsolutePath()
    }
}
