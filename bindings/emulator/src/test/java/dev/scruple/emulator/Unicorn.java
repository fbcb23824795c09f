package dev.scruple.emulator;

import com.github.unidbg.Emulator;
import com.github.unidbg.arm.ARM;
import com.github.unidbg.arm.backend.Backend;
import com.github.unidbg.arm.backend.BackendException;
import com.github.unidbg.arm.backend.Unicorn2Factory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import unicorn.ArmConst;

/** Unicorn 2 for 32 bits, which stops at a spinning lock's hint as at an instruction that it does not know: here it goes on. */
final class Unicorn extends Unicorn2Factory {
    /** {@code yield} in Thumb, in which Rust is compiled. */
    private static final byte[] YIELD = {0x10, (byte) 0xbf};
    /** The bit of an address that says so. */
    private static final long THUMB = 1;

    Unicorn() {
        super(false);
    }

    @Override
    protected Backend newBackendInternal(Emulator<?> emulator, boolean is64Bit) {
        Backend unicorn = super.newBackendInternal(emulator, is64Bit);
        return (Backend) Proxy.newProxyInstance(Backend.class.getClassLoader(), new Class<?>[] {Backend.class},
            (proxy, method, arguments) -> call(unicorn, method, arguments));
    }

    private static Object call(Backend unicorn, Method method, Object[] arguments) throws Throwable {
        while (true) {
            try {
                return method.invoke(unicorn, arguments);
            } catch (InvocationTargetException e) {
                // A thread's turn ends with an exception of a subclass.
                boolean hasStopped = method.getName().equals("emu_start") && e.getCause().getClass() == BackendException.class;
                long next = unicorn.reg_read(ArmConst.UC_ARM_REG_PC).intValue() & 0xffff_ffffL;
                if (!hasStopped || !isBehindTheHint(unicorn, next)) {
                    throw e.getCause();
                }
                arguments[0] = next | THUMB;
            }
        }
    }

    private static boolean isBehindTheHint(Backend unicorn, long next) {
        return ARM.isThumb(unicorn) && Arrays.equals(YIELD, unicorn.mem_read(next - YIELD.length, YIELD.length));
    }
}
