package dev.scruple.emulator;

import com.github.unidbg.Emulator;
import com.github.unidbg.arm.ARMEmulator;
import com.github.unidbg.arm.backend.Backend;
import com.github.unidbg.arm.context.RegisterContext;
import com.github.unidbg.linux.ARM64SyscallHandler;
import com.github.unidbg.linux.AndroidSyscallHandler;
import com.github.unidbg.linux.thread.FutexWaiter;
import com.github.unidbg.memory.SvcMemory;
import com.github.unidbg.pointer.UnidbgPointer;
import com.github.unidbg.thread.Task;
import com.github.unidbg.thread.ThreadContextSwitchException;
import com.github.unidbg.unix.UnixEmulator;
import com.github.unidbg.unix.struct.TimeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import unicorn.Arm64Const;

/** The kernel's side: what is called is noted, and what unidbg lacks is added. */
final class SystemCalls extends ARM64SyscallHandler {
    private static final int COMMAND = 0x7f;
    private static final int WAIT = 0;
    private static final int WAIT_BITSET = 9;
    /** Nothing that a test waits for takes as long. */
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(20);

    private static final int OPEN = 56;
    private static final int CLONE = 220;
    /** Those that the library makes, by arm64's numbers. */
    private static final Map<Integer, String> NAMES = Map.ofEntries(Map.entry(57, "close"), Map.entry(61, "getdents64"),
        Map.entry(63, "read"), Map.entry(80, "fstat"), Map.entry(93, "exit"), Map.entry(98, "futex"), Map.entry(113, "clock_gettime"),
        Map.entry(132, "sigaltstack"), Map.entry(167, "prctl"), Map.entry(172, "getpid"), Map.entry(215, "munmap"),
        Map.entry(CLONE, "clone"), Map.entry(222, "mmap"), Map.entry(226, "mprotect"), Map.entry(233, "madvise"));

    /** The system calls since the start, each by its name; what opens a file, by the file. */
    final List<String> made = new ArrayList<>();
    /** Whether there is no memory for another thread. */
    boolean refusesThreads;

    /** The zero of the emulated monotonic clock, within what passes between two constructors. */
    private final long startNanos = System.nanoTime();

    SystemCalls(SvcMemory memory) {
        super(memory);
    }

    @Override
    protected boolean handleSyscall(Emulator<?> emulator, int number) {
        made.add(number == OPEN ? emulator.getContext().getPointerArg(1).getString(0)
            : NAMES.getOrDefault(number, "system call " + number));
        boolean isRefused = refusesThreads && number == CLONE;
        if (isRefused) {
            emulator.getBackend().reg_write(Arm64Const.UC_ARM64_REG_X0, -UnixEmulator.EAGAIN);
        }
        return isRefused;
    }

    /** A trap ends the process, where unidbg would wait for somebody at its debugger. */
    @Override
    public void hook(Backend backend, int interrupt, int immediate, Object user) {
        if (interrupt == ARMEmulator.EXCP_BKPT) {
            backend.emu_stop();
        } else {
            super.hook(backend, interrupt, immediate, user);
        }
    }

    /** Rust's locks wait by FUTEX_WAIT_BITSET, whose time is absolute; unidbg knows FUTEX_WAIT, whose time is relative. */
    @Override
    protected int futex(Emulator<?> emulator) {
        RegisterContext context = emulator.getContext();
        int command = context.getIntArg(1) & COMMAND;
        if (command != WAIT && command != WAIT_BITSET) {
            return super.futex(emulator);
        }
        UnidbgPointer word = context.getPointerArg(0);
        int expected = context.getIntArg(2);
        if (word.getInt(0) != expected) {
            return -UnixEmulator.EAGAIN;
        }
        Task task = emulator.get(Task.TASK_KEY);
        TimeSpec time = TimeSpec.createTimeSpec(emulator, context.getPointerArg(3));
        if (time != null) {
            long now = command == WAIT_BITSET ? System.nanoTime() - startNanos : 0;
            long nanos = TimeUnit.SECONDS.toNanos(time.getTvSec()) + time.getTvNsec() - now;
            task.setWaiter(emulator, new Waiter(word, expected, nanos, true));
        } else {
            task.setWaiter(emulator, new Waiter(word, expected, task.isMainThread() ? LONGEST : Long.MAX_VALUE, false));
        }
        throw new ThreadContextSwitchException();
    }

    /** Waits for another thread: for a time, or until it is clear to a test that nobody comes. */
    private static final class Waiter extends FutexWaiter {
        private final long startNanos = System.nanoTime();
        private final long nanos;
        private final boolean mayTimeOut;

        Waiter(UnidbgPointer word, int expected, long nanos, boolean mayTimeOut) {
            super(word, expected);
            this.nanos = nanos;
            this.mayTimeOut = mayTimeOut;
        }

        @Override
        public boolean canDispatch() {
            boolean isOver = System.nanoTime() - startNanos >= nanos;
            if (isOver && !mayTimeOut) {
                throw new IllegalStateException("it waits for a thread that does not come");
            }
            Thread.yield();
            return isOver || super.canDispatch();
        }

        @Override
        protected void onContinueRunInternal(Emulator<?> emulator) {
            // Nobody woke it: the time is over, or the word is another already.
            boolean isOver = System.nanoTime() - startNanos >= nanos;
            int error = isOver ? AndroidSyscallHandler.ETIMEDOUT : UnixEmulator.EAGAIN;
            emulator.getBackend().reg_write(Arm64Const.UC_ARM64_REG_X0, -error);
        }
    }
}
