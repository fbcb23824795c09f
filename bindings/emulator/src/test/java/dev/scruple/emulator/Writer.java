package dev.scruple.emulator;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Writes values as UniFFI serialises them: big-endian, an enum as its place counted from 1, a collection after its size. */
final class Writer {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Writer number(int number) {
        bytes.writeBytes(ByteBuffer.allocate(4).putInt(number).array());
        return this;
    }

    Writer large(long number) {
        bytes.writeBytes(ByteBuffer.allocate(8).putLong(number).array());
        return this;
    }

    Writer flag(boolean flag) {
        bytes.write(flag ? 1 : 0);
        return this;
    }

    Writer of(Enum<?> value) {
        return number(value.ordinal() + 1);
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
