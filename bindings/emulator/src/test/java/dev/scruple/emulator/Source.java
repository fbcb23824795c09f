package dev.scruple.emulator;

import com.github.unidbg.arm.context.RegisterContext;
import com.github.unidbg.pointer.UnidbgPointer;
import java.util.function.ToLongFunction;

/**
 * A source of the web view's user agent on the host's side: a table of functions that the library calls, as the generated Kotlin
 * registers one. What they answer is lowered before, since the library cannot be called from within its own call.
 */
final class Source {
    /** An answer: the code of the call's status, and the value or the error. */
    record Answer(int status, Rust.Buffer bytes) {}

    /** Numbers of the host's own are odd. */
    private static final long HANDLE = 4711;
    private static final int WEB_VIEW = 8;

    /** How often it was asked for the value. */
    int reads;
    /** The thread that asked, and how long it waits. */
    int thread;
    long deadline;

    private final Answer permission;
    private final Answer value;

    Source(Phone phone, Answer permission, Answer value) {
        this.permission = permission;
        this.value = value;
        int word = phone.word();
        // As so many arguments a number of eight bytes crosses.
        int large = Long.BYTES / word;
        UnidbgPointer table = phone.allocate(4 * word);
        table.setPointer(0, phone.function("free", context -> 0));
        table.setPointer(word, phone.function("clone", context -> HANDLE));
        table.setPointer(2 * word, phone.function("permission", context ->
            answer(this.permission, context.getPointerArg(large), context.getPointerArg(large + 1))));
        ToLongFunction<RegisterContext> read = context -> {
            reads++;
            thread = phone.thread();
            // Its lower word: it is short.
            deadline = context.getLongArg(large);
            return answer(this.value, context.getPointerArg(2 * large), context.getPointerArg(2 * large + 1));
        };
        table.setPointer(3 * word, phone.function("read", read));
        phone.call("uniffi_scruple_fn_init_callback_vtable_webviewsource", table);
    }

    /** The list of this one source, as it is serialised. */
    byte[] alone() {
        return new Writer().number(1).number(WEB_VIEW).large(HANDLE).bytes();
    }

    private static long answer(Answer answer, UnidbgPointer value, UnidbgPointer status) {
        status.setByte(0, (byte) answer.status);
        answer.bytes.write(answer.status == 0 ? value : status.share(8, 0));
        return 0;
    }
}
