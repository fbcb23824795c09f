package dev.scruple.emulator;

import com.github.unidbg.Symbol;
import com.github.unidbg.pointer.UnidbgPointer;
import java.util.List;

/** Calls on threads that native code starts: Java knows nothing of them. */
final class Threads {
    private static final int ARGUMENTS = 8;

    private final Arm64 emulator;
    /** A thread's first function: takes the registers from where its argument points. */
    private final UnidbgPointer start;
    private final UnidbgPointer registers;
    private final UnidbgPointer thread;
    private final UnidbgPointer result;

    Threads(Arm64 emulator) {
        this.emulator = emulator;
        start = emulator.code(List.of(
            "mov x16, x0",
            "ldp x2, x3, [x16, #16]",
            "ldp x4, x5, [x16, #32]",
            "ldp x6, x7, [x16, #48]",
            "ldp x8, x17, [x16, #64]",
            "ldp x0, x1, [x16]",
            "br x17"));
        UnidbgPointer block = emulator.getMemory().malloc(4096, true).getPointer();
        registers = block;
        thread = block.share(1024, 8);
        result = block.share(2048, 8);
    }

    /** Calls a function on a new thread and waits for the thread's end. */
    long run(Symbol function, long structure, Object... arguments) {
        for (int at = 0; at < arguments.length; at++) {
            boolean isPointer = arguments[at] instanceof UnidbgPointer;
            registers.setLong(8L * at, isPointer ? ((UnidbgPointer) arguments[at]).peer : ((Number) arguments[at]).longValue());
        }
        registers.setLong(8L * ARGUMENTS, structure);
        registers.setLong(8L * ARGUMENTS + 8, function.getAddress());
        succeed(emulator.run(emulator.libc("pthread_create"), 0, thread, null, start, registers));
        succeed(emulator.run(emulator.libc("pthread_join"), 0, thread.getLong(0), result));
        return result.getLong(0);
    }

    private static void succeed(long error) {
        if ((int) error != 0) {
            throw new IllegalStateException("error " + (int) error);
        }
    }
}
