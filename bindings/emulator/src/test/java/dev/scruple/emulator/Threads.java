package dev.scruple.emulator;

import com.github.unidbg.Symbol;
import com.github.unidbg.pointer.UnidbgPointer;

/** Calls on threads that native code starts: Java knows nothing of them. */
final class Threads {
    private final Processor emulator;
    /** A thread's first function: makes the call that is written where its argument points. */
    private final UnidbgPointer start;
    private final UnidbgPointer call;
    private final UnidbgPointer thread;
    private final UnidbgPointer result;

    Threads(Processor emulator) {
        this.emulator = emulator;
        start = emulator.caller();
        UnidbgPointer block = emulator.getMemory().malloc(4096, true).getPointer();
        call = block;
        thread = block.share(1024, 8);
        result = block.share(2048, 8);
    }

    /** Calls a function on a new thread and waits for the thread's end. */
    long run(Symbol function, long structure, Object... arguments) {
        emulator.write(call, function, structure, arguments);
        succeed(emulator.run(emulator.libc("pthread_create"), 0, thread, null, start, call));
        succeed(emulator.run(emulator.libc("pthread_join"), 0, thread.getPointer(0), result));
        return result.getLong(0);
    }

    private static void succeed(long error) {
        if ((int) error != 0) {
            throw new IllegalStateException("error " + (int) error);
        }
    }
}
