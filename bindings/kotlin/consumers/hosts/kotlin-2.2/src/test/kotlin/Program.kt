import java.nio.file.Path
import kotlin.io.path.Path
import kotlin.io.path.div

/** How a Java program ends, and what it says. */
class Program(
    arguments: List<String>,
) {
    val said: String
    val status: Int

    init {
        val program = "${System.getProperty("java.home")}/bin/java"
        val process = ProcessBuilder(listOf(program) + arguments).redirectErrorStream(true).start()
        said = process.inputStream.bufferedReader().readText()
        status = process.waitFor()
    }

    companion object {
        /** A host, with the library for this machine. */
        fun host(
            classPath: Path,
            main: String,
        ): Program {
            val library = Path(System.getProperty("repository.root")) / "target/bindings"
            return Program(listOf("-Djna.library.path=$library", "-cp", "$classPath", main))
        }
    }
}
