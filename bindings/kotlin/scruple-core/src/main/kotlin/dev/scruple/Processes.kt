package dev.scruple

import dev.scruple.bindings.ProcessesSource as NativeProcessesSource
import dev.scruple.bindings.RunningProcess as NativeProcess

/** Reads the processes that the system shows to this process. It needs no permission. */
@ScrupleSourceApi
public interface ProcessesSource {
    /** The processes. */
    @Throws(SourceException::class)
    public fun read(deadlineMs: Long): List<RunningProcess>
}

/** A process: no command line, no user, no path. */
public class RunningProcess
    @ScrupleValueApi
    constructor(
        /** The process id. */
        @JvmField @Transient
        public val pid: Int,
        /** The short name, at most 15 bytes for a program. Scruple replaces characters that are not printable. */
        @JvmField @Transient
        public val name: String,
    ) : Value() {
        override fun fields(): List<Any?> = listOf(pid, name)
    }

@OptIn(ScrupleSourceApi::class)
internal class ProcessesReader(
    private val reader: ProcessesSource,
) : NativeProcessesSource {
    override fun read(deadlineMs: ULong) = asking { reader.read(deadlineMs.toLong()).map { it.lowered() } }
}

internal fun NativeProcess.lifted(): RunningProcess = RunningProcess(pid.toInt(), name)

private fun RunningProcess.lowered() = NativeProcess(count(pid), name)
