package dev.scruple.emulator;

import com.github.unidbg.pointer.UnidbgPointer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls UniFFI's functions by their C interface, as the generated Kotlin does: a value crosses as a buffer that the library
 * allocated, and each call has a status at its end.
 */
final class Rust {
    /** A buffer as it crosses. */
    record Buffer(long capacity, long length, UnidbgPointer data) {
        static final int SIZE = 24;

        static Buffer at(UnidbgPointer place) {
            return new Buffer(place.getLong(0), place.getLong(8), place.getPointer(16));
        }

        UnidbgPointer write(UnidbgPointer place) {
            place.setLong(0, capacity);
            place.setLong(8, length);
            place.setPointer(16, data);
            return place;
        }
    }

    /** The library could not read what it was given. */
    static final class Unreadable extends RuntimeException {
        Unreadable(String message) {
            super(message);
        }
    }

    private static final int MOST_ARGUMENTS = 8;

    final Phone phone;
    private final UnidbgPointer status;
    private final UnidbgPointer result;
    private final UnidbgPointer arguments;

    Rust(Phone phone) {
        this.phone = phone;
        // A call's status: its code, and the buffer of its error.
        this.status = phone.allocate(8 + Buffer.SIZE);
        this.result = phone.allocate(Buffer.SIZE);
        this.arguments = phone.allocate(MOST_ARGUMENTS * Buffer.SIZE);
    }

    /** Calls a function that returns a number, a handle or nothing. Bytes among the arguments go in as buffers. */
    long number(String function, Object... values) throws Refused {
        long number = phone.call(function, lowered(values));
        check();
        return number;
    }

    /** Calls a function that returns a value, and gives the value's bytes. */
    byte[] value(String function, Object... values) throws Refused {
        return lift(buffer(function, values));
    }

    /** Calls a function that returns a buffer, which stays the caller's. */
    Buffer buffer(String function, Object... values) throws Refused {
        phone.callInto(result, function, lowered(values));
        check();
        return Buffer.at(result);
    }

    /** Calls a method, for which UniFFI wants a handle of its own. */
    long numberOf(String type, long handle, String method, Object... values) throws Refused {
        return number(method(type, method), self(type, handle, values));
    }

    /** The same for a method that returns a value. */
    byte[] valueOf(String type, long handle, String method, Object... values) throws Refused {
        return value(method(type, method), self(type, handle, values));
    }

    /** A buffer that the library allocated, with these bytes in it. */
    Buffer lower(byte[] bytes) {
        try {
            Buffer buffer = buffer("ffi_scruple_rustbuffer_alloc", (long) bytes.length);
            if (bytes.length > 0) {
                buffer.data.write(bytes);
            }
            return new Buffer(buffer.capacity, bytes.length, buffer.data);
        } catch (Refused e) {
            throw new AssertionError(e);
        }
    }

    /** A buffer's bytes; the library frees it. */
    private byte[] lift(Buffer buffer) {
        byte[] bytes = buffer.length == 0 ? new byte[0] : buffer.data.getByteArray(0, (int) buffer.length);
        try {
            number("ffi_scruple_rustbuffer_free", buffer);
        } catch (Refused e) {
            throw new AssertionError(e);
        }
        return bytes;
    }

    private static String method(String type, String method) {
        return "uniffi_scruple_fn_method_" + type + "_" + method;
    }

    private Object[] self(String type, long handle, Object[] values) throws Refused {
        Object[] all = new Object[values.length + 1];
        all[0] = number("uniffi_scruple_fn_clone_" + type, handle);
        System.arraycopy(values, 0, all, 1, values.length);
        return all;
    }

    /** The arguments as they cross, and the place for the status. */
    private Object[] lowered(Object[] values) {
        List<Object> lowered = new ArrayList<>();
        for (int at = 0; at < values.length; at++) {
            Buffer buffer = values[at] instanceof byte[] bytes ? lower(bytes) : values[at] instanceof Buffer own ? own : null;
            if (buffer != null) {
                lowered.addAll(phone.structure(buffer.write(phone.at(arguments.peer + at * Buffer.SIZE)), Buffer.SIZE));
            } else {
                lowered.add(values[at]);
            }
        }
        lowered.add(reset());
        return lowered.toArray();
    }

    private UnidbgPointer reset() {
        status.setByte(0, (byte) 0);
        new Buffer(0, 0, null).write(phone.at(status.peer + 8));
        return status;
    }

    private void check() throws Refused {
        byte code = status.getByte(0);
        if (code != 0) {
            Buffer error = Buffer.at(phone.at(status.peer + 8));
            byte[] bytes = error.data == null ? new byte[0] : lift(error);
            if (code == 1) {
                throw new Refused(bytes);
            }
            throw new Unreadable(new String(bytes, StandardCharsets.UTF_8));
        }
    }
}
