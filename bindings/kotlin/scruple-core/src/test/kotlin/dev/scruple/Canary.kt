package dev.scruple

import dev.scruple.proof.OwnMemory
import java.nio.file.Path

/**
 * A text that this process knows backwards only, so that the search for it does not find itself. Those who bring it in,
 * a file on a recorded machine or a source, turn it round.
 */
class Canary(
    number: Int,
) {
    private val backwards = "%02d".format(number) + "yranaC-elpurcS-evitaN".lowercase()

    /** Turned round on the heap of this language, which is not searched. */
    fun spelledOut(): String = backwards.reversed()

    /** Its bytes in UTF-8, backwards. */
    fun bytesBackwards(): ByteArray = backwards.toByteArray()

    /** Writes a file that holds it, through another process: this one's buffers never do. */
    fun write(
        file: Path,
        before: String,
        after: String,
    ) {
        val writer = ProcessBuilder("sh", "-c", "rev > \"$1\"", "sh", file.toString()).start()
        writer.outputStream.use { it.write((before + spelledOut() + after).reversed().toByteArray()) }
        check(writer.waitFor() == 0)
    }

    /** Whether it is anywhere in this process's memory but on the heap of this language. */
    fun isInMemory(): Boolean = OwnMemory.found(listOf(bytesBackwards())).isNotEmpty()
}
