package dev.scruple

import java.lang.management.ManagementFactory
import java.nio.ByteBuffer
import java.nio.channels.FileChannel
import java.nio.file.Path
import java.nio.file.StandardOpenOption
import javax.management.ObjectName
import kotlin.io.path.Path
import kotlin.io.path.readLines

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
    fun isInMemory(): Boolean {
        val heap = heap()
        val maps = Path("/proc/self/maps").readLines().map(::Mapping)
        return FileChannel.open(Path("/proc/self/mem"), StandardOpenOption.READ).use { memory ->
            maps.any { it.isWritable && !it.overlaps(heap) && isIn(memory, it.range) }
        }
    }

    private fun isIn(
        memory: FileChannel,
        range: LongRange,
    ): Boolean {
        var from = range.first
        while (from <= range.last) {
            // What the search has read is not to be found by it.
            zeros.duplicate().let { window.clear().put(it) }
            window.clear().limit(minOf(window.capacity().toLong(), range.last + 1 - from).toInt())
            // Pages that cannot be read hold nothing.
            val read = runCatching { memory.read(window, from) }.getOrDefault(-1)
            if (read < backwards.length) return false
            if (found(read)) return true.also { window.clear().put(zeros.duplicate()) }
            from += if (read < window.capacity()) read else read - backwards.length
        }
        return false
    }

    private fun found(end: Int): Boolean {
        val last = backwards.length - 1
        val first = backwards[last].code.toByte()
        for (at in 0..end - backwards.length) {
            if (window.get(at) != first) continue
            if ((1..last).all { window.get(at + it) == backwards[last - it].code.toByte() }) return true
        }
        return false
    }

    private class Mapping(
        line: String,
    ) {
        private val fields = line.split(' ')
        val isWritable = fields[1].startsWith("rw")
        val range =
            fields[0].split('-').let { (from, to) ->
                from.toULong(16).toLong()..(to.toULong(16) - 1u).toLong()
            }

        fun overlaps(other: LongRange) = range.first <= other.last && other.first <= range.last
    }

    private companion object {
        /** Outside the heap, so that the system reads straight into it and leaves no copy. */
        val window: ByteBuffer = ByteBuffer.allocateDirect(1 shl 20)
        val zeros: ByteBuffer = ByteBuffer.allocateDirect(1 shl 20)

        /** Where this language's heap lies, as the virtual machine says. */
        fun heap(): LongRange {
            val command = ObjectName("com.sun.management:type=DiagnosticCommand")
            val said = ManagementFactory.getPlatformMBeanServer().invoke(command, "gcHeapInfo", null, null) as String
            val addresses = Regex("0x([0-9a-f]{8,})").findAll(said).map { it.groupValues[1].toLong(16) }.toList()
            return addresses.min() until addresses.max()
        }
    }
}
