package dev.scruple.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A panic is caught at the border, by the unwinder in the library as it was linked. What panics here is UniFFI's own check of a
 * buffer, and the standard library's of a capacity: no function is exported for these tests.
 */
class PanicTest {
    private static final String CANARY = "canary-of-the-panic-test";

    private static final int OFFSET = 64;

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
    void panicsAreStatuses() {
        Rust.Panicked panic = assertThrows(Rust.Panicked.class, () -> rust.number("ffi_scruple_rustbuffer_free", impossible()));
        assertEquals("RustBuffer length exceeds capacity", panic.getMessage());
    }

    @Test
    void theProcessGoesOn() throws Refused {
        Session session = Session.open(rust, Category.APPLICATION);
        for (int left = 100; left > 0; left--) {
            assertThrows(Rust.Panicked.class, () -> supplyImpossibly(session));
        }
        session.grant(Category.APPLICATION);
        session.supply("{\"application\": {\"name\": \"after\"}}");
        assertEquals("after", session.collect().item("application.name").get("value").asText());
    }

    @Test
    void aBufferThatIsHeldIsWipedAndFreed() {
        byte[] canary = CANARY.getBytes(StandardCharsets.UTF_8);
        // Behind what the C library itself writes into a block that is freed.
        Rust.Buffer buffer = rust.lower((" ".repeat(OFFSET) + CANARY).getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of(buffer.data() + OFFSET), phone.find(canary));
        Rust.Panicked panic = assertThrows(Rust.Panicked.class, () ->
            rust.buffer("ffi_scruple_rustbuffer_reserve", buffer, Long.MAX_VALUE));
        assertEquals("capacity overflow", panic.getMessage());
        assertEquals(List.of(), phone.find(canary));
    }

    @Test
    void aSessionThatIsHeldIsLetGo() throws Refused {
        byte[] canary = CANARY.getBytes(StandardCharsets.UTF_8);
        Session session = Session.open(rust, Category.APPLICATION);
        session.supply("{\"application\": {\"name\": \"" + CANARY + "\"}}");
        assertThrows(Rust.Panicked.class, () -> supplyImpossibly(session));
        assertFalse(phone.find(canary).isEmpty());
        // Wipes if it was the last one.
        session.free();
        assertEquals(List.of(), phone.find(canary));
    }

    @Test
    void whatIsCutShortIsRefusedWithoutAPanic() throws Refused {
        Session session = Session.open(rust, Category.APPLICATION);
        byte[] cut = new Writer().flag(true).bytes();
        Rust.Panicked refused = assertThrows(Rust.Panicked.class, () ->
            rust.numberOf("session", session.handle(), "update_consent", cut));
        assertTrue(refused.getMessage().startsWith("Failed to convert arg 'update'"), refused.getMessage());
    }

    /** A buffer with more in it than it holds. */
    private Rust.Buffer impossible() {
        Rust.Buffer buffer = rust.lower(new byte[8]);
        return new Rust.Buffer(buffer.capacity(), buffer.capacity() + 1, buffer.data());
    }

    private void supplyImpossibly(Session session) throws Refused {
        rust.numberOf("session", session.handle(), "supply", impossible());
    }
}
