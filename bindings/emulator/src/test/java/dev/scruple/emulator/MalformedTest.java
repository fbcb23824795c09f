package dev.scruple.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What no host of ours hands over: a value that is cut short is refused, and a buffer that says of itself what cannot be ends the
 * process, since nothing in the library catches a panic.
 */
class MalformedTest {
    private final Phone phone = new Phone();
    private final Rust rust = new Rust(phone);

    @BeforeEach
    void install() {
        phone.install(new Device().context);
    }

    @AfterEach
    void close() {
        phone.close();
    }

    @Test
    void whatIsCutShortIsRefused() throws Refused {
        Session session = Session.open(rust, Category.APPLICATION);
        byte[] cut = new Writer().flag(true).bytes();
        for (int left = 100; left > 0; left--) {
            Rust.Unreadable refused = assertThrows(Rust.Unreadable.class, () ->
                rust.numberOf("session", session.handle(), "update_consent", cut));
            assertTrue(refused.getMessage().startsWith("Failed to convert arg 'update'"), refused.getMessage());
        }
        session.grant(Category.APPLICATION);
        session.supply("{\"application\": {\"name\": \"after\"}}");
        assertEquals("after", session.collect().item("application.name").get("value").asText());
    }

    @Test
    void anImpossibleBufferEndsTheProcess() {
        Rust.Buffer buffer = rust.lower(new byte[8]);
        Rust.Buffer impossible = new Rust.Buffer(buffer.capacity(), buffer.capacity() + 1, buffer.data());
        AssertionError end = assertThrows(AssertionError.class, () -> rust.number("ffi_scruple_rustbuffer_free", impossible));
        assertEquals("ffi_scruple_rustbuffer_free did not return", end.getMessage());
        String stopped = end.getCause().getMessage();
        assertTrue(stopped.startsWith("stopped in ") && stopped.contains("'libscruple_ffi.so'"), stopped);
    }
}
