package dev.scruple.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import android.app.usage.StorageStatsManager;
import android.content.Context;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * After its end a value is nowhere in memory that can be written: no heap, no stack, no variable; a text neither as the library
 * keeps it (UTF-8) nor as Java does (UTF-16), a number in neither order of its bytes.
 */
class MemoryTest {
    /** A capacity that no other number is. */
    private static final long NUMBER = 0x5e41_a1ca_4a4f_4711L;

    private final Phone phone = new Phone();
    private final Rust rust = new Rust(phone);
    private Session session;
    private Snapshot snapshot;

    @BeforeEach
    void install() throws Refused {
        Device device = new Device();
        device.context.services.put(Context.STORAGE_STATS_SERVICE, new StorageStatsManager() {
            @Override
            public long getTotalBytes(UUID storage) {
                return NUMBER;
            }
        });
        phone.install(device.context);
        collect(60_000);
    }

    private void collect(int retentionMs) throws Refused {
        String retention = "{\"retention_ms\": " + retentionMs + ", ";
        session = Session.open(rust, Policy.with(Category.DEVICE).replaceFirst("\\{", retention));
        session.grant(Category.DEVICE);
        snapshot = session.collect();
        assertFalse(texts().isEmpty(), "the search finds what is there");
        assertFalse(numbers().isEmpty(), "the search finds what is there");
    }

    @AfterEach
    void close() {
        phone.close();
    }

    @Test
    void theSearchSeesTheStack() {
        byte[] mark = "a mark on the stack".getBytes(StandardCharsets.UTF_8);
        phone.belowTheStack().write(mark);
        assertEquals(List.of(phone.belowTheStack().peer), phone.find(mark));
    }

    @Test
    void aClosedSnapshotIsWiped() throws Refused {
        snapshot.end();
        assertWiped();
    }

    @Test
    void whatWasReadBackIsWiped() throws Refused {
        snapshot.group("device");
        snapshot.items();
        snapshot.end();
        assertWiped();
    }

    @Test
    void aFreedSnapshotIsWiped() throws Refused {
        snapshot.free();
        assertWiped();
    }

    @Test
    void aClosedSessionsSnapshotsAreWiped() throws Refused {
        session.end();
        assertWiped();
    }

    @Test
    void whatIsRevokedIsWiped() throws Refused {
        session.revoke(Category.DEVICE);
        assertWiped();
    }

    @Test
    void whatExpiresIsWipedWithoutACall() throws Refused {
        session.end();
        collect(3000);
        for (int left = 30; left > 0 && !texts().isEmpty(); left--) {
            phone.idle(500);
        }
        assertWiped();
        assertEquals(Refused.Why.EXPIRED, assertThrows(Refused.class, snapshot::items).why);
    }

    private void assertWiped() {
        assertEquals(List.of(), texts());
        assertEquals(List.of(), numbers());
    }

    private List<Long> texts() {
        List<Long> places = new ArrayList<>(phone.find(Device.CANARY.getBytes(StandardCharsets.UTF_8)));
        places.addAll(phone.find(Device.CANARY.getBytes(StandardCharsets.UTF_16LE)));
        return places;
    }

    private List<Long> numbers() {
        List<Long> places = new ArrayList<>(phone.find(ByteBuffer.allocate(8).putLong(NUMBER).array()));
        places.addAll(phone.find(ByteBuffer.allocate(8).putLong(Long.reverseBytes(NUMBER)).array()));
        return places;
    }
}
