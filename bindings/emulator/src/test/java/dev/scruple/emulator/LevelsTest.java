package dev.scruple.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import android.content.Context;
import android.os.Build;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Classes and methods that an older framework does not have are gone around. */
class LevelsTest {
    @ParameterizedTest
    @CsvSource({
        // level, capacity by which API, whose SIM, chip by whom
        "21, 52000000000, Telekom.de, Canary board",
        "23, 52000000000, Telekom.de, Canary board",
        "24, 52000000000, o2 – de, Canary board",
        "26, 128000000000, o2 – de, Canary board",
        "30, 128000000000, o2 – de, Canary board",
        "31, 128000000000, o2 – de, Nest Ei 8",
    })
    void olderFrameworksAreRead(int level, long capacity, String operator, String chip) throws Refused {
        try (Phone phone = new Phone(level)) {
            phone.install(device(level));
            Session session = Session.open(new Rust(phone), Category.DEVICE);
            session.grant(Category.DEVICE);
            JsonNode items = session.collect().items();
            assertEquals(capacity, items.get("device.storage_capacity").get("value").asLong());
            assertEquals(operator, items.get("device.operator").get("value").asText());
            assertEquals(chip, items.get("device.cpu").get("value").get("hardware").asText());
            assertEquals(Device.CANARY, items.get("device.model").get("value").asText());
        }
    }

    /** Whatever the classes lack, each look-up ends in a reason. */
    @Test
    void aFrameworkThatIsOlderThanItSays() throws Refused {
        try (Phone phone = new Phone(21)) {
            phone.install(device(34));
            Session session = Session.open(new Rust(phone), Category.DEVICE);
            session.grant(Category.DEVICE);
            JsonNode items = session.collect().items();
            assertEquals("platform_has_none", items.get("device.operator").get("unavailable").asText());
            assertEquals("platform_has_none", items.get("device.mcc_mnc").get("unavailable").asText());
            // What another class or the kernel says stands in.
            assertEquals(52_000_000_000L, items.get("device.storage_capacity").get("value").asLong());
            assertEquals("Canary board", items.get("device.cpu").get("value").get("hardware").asText());
            assertEquals(720, items.get("device.resolution").get("value").get("width").asInt());
            assertEquals(Device.CANARY, items.get("device.model").get("value").asText());
        }
    }

    private static Context device(int level) {
        Device device = new Device();
        Build.VERSION.SDK_INT = level;
        return device.context;
    }
}
