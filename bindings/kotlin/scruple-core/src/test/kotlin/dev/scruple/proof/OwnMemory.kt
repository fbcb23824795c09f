package dev.scruple.proof

import java.lang.management.ManagementFactory
import java.nio.ByteBuffer
import java.nio.channels.FileChannel
import java.nio.file.Path
import java.nio.file.StandardOpenOption
import java.util.TreeSet
import javax.management.ObjectName
import kotlin.io.path.Path
import kotlin.io.path.readLines

/** Searches this process's memory: all that can be written, by the native library, JNA, the C library or the virtual machine. */
internal object OwnMemory {
    /** Outside the heap, so that the system reads straight into it and leaves no copy. */
    private val window = ByteBuffer.allocateDirect(1 shl 20)
    private val zeros = ByteBuffer.allocateDirect(1 shl 20)

    /**
     * Which of the needles are there, by their numbers.
     *
     * @param backwards what is searched for, turned round, so that the search does not find itself.
     * @param inHeap in this language's heap alone, instead of everywhere but there.
     */
    @Synchronized
    fun found(
        backwards: List<ByteArray>,
        inHeap: Boolean = false,
    ): Set<Int> {
        val heap = heap()
        val ranges = Path("/proc/self/maps").readLines().map(::Mapping).filter { it.isWritable }
        val needles = Needles(backwards)
        FileChannel.open(Path("/proc/self/mem"), StandardOpenOption.READ).use { memory ->
            ranges.filter { it.overlaps(heap) == inHeap }.forEach { search(memory, it.range, needles) }
        }
        window.clear().put(zeros.duplicate())
        return needles.found
    }

    private fun search(
        memory: FileChannel,
        range: LongRange,
        needles: Needles,
    ) {
        var from = range.first
        while (from <= range.last) {
            // What the search has read is not to be found by it.
            window.clear().put(zeros.duplicate())
            window.clear().limit(minOf(window.capacity().toLong(), range.last + 1 - from).toInt())
            // Pages that cannot be read hold nothing.
            val read = runCatching { memory.read(window, from) }.getOrDefault(-1)
            if (read < needles.shortest) return
            needles.look(window, read)
            // What lies across two windows is seen by the second.
            from += if (read < window.capacity()) read else read - needles.longest
        }
    }

    /** Where this language's heap lies, as the virtual machine says. */
    private fun heap(): LongRange {
        val command = ObjectName("com.sun.management:type=DiagnosticCommand")
        val said = ManagementFactory.getPlatformMBeanServer().invoke(command, "gcHeapInfo", null, null) as String
        val addresses = Regex("0x([0-9a-f]{8,})").findAll(said).map { it.groupValues[1].toLong(16) }.toList()
        return addresses.min() until addresses.max()
    }

    private class Needles(
        private val backwards: List<ByteArray>,
    ) {
        val found = TreeSet<Int>()
        val shortest = backwards.minOf { it.size }
        val longest = backwards.maxOf { it.size }
        private val byFirstByte =
            Array(
                256,
            ) { first -> backwards.indices.filter { backwards[it].last().toInt() and 0xff == first }.toIntArray() }

        fun look(
            bytes: ByteBuffer,
            end: Int,
        ) {
            var at = 0
            while (at <= end - shortest) {
                // Most of memory; nothing that is searched for begins with a zero.
                if (at + Long.SIZE_BYTES <= end && bytes.getLong(at) == 0L) {
                    at += Long.SIZE_BYTES
                    continue
                }
                for (number in byFirstByte[bytes.get(at).toInt() and 0xff]) {
                    if (isAt(bytes, at, end, backwards[number])) found += number
                }
                at += 1
            }
        }

        private fun isAt(
            bytes: ByteBuffer,
            at: Int,
            end: Int,
            needle: ByteArray,
        ): Boolean {
            if (needle.size > end - at) return false
            val last = needle.size - 1
            for (offset in 1..last) if (bytes.get(at + offset) != needle[last - offset]) return false
            return true
        }
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
}
