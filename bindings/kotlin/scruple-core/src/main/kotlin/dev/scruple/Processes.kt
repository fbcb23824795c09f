package dev.scruple

import dev.scruple.bindings.Process as NativeProcess
import dev.scruple.bindings.ProcessesSource as NativeProcessesSource

/** Reads the processes that the system shows to this one. No permission guards them. */
@ScrupleSourceApi
public interface ProcessesSource {
    /** The processes. */
    @Throws(SourceException::class)
    public fun read(deadlineMs: Long): List<Process>
}

/** A process: no command line, no user, no path. */
public data class Process(
    /** The process id. */
    public val pid: Int,
    /** The short name, which is at most 15 bytes for programs; what is not printable is replaced. */
    public val name: String,
) : Value()

@OptIn(ScrupleSourceApi::class)
internal class ProcessesReader(
    private val reader: ProcessesSource,
) : NativeProcessesSource {
    override fun read(deadlineMs: ULong) = asking { reader.read(deadlineMs.toLong()).map { it.lowered() } }
}

internal fun NativeProcess.lifted(): Process = Process(pid.toInt(), name)

private fun Process.lowered() = NativeProcess(count(pid), name)
