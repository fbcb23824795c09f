package dev.scruple.emulator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads what {@link Writer} would have written. */
final class Reader {
    private final ByteBuffer bytes;

    Reader(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    int number() {
        return bytes.getInt();
    }

    long large() {
        return bytes.getLong();
    }

    double real() {
        return bytes.getDouble();
    }

    String text() {
        byte[] text = new byte[number()];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    <E extends Enum<E>> E of(Class<E> type) {
        return type.getEnumConstants()[number() - 1];
    }

    /** What is there or not. */
    <T> T optional(Function<Reader, T> read) {
        return bytes.get() == 0 ? null : read.apply(this);
    }

    <T> List<T> list(Function<Reader, T> read) {
        List<T> list = new ArrayList<>();
        for (int left = number(); left > 0; left--) {
            list.add(read.apply(this));
        }
        return list;
    }

    /** Whether everything was read: what is left over was not understood. */
    boolean isAtEnd() {
        return !bytes.hasRemaining();
    }
}
