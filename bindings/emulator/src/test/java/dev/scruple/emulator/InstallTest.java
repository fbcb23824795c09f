package dev.scruple.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import android.content.Context;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The context is handed over by the native method that Java finds by its name. */
class InstallTest {
    private final Phone phone = new Phone();
    private final Rust rust = new Rust(phone);

    @AfterEach
    void close() {
        phone.close();
    }

    @Test
    void withoutItNoSessionOpens() throws Refused {
        Refused refused = assertThrows(Refused.class, () -> Session.open(rust, Category.DEVICE));
        assertEquals(Refused.Input.MISSING, refused.input);
        assertEquals("context", refused.field);
        assertTrue(phone.install(new Device().context));
        Session.open(rust, Category.DEVICE).end();
    }

    @Test
    void noContextIsRefused() {
        assertFalse(phone.install(null));
        assertThrows(Refused.class, () -> Session.open(rust, Category.DEVICE));
    }

    @Test
    void theSameContextOnceMoreChangesNothing() {
        Context context = new Device().context;
        assertTrue(phone.install(context));
        int references = phone.java.references.count();
        phone.java.calls.clear();
        assertTrue(phone.install(context));
        assertEquals(references, phone.java.references.count());
        // Only asked whether it is the same.
        assertEquals(Set.of("ExceptionCheck", "ExceptionClear", "IsSameObject"), phone.java.calls.keySet());
    }

    @Test
    void anotherContextIsTakenOver() throws Refused {
        phone.install(new Context());
        int references = phone.java.references.count();
        assertTrue(phone.install(new Device().context));
        assertEquals(references, phone.java.references.count(), "the first context is let go");
        Session session = Session.open(rust, Category.DEVICE);
        session.grant(Category.DEVICE);
        assertEquals("o2 – de", session.collect().item("device.operator").get("value").asText());
    }
}
