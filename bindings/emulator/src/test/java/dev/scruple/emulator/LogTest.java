package dev.scruple.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import android.os.Build;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The log has ids and reasons, one line each, and no value. */
class LogTest {
    private final Phone phone = new Phone();
    private final Rust rust = new Rust(phone);

    @AfterEach
    void close() {
        phone.close();
    }

    @Test
    void linesAreIdsAndReasons() throws Refused {
        Device device = new Device();
        Build.radio = "unknown";
        device.dataSim.operatorName = () -> {
            throw new SecurityException(Device.CANARY);
        };
        phone.install(device.context);
        Session session = Session.open(rust, Category.DEVICE);
        session.grant(Category.DEVICE);
        Snapshot snapshot = session.collect();
        snapshot.items();
        session.end();
        // The canary was there to be logged.
        assertEquals(List.of(
            "D Scruple: scruple::vault: device.firmware_version: unavailable: placeholder",
            "D Scruple: scruple::vault: device.operator: unavailable: not_permitted"), scruples());
        assertTrue(phone.log().stream().noneMatch(line -> line.contains("Canary")), () -> phone.log().toString());
    }

    @Test
    void aFailedInstallSaysSo() {
        phone.install(null);
        assertEquals(List.of("E Scruple: scruple::device::android::install: the context could not be installed"), scruples());
    }

    private List<String> scruples() {
        return phone.log().stream().filter(line -> line.contains(" Scruple: ")).toList();
    }
}
