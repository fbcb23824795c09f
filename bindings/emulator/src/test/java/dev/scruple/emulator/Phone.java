package dev.scruple.emulator;

import android.content.Context;
import com.github.unidbg.Module;
import com.github.unidbg.Symbol;
import com.github.unidbg.arm.context.RegisterContext;
import com.github.unidbg.linux.android.ElfLibraryFile;
import com.github.unidbg.pointer.UnidbgPointer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.ToLongFunction;

/** An emulated phone that has loaded the very library that ships. */
final class Phone implements AutoCloseable {
    /** The newest API level. */
    static final int NEWEST = 36;

    /** Its Java. */
    final JavaMachine java;
    private final Processor emulator = Processor.ofTheLibrary();
    private final WritableMemory memory = new WritableMemory(emulator);
    private final Module library;
    private Threads threads;

    Phone() {
        this(NEWEST);
    }

    /** A phone whose framework is of an API level; its C library is Android 6's. */
    Phone(int level) {
        java = new JavaMachine(emulator, level);
        File file = new File(System.getProperty("library"));
        library = emulator.getMemory().load(new ElfLibraryFile(file, true), true);
    }

    /** From now on each call of the library's is made on a thread of its own, which native code starts. */
    void useOwnThreads() {
        threads = new Threads(emulator);
    }

    /** Calls a function by its exported name. */
    long call(String function, Object... arguments) {
        return callInto(null, function, arguments);
    }

    /** The same for a function that returns a structure. */
    long callInto(UnidbgPointer result, String function, Object... arguments) {
        Symbol symbol = library.findSymbolByName(function, false);
        if (symbol == null) {
            throw new AssertionError("the library does not export " + function);
        }
        long into = result == null ? 0 : result.peer;
        try {
            return threads == null ? emulator.run(symbol, into, arguments) : threads.run(symbol, into, arguments);
        } catch (IllegalStateException stopped) {
            AssertionError failure = java.takeFailure();
            throw new AssertionError(function + " did not return", failure == null ? stopped : failure);
        }
    }

    /** Hands a context over, as {@code NativeContext.install} does. */
    boolean install(Context context) {
        Object[] arguments = java.nativeArguments(NativeContext.class, context);
        long installed = call("Java_dev_scruple_android_NativeContext_install", arguments);
        java.nativeReturned();
        // A truth value is the register's lowest byte.
        return (installed & 0xff) != 0;
    }

    /** Has the library log, as {@code NativeContext.logToLogcat} does. */
    void logToLogcat() {
        call("Java_dev_scruple_android_NativeContext_logToLogcat", java.nativeArguments(NativeContext.class));
        java.nativeReturned();
    }

    /** Whether the library exports a function. */
    boolean exports(String function) {
        return library.findSymbolByName(function, false) != null;
    }

    /** What was logged, each line after its level and tag. */
    List<String> log() {
        return emulator.files().log;
    }

    /** The system calls since the start, each by its name; what opens a file, by the file. */
    List<String> systemCalls() {
        return emulator.kernel().made;
    }

    /** From now on there is no such file or directory. */
    void lack(String path) {
        emulator.files().lacking.add(path);
    }

    /** From now on there is no memory for another thread. */
    void refuseThreads() {
        emulator.kernel().refusesThreads = true;
    }

    /** How many bytes an address has. */
    int word() {
        return emulator.getPointerSize();
    }

    /** A structure that is an argument, by the arguments that it crosses as. */
    List<Object> structure(UnidbgPointer place, int bytes) {
        return emulator.structure(place, bytes);
    }

    /** A function that the library can call and Java executes. */
    UnidbgPointer function(String name, ToLongFunction<RegisterContext> function) {
        return emulator.function(name, function);
    }

    /** The thread that runs. */
    int thread() {
        return emulator.thread();
    }

    /** The thread that calls the library. */
    int mainThread() {
        return emulator.getPid();
    }

    /** Time passes, and no function of the library's is called. */
    void idle(int milliseconds) {
        emulator.idle(milliseconds);
    }

    /** Memory that is the caller's, full of zeros. */
    UnidbgPointer allocate(int bytes) {
        return emulator.getMemory().malloc(bytes, true).getPointer();
    }

    /** Memory at an address. */
    UnidbgPointer at(long address) {
        return UnidbgPointer.pointer(emulator, address);
    }

    /** Where the bytes are in memory that can be written. */
    List<Long> find(byte[] bytes) {
        return memory.find(bytes);
    }

    /** An address on the stack, below what is in use. */
    UnidbgPointer belowTheStack() {
        return at(emulator.getMemory().getStackPoint() - 4096);
    }

    @Override
    public void close() {
        try {
            emulator.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
