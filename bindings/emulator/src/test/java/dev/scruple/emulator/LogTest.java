package dev.scruple.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import android.os.Build;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The log has ids and reasons, one line each, and no value; a host that does not ask for it has none at all. */
class LogTest {
    private final Phone phone = new Phone();
    private final Rust rust = new Rust(phone);

    @AfterEach
    void close() {
        phone.close();
    }

    @Test
    void linesAreIdsAndReasons() throws Refused {
        phone.logToLogcat();
        collect();
        // The canary was there to be logged.
        assertEquals(List.of(
            "D Scruple: scruple::vault: device.firmware_version: unavailable: placeholder",
            "D Scruple: scruple::vault: device.operator: unavailable: not_permitted"), scruples());
        assertTrue(phone.log().stream().noneMatch(line -> line.contains("Canary")), () -> phone.log().toString());
    }

    @Test
    void whoeverDoesNotAskForItHasNone() throws Refused {
        collect();
        assertEquals(List.of(), scruples());
        phone.install(null);
        assertEquals(List.of(), scruples());
    }

    @Test
    void aFailedInstallSaysSo() {
        phone.logToLogcat();
        phone.install(null);
        assertEquals(List.of("E Scruple: scruple::device::android::install: the context could not be installed"), scruples());
    }

    /** Reads a device of whose items two have no value. */
    private void collect() throws Refused {
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
    }

    private List<String> scruples() {
        return phone.log().stream().filter(line -> line.contains(" Scruple: ")).toList();
    }
}
