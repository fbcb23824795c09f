package dev.scruple.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import android.app.usage.StorageStatsManager;
import android.hardware.display.DisplayManager;
import android.os.Build;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import java.io.IOException;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the framework does not give has its reason, whatever it threw; nothing is left pending, and the other items are read. */
class ReasonsTest {
    private final Phone phone = new Phone();
    private final Rust rust = new Rust(phone);

    @AfterEach
    void close() {
        phone.close();
    }

    @Test
    void securityExceptions() throws Refused {
        assertEquals("not_permitted", reason("device.operator", device -> device.dataSim.operatorName = () -> {
            throw new SecurityException(Device.CANARY);
        }));
    }

    @Test
    void otherExceptions() throws Refused {
        assertEquals("read_failed", reason("device.mcc_mnc", device -> device.dataSim.operator = () -> {
            throw new IllegalStateException(Device.CANARY);
        }));
    }

    @Test
    void errors() throws Refused {
        assertEquals("read_failed", reason("device.operator", device -> device.dataSim.operatorName = () -> {
            throw new OutOfMemoryError();
        }));
    }

    @Test
    void checkedExceptions() throws Refused {
        assertEquals("read_failed", reason("device.storage_capacity", device ->
            device.context.services.put(StorageStatsManager.class, new StorageStatsManager() {
                @Override
                public long getTotalBytes(UUID storage) throws IOException {
                    throw new IOException(Device.CANARY);
                }
            })));
    }

    @Test
    void nulls() throws Refused {
        assertEquals("not_stated", reason("device.brand", device -> Build.BRAND = null));
        assertEquals("not_stated", reason("device.name", device -> Settings.Global.deviceName = null));
    }

    @Test
    void nullLists() throws Refused {
        assertEquals("not_stated", reason("device.cpu", device -> Build.SUPPORTED_ABIS = null));
    }

    @Test
    void nullEntries() throws Refused {
        assertEquals("not_stated", reason("device.cpu", device -> Build.SUPPORTED_ABIS = new String[1]));
    }

    @Test
    void longLists() throws Refused {
        assertEquals("too_long", reason("device.cpu", device -> Build.SUPPORTED_ABIS = new String[17]));
    }

    @Test
    void empties() throws Refused {
        assertEquals("not_stated", reason("device.brand", device -> Build.BRAND = " "));
    }

    @Test
    void placeholders() throws Refused {
        assertEquals("placeholder", reason("device.firmware_version", device -> Build.radio = "unknown"));
    }

    @Test
    void hugeTexts() throws Refused {
        assertEquals("too_long", reason("device.brand", device -> Build.BRAND = "x".repeat(1_000_000)));
        assertEquals("too_long", reason("device.brand", device -> Build.BRAND = "株".repeat(200)));
    }

    @Test
    void controlCharacters() throws Refused {
        assertEquals("malformed", reason("device.brand", device -> Build.BRAND = "a\0b"));
        assertEquals("malformed", reason("device.brand", device -> Build.BRAND = "a\nb"));
    }

    @Test
    void halfSurrogates() throws Refused {
        assertEquals("malformed", reason("device.brand", device -> Build.BRAND = "a\ud83d"));
    }

    @Test
    void missingServices() throws Refused {
        assertEquals("no_telephony", reason("device.operator", device -> device.context.services.remove(TelephonyManager.class)));
        assertEquals("headless", reason("device.resolution", device -> device.context.services.remove(DisplayManager.class)));
    }

    @Test
    void servicesOfAnotherClass() throws Refused {
        assertEquals("malformed", reason("device.operator", device ->
            device.context.services.put(TelephonyManager.class, "none")));
    }

    @Test
    void noSim() throws Refused {
        assertEquals("not_stated", reason("device.operator", device -> device.dataSim.operatorName = () -> ""));
    }

    @Test
    void anExceptionOfSomebodyElsesIsLeftToThem() throws Refused {
        phone.install(new Device().context);
        Session session = Session.open(rust, Category.DEVICE);
        session.grant(Category.DEVICE);
        Throwable others = new IllegalStateException();
        phone.java.throwBefore(others);
        // The platform is read on a thread of its own, on which nothing is pending.
        assertEquals(Device.CANARY, session.collect().item("device.model").get("value").asText());
        assertEquals(others, phone.java.takePending());
    }

    @Test
    void noTelephony() throws Refused {
        assertEquals("no_telephony", reason("device.operator", device -> {
            device.context.packages.features.clear();
            device.dataSim.operatorName = () -> {
                throw new UnsupportedOperationException();
            };
        }));
    }

    /** Why an item is missing, on a device that was changed; another item is there all the same. */
    private String reason(String item, Consumer<Device> change) throws Refused {
        Device device = new Device();
        change.accept(device);
        phone.install(device.context);
        Session session = Session.open(rust, Category.DEVICE);
        session.grant(Category.DEVICE);
        Snapshot snapshot = session.collect();
        assertEquals(Device.CANARY, snapshot.item("device.model").get("value").asText());
        return snapshot.item(item).get("unavailable").asText();
    }
}
