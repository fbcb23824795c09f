package dev.scruple.emulator;

import com.github.unidbg.Emulator;
import com.github.unidbg.Symbol;
import com.github.unidbg.arm.ArmSvc;
import com.github.unidbg.arm.context.RegisterContext;
import com.github.unidbg.file.FileSystem;
import com.github.unidbg.file.linux.AndroidFileIO;
import com.github.unidbg.linux.ARM32SyscallHandler;
import com.github.unidbg.linux.android.AndroidARMEmulator;
import com.github.unidbg.linux.android.AndroidResolver;
import com.github.unidbg.memory.SvcMemory;
import com.github.unidbg.pointer.UnidbgPointer;
import com.github.unidbg.unix.UnixSyscallHandler;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import unicorn.ArmConst;

/** A 32-bit ARM processor. */
final class Arm32 extends AndroidARMEmulator implements Processor {
    /** The system calls that the library makes, by their numbers here. */
    private static final Map<Integer, String> NAMES = Map.ofEntries(Map.entry(1, "exit"), Map.entry(3, "read"),
        Map.entry(6, "close"), Map.entry(20, "getpid"), Map.entry(91, "munmap"), Map.entry(120, SystemCalls.CLONE),
        Map.entry(125, "mprotect"), Map.entry(172, "prctl"), Map.entry(186, "sigaltstack"), Map.entry(192, "mmap"),
        Map.entry(197, "fstat"), Map.entry(217, "getdents64"), Map.entry(220, "madvise"), Map.entry(240, "futex"),
        Map.entry(263, "clock_gettime"), Map.entry(322, SystemCalls.OPEN));

    Arm32() {
        // Dynarmic has no clrex and no ldrexb for 32 bits, and Unicorn 1 breaks its own heap.
        super("dev.scruple.emulator", Files.ROOT, List.of(new Unicorn()));
        getMemory().setLibraryResolver(new AndroidResolver(23));
        // Else a thread that is started never runs.
        getSyscallHandler().setEnableThreadDispatcher(true);
    }

    /** A structure is written to where the first argument points. */
    @Override
    public long run(Symbol function, long structure, Object... arguments) {
        long result = function.call(this, all(structure, arguments).toArray()).longValue();
        long stopped = getBackend().reg_read(ArmConst.UC_ARM_REG_PC).intValue() & 0xffff_ffffL;
        if (stopped != getReturnAddress()) {
            throw new IllegalStateException("stopped in " + getMemory().findModuleByAddress(stopped) + " at " + stopped);
        }
        return result;
    }

    /** The words of the arguments, four of them for registers and twelve for the stack, and where the function is. */
    @Override
    public void write(UnidbgPointer call, Symbol function, long structure, Object... arguments) {
        int at = 0;
        for (Object argument : all(structure, arguments)) {
            if (argument instanceof Long number) {
                // Only where the procedure call standard aligns it.
                at = (at + 7) & -8;
                call.setLong(at, number);
                at += Long.BYTES;
            } else {
                call.setInt(at, argument instanceof UnidbgPointer pointer ? (int) pointer.peer : (Integer) argument);
                at += Integer.BYTES;
            }
        }
        call.setInt(64, (int) function.getAddress());
    }

    @Override
    public UnidbgPointer caller() {
        return code(assemble(List.of(
            "push {r4, lr}",
            "sub sp, sp, #48",
            "mov r4, r0",
            "add r12, r4, #16",
            "ldm r12!, {r0, r1, r2, r3}",
            "stm sp, {r0, r1, r2, r3}",
            "add lr, sp, #16",
            "ldm r12!, {r0, r1, r2, r3}",
            "stm lr!, {r0, r1, r2, r3}",
            "ldm r12!, {r0, r1, r2, r3}",
            "stm lr, {r0, r1, r2, r3}",
            "ldr r12, [r12]",
            "ldm r4, {r0, r1, r2, r3}",
            "blx r12",
            "add sp, sp, #48",
            "pop {r4, pc}")));
    }

    private List<Object> all(long structure, Object... arguments) {
        List<Object> all = new ArrayList<>(Arrays.asList(arguments));
        if (structure != 0) {
            all.add(0, UnidbgPointer.pointer(this, structure));
        }
        return all;
    }

    /** It crosses by its words, and what holds a number of eight bytes by pairs of them. */
    @Override
    public List<Object> structure(UnidbgPointer place, int bytes) {
        List<Object> pairs = new ArrayList<>();
        for (int at = 0; at < bytes; at += Long.BYTES) {
            pairs.add(place.getLong(at));
        }
        return pairs;
    }

    @Override
    public UnidbgPointer function(String name, ToLongFunction<RegisterContext> function) {
        return getSvcMemory().registerSvc(new ArmSvc(name) {
            @Override
            public long handle(Emulator<?> emulator) {
                long result = function.applyAsLong(emulator.getContext());
                emulator.getBackend().reg_write(ArmConst.UC_ARM_REG_R1, (int) (result >> Integer.SIZE));
                return result;
            }
        });
    }

    /** As the whole number of the same bits. */
    @Override
    public long real(Number number) {
        return number instanceof Float ? Float.floatToRawIntBits(number.floatValue())
            : Double.doubleToRawLongBits(number.doubleValue());
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

    private static final class Kernel extends ARM32SyscallHandler {
        private final SystemCalls calls = new SystemCalls(NAMES);

        Kernel(SvcMemory memory) {
            super(memory);
        }

        @Override
        protected boolean handleSyscall(Emulator<?> emulator, int number) {
            return calls.refuses(emulator, number);
        }

        @Override
        protected int futex(Emulator<?> emulator) {
            return calls.waits(emulator) ? calls.await(emulator) : super.futex(emulator);
        }
    }
}
