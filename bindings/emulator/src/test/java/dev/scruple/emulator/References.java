package dev.scruple.emulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What native code holds of Java's objects. No number is given out twice, so that one that is used after its end is noticed. */
final class References {
    private final Map<Long, Object> live = new HashMap<>();
    private final Deque<List<Long>> frames = new ArrayDeque<>(List.of(new ArrayList<>()));
    private long last = 0x1000;
    private int largestFrame;

    /** A reference that ends with its frame; 0 for null. */
    long local(Object object) {
        if (object == null) {
            return 0;
        }
        long reference = added(object, frames.element());
        largestFrame = Math.max(largestFrame, frames.element().size());
        return reference;
    }

    /** One that ends when it is deleted. */
    long global(Object object) {
        return object == null ? 0 : added(object, new ArrayList<>());
    }

    Object get(long reference) {
        if (reference == 0) {
            return null;
        }
        Object object = live.get(reference);
        if (object == null) {
            throw new AssertionError("a reference is used that has ended");
        }
        return object;
    }

    void delete(long reference) {
        get(reference);
        live.remove(reference);
        frames.forEach(frame -> frame.remove(reference));
    }

    void push() {
        frames.push(new ArrayList<>());
    }

    void pop() {
        if (frames.size() == 1) {
            throw new AssertionError("a frame ends that nobody began");
        }
        frames.pop().forEach(live::remove);
    }

    int count() {
        return live.size();
    }

    /** How many references one frame has held at once. */
    int largestFrame() {
        return largestFrame;
    }

    private long added(Object object, List<Long> frame) {
        last += 8;
        live.put(last, object);
        frame.add(last);
        return last;
    }
}
