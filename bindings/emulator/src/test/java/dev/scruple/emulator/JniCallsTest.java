package dev.scruple.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import android.os.Build;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is not permitted costs no call of JNI's, of any kind: each entry of both its tables counts. */
class JniCallsTest {
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
    void withEveryCategoryOffThereIsNone() throws Refused {
        int off = callsOf(Session.open(rust));
        int on = callsOf(Session.open(rust, Category.DEVICE));
        System.out.println("JNI calls of a session: " + off + " with every category off, " + on + " with `device` on");
        assertEquals(0, off);
        assertTrue(on > 0);
    }

    @Test
    void withoutConsentThereIsNone() throws Refused {
        int before = phone.java.callCount();
        Session.open(rust, Category.values()).collect().items();
        assertEquals(before, phone.java.callCount());
    }

    @Test
    void whatIsReadBackAndWipedIsNoneEither() throws Refused {
        Session session = Session.open(rust, Category.DEVICE);
        session.grant(Category.DEVICE);
        Snapshot snapshot = session.collect();
        int before = phone.java.callCount();
        snapshot.group("device");
        session.revoke(Category.DEVICE);
        session.end();
        assertEquals(before, phone.java.callCount());
    }

    @Test
    void noReferenceIsLeft() throws Refused {
        // The classes that it finds then are kept.
        callsOf(Session.open(rust, Category.DEVICE));
        int before = phone.java.references.count();
        callsOf(Session.open(rust, Category.DEVICE));
        assertEquals(before, phone.java.references.count());
    }

    @Test
    void theEntriesOfALongListShareNoFrame() throws Refused {
        int few = largestFrame("arm64-v8a");
        String[] many = new String[16];
        Arrays.fill(many, "arm64-v8a");
        assertEquals(few, largestFrame(many));
    }

    private int largestFrame(String... abis) throws Refused {
        Build.SUPPORTED_ABIS = abis;
        Session session = Session.open(rust, Category.DEVICE);
        session.grant(Category.DEVICE);
        assertEquals(abis.length, session.collect().item("device.cpu").get("value").get("abis").size());
        return phone.java.references.largestFrame();
    }

    private int callsOf(Session session) throws Refused {
        int before = phone.java.callCount();
        session.grant(Category.values());
        session.collect().items();
        session.end();
        return phone.java.callCount() - before;
    }
}
