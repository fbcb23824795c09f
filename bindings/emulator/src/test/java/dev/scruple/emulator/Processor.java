package dev.scruple.emulator;

import com.github.unidbg.AndroidEmulator;
import com.github.unidbg.Symbol;
import com.github.unidbg.arm.context.RegisterContext;
import com.github.unidbg.pointer.UnidbgPointer;
import com.github.unidbg.thread.Task;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/** A processor with Android 6's C library: what differs is how a call's arguments and its result cross. */
interface Processor extends AndroidEmulator {
    /** The one that the library is for. */
    static Processor ofTheLibrary() {
        return System.getProperty("library").contains("armeabi-v7a") ? new Arm32() : new Arm64();
    }

    /** Calls a function, which may write a structure to an address. */
    long run(Symbol function, long structure, Object... arguments);

    /** Writes a call to where {@link #caller} makes it from. */
    void write(UnidbgPointer call, Symbol function, long structure, Object... arguments);

    /** Machine code of a function that makes the call to which its argument points. */
    UnidbgPointer caller();

    /** A structure that is an argument, by the arguments that it crosses as. */
    List<Object> structure(UnidbgPointer place, int bytes);

    /** A function that native code can call and Java executes. */
    UnidbgPointer function(String name, ToLongFunction<RegisterContext> function);

    /** What such a function returns for a real number. */
    long real(Number number);

    /** The kernel's side. */
    SystemCalls kernel();

    /** Machine code, in memory that can be executed. */
    default UnidbgPointer code(byte[] code) {
        UnidbgPointer place = getSvcMemory().allocate(code.length, "code");
        place.write(code);
        return place;
    }

    /** A function of the C library's. */
    default Symbol libc(String function) {
        return getMemory().findModule("libc.so").findSymbolByName(function, false);
    }

    /** The thread that runs: the process's id on the first one. */
    default int thread() {
        Task task = get(Task.TASK_KEY);
        return task.getId();
    }

    /** Lets the other threads run for a while, and no function of the library's be called. */
    default void idle(int milliseconds) {
        getThreadDispatcher().runThreads(milliseconds, TimeUnit.MILLISECONDS);
    }

    /** The phone's files, and what was written to the log by Android's own library for it. */
    default Files files() {
        return (Files) getFileSystem();
    }
}
