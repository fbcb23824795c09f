package dev.scruple.proof

import dev.scruple.JvmSession
import dev.scruple.Run
import dev.scruple.run
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.io.path.createDirectories
import kotlin.io.path.div
import kotlin.io.path.readLines
import kotlin.io.path.writeBytes

/** Scruple writes no file, opens no socket and starts no program in a Java machine; what JNA does as it is loaded ends by three settings. */
@Timeout(600)
class NothingWrittenTest {
    @TempDir
    lateinit var directory: Path

    @Test
    fun `the whole life of sessions runs where every write, socket and program is death`() {
        val machine = Content(400).machine((directory / "machine").createDirectories())
        val lived = lifecycle(machine, "none")
        assertEquals("lived" to 0, lived.output.trim() to lived.status)
        val controls = listOf("file", "socket", "program")
        for (control in controls) {
            val killed = lifecycle(machine, control)
            assertEquals("lived" to BY_SIGSYS, killed.output.trim() to killed.status, control)
        }
        println(
            "proof: a JVM host's sessions write, send and start nothing | " +
                "loading, open to close, every source and error under a filter that kills: ended as it should | " +
                "${controls.size} violations (${controls.joinToString()}): each killed by SIGSYS",
        )
    }

    private fun lifecycle(
        machine: Path,
        violation: String,
    ): Run =
        run("dev.scruple.proof.Lifecycle", "-XX:-UsePerfData", *settings(), arguments = listOf("$machine", violation))

    @Test
    fun `JNA makes files and starts a program as it is loaded, and not with three settings`() {
        val without = traced()
        assertTrue(
            without.any { "ldconfig" in it } &&
                without.any { "O_CREAT" in it } &&
                without.any { it.startsWith("mkdir") },
            "$without",
        )
        val with = traced(*settings())
        assertEquals(emptyList<String>(), with)
        println(
            "proof: with three settings JNA writes and starts nothing as it is loaded | " +
                "0 files made, 0 programs started | " +
                "without them: ${without.size} calls that make, change or start something",
        )
    }

    /** What a Java machine does, but for reading and for its own standard files, while it loads JNA and the library. */
    private fun traced(vararg settings: String): List<String> {
        val log = directory / "trace"
        val strace = listOf("strace", "-f", "-o", "$log", "-e", "trace=$TRACED")
        val temporary =
            arrayOf(
                "-Djava.io.tmpdir=${(directory / "tmp").createDirectories()}",
                "-Duser.home=${(directory / "home").createDirectories()}",
            )
        val ran = run("dev.scruple.proof.Loading", "-XX:-UsePerfData", *temporary, *settings, under = strace)
        assertEquals("loaded" to 0, ran.output.trim() to ran.status)
        val calls = log.readLines().map { it.substringAfter(' ').trim() }.filter { '(' in it }
        assertTrue(calls.any { it.startsWith("execve(\"${System.getProperty("java.home")}") }, "the trace sees calls")
        return calls.filter(::changes)
    }

    private fun changes(call: String): Boolean =
        when {
            call.startsWith("openat") -> WRITING.any { it in call } && "\"/proc/self/" !in call && "\"/dev/" !in call
            call.startsWith("execve") -> "/bin/java\"" !in call
            else -> true
        }

    /** What ends JNA's own: it unpacks nothing, loads its library from where the app has it, and asks nobody where the system's are. */
    private fun settings(): Array<String> {
        val jna = (directory / "jna").createDirectories()
        val library = javaClass.getResourceAsStream("/com/sun/jna/linux-x86-64/libjnidispatch.so")
        (jna / "libjnidispatch.so").writeBytes(checkNotNull(library).use { it.readBytes() })
        return arrayOf("-Djna.nounpack=true", "-Djna.boot.library.path=$jna", "-Djna.platform.library.path=$jna")
    }

    private companion object {
        const val BY_SIGSYS = 128 + 31
        const val TRACED =
            "execve,execveat,open,openat,creat,mkdir,mkdirat,mknod,unlink,unlinkat,rename,renameat,renameat2,link," +
                "symlink,truncate,ftruncate,chmod,fchmod"
        val WRITING = listOf("O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC")
    }
}

/** Loads JNA and the library, and no more. */
internal object Loading {
    @JvmStatic
    fun main(arguments: Array<String>) {
        JvmSession.warmUpBlocking()
        println("loaded")
    }
}
