package dev.scruple.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import android.app.ActivityManager.RunningAppProcessInfo;
import java.util.stream.IntStream;
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
        callsOf(Session.open(rust, Category.DEVICE, Category.PROCESS_LIST));
        int before = phone.java.references.count();
        callsOf(Session.open(rust, Category.DEVICE, Category.PROCESS_LIST));
        assertEquals(before, phone.java.references.count());
    }

    @Test
    void theEntriesOfALongListShareNoFrame() throws Refused {
        Device device = new Device();
        device.activities.processes = () -> IntStream.range(1, 201).mapToObj(pid -> new RunningAppProcessInfo(pid, "p")).toList();
        phone.install(device.context);
        Session session = Session.open(rust, Category.PROCESS_LIST);
        session.grant(Category.PROCESS_LIST);
        assertEquals(200, session.collect().item("process_list.processes").get("value").size());
        int most = phone.java.references.largestFrame();
        assertTrue(most < 64, () -> most + " references in a frame");
    }

    private int callsOf(Session session) throws Refused {
        int before = phone.java.callCount();
        session.grant(Category.values());
        session.collect().items();
        session.end();
        return phone.java.callCount() - before;
    }
}
