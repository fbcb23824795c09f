package dev.scruple.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Any thread may call: one that Java does not know is attached for the call, and no longer. */
class ThreadsTest {
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
    void valuesAreReadOnAThreadOfItsOwn() throws Refused {
        phone.useOwnThreads();
        Session session = Session.open(rust, Category.DEVICE);
        session.grant(Category.DEVICE);
        assertEquals(Device.CANARY, session.collect().item("device.model").get("value").asText());
        assertEquals(1, phone.java.calls.get("AttachCurrentThread"));
        assertEquals(1, phone.java.calls.get("DetachCurrentThread"));
        assertEquals(1, phone.java.threadCount());
    }

    @Test
    void withoutAThreadThatEndsThemValuesAreNotRead() throws Refused {
        Session session = Session.open(rust, Category.DEVICE);
        session.grant(Category.DEVICE);
        int before = phone.java.callCount();
        phone.refuseThreads();
        assertEquals(Refused.Why.NO_THREAD, assertThrows(Refused.class, session::collect).why);
        assertEquals(before, phone.java.callCount());
    }
}
