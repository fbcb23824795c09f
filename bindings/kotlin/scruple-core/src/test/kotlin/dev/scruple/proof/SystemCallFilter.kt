package dev.scruple.proof

import com.sun.jna.Memory
import com.sun.jna.NativeLibrary

/**
 * Locks this process in, on every thread that it has: from then on a system call that is not on the list ends the process with
 * `SIGSYS`. None on the list makes, changes or removes a file, opens a socket, starts a program or reaches another process. The
 * numbers are x86-64's.
 */
internal object SystemCallFilter {
    fun enter() {
        val program = program()
        val code = Memory(program.size * INSTRUCTION)
        program.forEachIndexed { at, instruction -> code.setLong(at * INSTRUCTION, instruction) }
        val handedOver = Memory(16)
        handedOver.setShort(0, program.size.toShort())
        handedOver.setPointer(8, code)
        val libc = NativeLibrary.getProcess()
        check(libc.getFunction("prctl").invokeInt(arrayOf(NO_NEW_PRIVILEGES, 1L, 0L, 0L, 0L)) == 0)
        check(libc.getFunction("syscall").invokeInt(arrayOf(SECCOMP, SET_FILTER, ALL_THREADS, handedOver)) == 0)
    }

    private fun program(): List<Long> =
        buildList {
            add(instruction(LOAD, ARCHITECTURE))
            add(instruction(JUMP_IF_EQUAL, X86_64, then = 1))
            add(instruction(RETURN, KILL))
            add(instruction(LOAD, NUMBER))
            // The C library makes threads by `clone` when it is told that there is no `clone3`, whose flags a filter cannot see.
            addAll(rule(CLONE3, listOf(instruction(RETURN, NO_SUCH_CALL))))
            ALLOWED.forEach { addAll(rule(it, listOf(instruction(RETURN, ALLOW)))) }
            IF.forEach { addAll(rule(it.call, it.decision())) }
            add(instruction(RETURN, KILL))
        }

    private fun rule(
        call: Int,
        decision: List<Long>,
    ) = listOf(instruction(JUMP_IF_EQUAL, call, otherwise = decision.size)) + decision

    /** A call that is allowed if the bits of an argument under the mask are one of the values. */
    private class If(
        val call: Int,
        private val argument: Int,
        private val mask: Int,
        private vararg val values: Int,
    ) {
        fun decision(): List<Long> =
            buildList {
                add(instruction(LOAD, ARGUMENTS + 8 * argument))
                add(instruction(AND, mask))
                values.forEachIndexed { at, value -> add(instruction(JUMP_IF_EQUAL, value, then = values.size - at)) }
                add(instruction(RETURN, KILL))
                add(instruction(RETURN, ALLOW))
            }
    }

    private fun instruction(
        code: Int,
        operand: Int,
        then: Int = 0,
        otherwise: Int = 0,
    ): Long = code.toLong() or (then.toLong() shl 16) or (otherwise.toLong() shl 24) or (operand.toLong() shl 32)

    private const val INSTRUCTION = 8L
    private const val LOAD = 0x20
    private const val AND = 0x54
    private const val JUMP_IF_EQUAL = 0x15
    private const val RETURN = 0x06

    // What a filter sees of a call.
    private const val NUMBER = 0
    private const val ARCHITECTURE = 4
    private const val ARGUMENTS = 16
    private const val X86_64 = 0xc000003e.toInt()

    private const val ALLOW = 0x7fff0000
    private const val KILL = 0x80000000.toInt()
    private const val NO_SUCH_CALL = 0x00050000 or 38

    private const val NO_NEW_PRIVILEGES = 38
    private const val SECCOMP = 317L
    private const val SET_FILTER = 1L
    private const val ALL_THREADS = 1L

    private const val CLONE3 = 435

    private val ALLOWED =
        listOf(
            // Files, to read: read, close, fstat, stat, lstat, newfstatat, statx, lseek, pread64, getdents64.
            listOf(0, 3, 5, 4, 6, 262, 332, 8, 17, 217),
            // access, faccessat, faccessat2, readlink, readlinkat, getcwd, statfs, fstatfs, poll.
            listOf(21, 269, 439, 89, 267, 79, 137, 138, 7),
            // Memory: mprotect, munmap, brk, mremap, madvise, mincore.
            listOf(10, 11, 12, 25, 28, 27),
            // Threads of this process: futex, set_robust_list, rseq, set_tid_address, gettid, sched_yield, sched_getaffinity, getcpu, membarrier.
            listOf(202, 273, 334, 218, 186, 24, 204, 309, 324),
            // Signals of this process: rt_sigaction, rt_sigprocmask, rt_sigreturn, sigaltstack, restart_syscall.
            listOf(13, 14, 15, 131, 219),
            // What the machine is like: uname, sysinfo, getrusage, times, prlimit64, getpid, getuid, geteuid, getgid, getegid.
            listOf(63, 99, 98, 100, 302, 39, 102, 107, 104, 108),
            // Time and randomness: clock_gettime, clock_getres, clock_nanosleep, nanosleep, gettimeofday, getrandom.
            listOf(228, 229, 230, 35, 96, 318),
            // The end: exit, exit_group.
            listOf(60, 231),
        ).flatten()

    private val IF =
        listOf(
            // openat: neither for writing nor to create, truncate, append or make a temporary file.
            If(257, argument = 2, mask = 0x3 or 0x40 or 0x200 or 0x400 or 0x400000, 0),
            // write, writev: standard output and standard error.
            If(1, argument = 0, mask = -1, 1, 2),
            If(20, argument = 0, mask = -1, 1, 2),
            // mmap: private. What is shared with a file would be written into it.
            If(9, argument = 3, mask = 0xf, 0x2),
            // clone: threads.
            If(56, argument = 0, mask = 0x10000, 0x10000),
            // ioctl: what a stream is and how much there is to read.
            If(16, argument = 1, mask = -1, 0x5401, 0x5413, 0x541b),
            // fcntl: the descriptor's flags.
            If(72, argument = 1, mask = -1, 1, 2, 3),
            // prctl: a thread's name, the name of memory, what the processor can do.
            If(157, argument = 0, mask = -1, 15, 0x53564d41, 0x41555856),
        )
}
