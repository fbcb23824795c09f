package dev.scruple.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import android.app.usage.StorageStatsManager;
import android.content.Context;
import android.os.Build;
import android.provider.Settings;
import com.fasterxml.jackson.databind.JsonNode;
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
        Device device = new Device();
        device.context.services.put(Context.STORAGE_STATS_SERVICE, new StorageStatsManager() {
            @Override
            public long getTotalBytes(UUID storage) throws IOException {
                throw new IOException(Device.CANARY);
            }
        });
        // The data partition's, in its place.
        assertEquals(52_000_000_000L, collected(device).item("device.storage_capacity").get("value").asLong());
    }

    @Test
    void nulls() throws Refused {
        assertEquals("not_stated", reason("device.brand", device -> Build.BRAND = null));
        assertEquals("not_stated", reason("device.name", device -> Settings.Global.deviceName = null));
    }

    @Test
    void nullLists() throws Refused {
        assertEquals("[]", abis(null));
    }

    @Test
    void nullEntries() throws Refused {
        assertEquals("[]", abis(new String[1]));
    }

    @Test
    void longLists() throws Refused {
        assertEquals("[]", abis(new String[17]));
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
        assertEquals("no_telephony", reason("device.operator", device -> device.context.services.remove(Context.TELEPHONY_SERVICE)));
        assertEquals("headless", reason("device.resolution", device -> device.context.services.remove(Context.DISPLAY_SERVICE)));
    }

    @Test
    void servicesOfAnotherClass() throws Refused {
        assertEquals("malformed", reason("device.operator", device ->
            device.context.services.put(Context.TELEPHONY_SERVICE, "none")));
    }

    @Test
    void noSim() throws Refused {
        assertEquals("not_stated", reason("device.operator", device -> device.dataSim.operatorName = () -> ""));
    }

    @Test
    void aSimWithoutAName() throws Refused {
        Device device = new Device();
        device.dataSim.operatorName = () -> {
            throw new IllegalStateException(Device.CANARY);
        };
        device.dataSim.carrier = new StringBuilder("o2");
        assertEquals("o2", collected(device).item("device.operator").get("value").asText());
        device.dataSim.carrier = null;
        device.dataSim.isRoaming = false;
        assertEquals("Netz", collected(device).item("device.operator").get("value").asText());
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
        Snapshot snapshot = collected(device);
        assertEquals(Device.CANARY, snapshot.item("device.model").get("value").asText());
        return snapshot.item(item).get("unavailable").asText();
    }

    /** The processor's binary interfaces as they are told, on a device that states these; the cores are told all the same. */
    private String abis(String[] stated) throws Refused {
        Device device = new Device();
        Build.SUPPORTED_ABIS = stated;
        JsonNode cpu = collected(device).item("device.cpu").get("value");
        assertEquals(8, cpu.get("cores").asInt());
        return cpu.get("abis").toString();
    }

    private Snapshot collected(Device device) throws Refused {
        phone.install(device.context);
        Session session = Session.open(rust, Category.DEVICE);
        session.grant(Category.DEVICE);
        return session.collect();
    }
}
