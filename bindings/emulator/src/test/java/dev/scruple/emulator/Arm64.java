package dev.scruple.emulator;

import com.github.unidbg.Emulator;
import com.github.unidbg.Symbol;
import com.github.unidbg.arm.Arm64Svc;
import com.github.unidbg.arm.backend.DynarmicFactory;
import com.github.unidbg.arm.context.RegisterContext;
import com.github.unidbg.file.FileSystem;
import com.github.unidbg.file.linux.AndroidFileIO;
import com.github.unidbg.file.linux.LinuxFileSystem;
import com.github.unidbg.linux.android.AndroidARM64Emulator;
import com.github.unidbg.linux.android.AndroidResolver;
import com.github.unidbg.linux.android.LogCatHandler;
import com.github.unidbg.linux.file.NullFileIO;
import com.github.unidbg.memory.SvcMemory;
import com.github.unidbg.pointer.UnidbgPointer;
import com.github.unidbg.thread.Task;
import com.github.unidbg.unix.UnixSyscallHandler;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import unicorn.Arm64Const;

/** An arm64 processor with Android 6's C library. */
final class Arm64 extends AndroidARM64Emulator {
    Arm64() {
        super("dev.scruple.emulator", new File("target/test-classes/phone"), List.of(new DynarmicFactory(false)));
        getMemory().setLibraryResolver(new AndroidResolver(23));
        // Else a thread that is started never runs.
        getSyscallHandler().setEnableThreadDispatcher(true);
    }

    /** Calls a function, which may write a structure to an address. */
    long run(Symbol function, long structure, Object... arguments) {
        getBackend().reg_write(Arm64Const.UC_ARM64_REG_X8, structure);
        long x0 = function.call(this, arguments).longValue();
        long stopped = getBackend().reg_read(Arm64Const.UC_ARM64_REG_PC).longValue();
        // The trap at the return address has been executed.
        if (stopped != getReturnAddress() + 4) {
            throw new IllegalStateException("stopped in " + getMemory().findModuleByAddress(stopped) + " at " + stopped);
        }
        return x0;
    }

    /** A function of the C library's. */
    Symbol libc(String function) {
        return getMemory().findModule("libc.so").findSymbolByName(function, false);
    }

    /** A function that native code can call and Java executes. */
    UnidbgPointer function(String name, ToLongFunction<RegisterContext> function) {
        return getSvcMemory().registerSvc(new Arm64Svc(name) {
            @Override
            public long handle(Emulator<?> emulator) {
                return function.applyAsLong(emulator.getContext());
            }
        });
    }

    /** The thread that runs: the process's id on the first one. */
    int thread() {
        Task task = get(Task.TASK_KEY);
        return task.getId();
    }

    /** Lets the other threads run for a while, and no function of the library's be called. */
    void idle(int milliseconds) {
        getThreadDispatcher().runThreads(milliseconds, TimeUnit.MILLISECONDS);
    }

    /** Machine code, in memory that can be executed. */
    UnidbgPointer code(List<String> assembly) {
        byte[] code = assemble(assembly);
        UnidbgPointer place = getSvcMemory().allocate(code.length, "code");
        place.write(code);
        return place;
    }

    @Override
    protected UnixSyscallHandler<AndroidFileIO> createSyscallHandler(SvcMemory memory) {
        return new SystemCalls(memory);
    }

    @Override
    protected FileSystem<AndroidFileIO> createFileSystem(File root) {
        return new Files(this, root);
    }

    /** The kernel's side. */
    SystemCalls kernel() {
        return (SystemCalls) getSyscallHandler();
    }

    /** What was written to the log, by Android's own library for it. */
    List<String> log() {
        return ((Files) getFileSystem()).log;
    }

    private static final class Files extends LinuxFileSystem {
        private final List<String> log = new ArrayList<>();

        Files(Arm64 emulator, File root) {
            super(emulator, root);
        }

        /** An app has no terminal: what it prints is lost. */
        @Override
        protected AndroidFileIO createStdout(int flags, File file, String path) {
            return new NullFileIO(path);
        }

        @Override
        public LogCatHandler getLogCatHandler() {
            return (buffer, level, tag, text) -> log.add(level + " " + tag + ": " + text);
        }
    }
}
