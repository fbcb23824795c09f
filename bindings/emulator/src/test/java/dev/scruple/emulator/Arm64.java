package dev.scruple.emulator;

import com.github.unidbg.Emulator;
import com.github.unidbg.Symbol;
import com.github.unidbg.arm.ARMEmulator;
import com.github.unidbg.arm.Arm64Svc;
import com.github.unidbg.arm.backend.Backend;
import com.github.unidbg.arm.backend.DynarmicFactory;
import com.github.unidbg.arm.context.RegisterContext;
import com.github.unidbg.file.FileSystem;
import com.github.unidbg.file.linux.AndroidFileIO;
import com.github.unidbg.linux.ARM64SyscallHandler;
import com.github.unidbg.linux.android.AndroidARM64Emulator;
import com.github.unidbg.linux.android.AndroidResolver;
import com.github.unidbg.memory.SvcMemory;
import com.github.unidbg.pointer.UnidbgPointer;
import com.github.unidbg.unix.UnixSyscallHandler;
import java.io.File;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import unicorn.Arm64Const;

/** An arm64 processor. */
final class Arm64 extends AndroidARM64Emulator implements Processor {
    /** The system calls that the library makes, by their numbers here. */
    private static final Map<Integer, String> NAMES = Map.ofEntries(Map.entry(56, SystemCalls.OPEN), Map.entry(57, "close"),
        Map.entry(61, "getdents64"), Map.entry(63, "read"), Map.entry(80, "fstat"), Map.entry(93, "exit"), Map.entry(98, "futex"),
        Map.entry(113, "clock_gettime"), Map.entry(132, "sigaltstack"), Map.entry(167, "prctl"), Map.entry(172, "getpid"),
        Map.entry(215, "munmap"), Map.entry(220, SystemCalls.CLONE), Map.entry(222, "mmap"), Map.entry(226, "mprotect"),
        Map.entry(233, "madvise"));

    Arm64() {
        super("dev.scruple.emulator", Files.ROOT, List.of(new DynarmicFactory(false)));
        getMemory().setLibraryResolver(new AndroidResolver(23));
        // Else a thread that is started never runs.
        getSyscallHandler().setEnableThreadDispatcher(true);
    }

    /** A structure is written to where register x8 points. */
    @Override
    public long run(Symbol function, long structure, Object... arguments) {
        getBackend().reg_write(Arm64Const.UC_ARM64_REG_X8, structure);
        long x0 = function.call(this, arguments).longValue();
        long stopped = getBackend().reg_read(Arm64Const.UC_ARM64_REG_PC).longValue();
        // The trap at the return address has been executed.
        if (stopped != getReturnAddress() + 4) {
            throw new IllegalStateException("stopped in " + getMemory().findModuleByAddress(stopped) + " at " + stopped);
        }
        return x0;
    }

    /** The registers: the arguments', that for a structure, and where the function is. */
    @Override
    public void write(UnidbgPointer call, Symbol function, long structure, Object... arguments) {
        for (int at = 0; at < arguments.length; at++) {
            boolean isPointer = arguments[at] instanceof UnidbgPointer;
            call.setLong(8L * at, isPointer ? ((UnidbgPointer) arguments[at]).peer : ((Number) arguments[at]).longValue());
        }
        call.setLong(64, structure);
        call.setLong(72, function.getAddress());
    }

    @Override
    public UnidbgPointer caller() {
        return code(assemble(List.of(
            "mov x16, x0",
            "ldp x2, x3, [x16, #16]",
            "ldp x4, x5, [x16, #32]",
            "ldp x6, x7, [x16, #48]",
            "ldp x8, x17, [x16, #64]",
            "ldp x0, x1, [x16]",
            "br x17")));
    }

    /** One of more than two words crosses as a pointer to it. */
    @Override
    public List<Object> structure(UnidbgPointer place, int bytes) {
        return List.of(place);
    }

    @Override
    public UnidbgPointer function(String name, ToLongFunction<RegisterContext> function) {
        return getSvcMemory().registerSvc(new Arm64Svc(name) {
            @Override
            public long handle(Emulator<?> emulator) {
                return function.applyAsLong(emulator.getContext());
            }
        });
    }

    /** In the vector register. */
    @Override
    public long real(Number number) {
        ByteBuffer vector = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        if (number instanceof Float) {
            vector.putFloat(number.floatValue());
        } else {
            vector.putDouble(number.doubleValue());
        }
        getBackend().reg_write_vector(Arm64Const.UC_ARM64_REG_Q0, vector.array());
        return 0;
    }

    @Override
    protected UnixSyscallHandler<AndroidFileIO> createSyscallHandler(SvcMemory memory) {
        return new Kernel(memory);
    }

    @Override
    protected FileSystem<AndroidFileIO> createFileSystem(File root) {
        return new Files(this, root);
    }

    @Override
    public SystemCalls kernel() {
        return ((Kernel) getSyscallHandler()).calls;
    }

    private static final class Kernel extends ARM64SyscallHandler {
        private final SystemCalls calls = new SystemCalls(NAMES);

        Kernel(SvcMemory memory) {
            super(memory);
        }

        @Override
        protected boolean handleSyscall(Emulator<?> emulator, int number) {
            return calls.refuses(emulator, number);
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

        @Override
        protected int futex(Emulator<?> emulator) {
            return calls.waits(emulator) ? calls.await(emulator) : super.futex(emulator);
        }
    }
}
