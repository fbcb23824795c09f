package dev.scruple.emulator;

import com.github.unidbg.Emulator;
import com.github.unidbg.arm.context.RegisterContext;
import com.github.unidbg.linux.AndroidSyscallHandler;
import com.github.unidbg.linux.thread.FutexWaiter;
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
import unicorn.ArmConst;

/** The kernel's side: what is called is noted, and what unidbg lacks is added. */
final class SystemCalls {
    /** The calls that are more than noted. */
    static final String OPEN = "openat";
    static final String CLONE = "clone";

    private static final int COMMAND = 0x7f;
    private static final int WAIT = 0;
    private static final int WAIT_BITSET = 9;
    /** Nothing that a test waits for takes as long. */
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(20);

    /** The system calls since the start, each by its name; what opens a file, by the file. */
    final List<String> made = new ArrayList<>();
    /** Whether there is no memory for another thread. */
    boolean refusesThreads;

    private final Map<Integer, String> names;
    /** The zero of the emulated monotonic clock, within what passes between two constructors. */
    private final long startNanos = System.nanoTime();

    SystemCalls(Map<Integer, String> names) {
        this.names = names;
    }

    /** Notes a call, and says whether that is its end. */
    boolean refuses(Emulator<?> emulator, int number) {
        String name = names.getOrDefault(number, "system call " + number);
        made.add(name.equals(OPEN) ? emulator.getContext().getPointerArg(1).getString(0) : name);
        boolean isRefused = refusesThreads && name.equals(CLONE);
        if (isRefused) {
            answer(emulator, -UnixEmulator.EAGAIN);
        }
        return isRefused;
    }

    /** Whether a futex is called to wait. */
    boolean waits(Emulator<?> emulator) {
        int command = command(emulator);
        return command == WAIT || command == WAIT_BITSET;
    }

    /** Rust's locks wait by FUTEX_WAIT_BITSET, whose time is absolute; unidbg knows FUTEX_WAIT, whose time is relative. */
    int await(Emulator<?> emulator) {
        RegisterContext context = emulator.getContext();
        UnidbgPointer word = context.getPointerArg(0);
        int expected = context.getIntArg(2);
        if (word.getInt(0) != expected) {
            return -UnixEmulator.EAGAIN;
        }
        Task task = emulator.get(Task.TASK_KEY);
        TimeSpec time = TimeSpec.createTimeSpec(emulator, context.getPointerArg(3));
        if (time != null) {
            long now = command(emulator) == WAIT_BITSET ? System.nanoTime() - startNanos : 0;
            long nanos = TimeUnit.SECONDS.toNanos(time.getTvSec()) + time.getTvNsec() - now;
            task.setWaiter(emulator, new Waiter(word, expected, nanos, true));
        } else {
            task.setWaiter(emulator, new Waiter(word, expected, task.isMainThread() ? LONGEST : Long.MAX_VALUE, false));
        }
        throw new ThreadContextSwitchException();
    }

    private static int command(Emulator<?> emulator) {
        return emulator.getContext().getIntArg(1) & COMMAND;
    }

    private static void answer(Emulator<?> emulator, int result) {
        emulator.getBackend().reg_write(emulator.is32Bit() ? ArmConst.UC_ARM_REG_R0 : Arm64Const.UC_ARM64_REG_X0, result);
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
            answer(emulator, isOver ? -AndroidSyscallHandler.ETIMEDOUT : -UnixEmulator.EAGAIN);
        }
    }
}
