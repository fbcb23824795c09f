package dev.scruple.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a device states is what a host gets, item by item. */
class DeviceTest {
    private final Phone phone = new Phone();
    private final Rust rust = new Rust(phone);

    @AfterEach
    void close() {
        phone.close();
    }

    @Test
    void everyItemIsExported() throws Refused, JsonProcessingException {
        Map<String, String> expected = new TreeMap<>();
        expected.put("device.storage_capacity", "128000000000");
        expected.put("device.mcc_mnc", "{'mcc': '262', 'mnc': '03'}");
        expected.put("device.model", "'" + Device.CANARY + "'");
        expected.put("device.system_version", "{'version': '14', 'name': 'Android 14', 'api_level': 34}");
        expected.put("device.firmware_version", "'radio-1.2.3'");
        expected.put("device.resolution", "{'width': 1080, 'height': 2400, 'scale': 1.75, 'native_scale': 2.625}");
        expected.put("device.cpu", "{'names': ['Cortex-A53', 'Cortex-A78'], 'hardware': 'Nest Ei 8', 'cores': 8,"
            + " 'max_frequency_khz': 2841600, 'features': ['fp', 'asimd', 'aes'], 'abis': ['arm64-v8a', 'armeabi-v7a']}");
        expected.put("device.brand", "'canary'");
        expected.put("device.incremental_version", "{'incremental': 'eng.4711', 'visual': 'CANARY.1 release-keys'}");
        expected.put("device.manufacturer", "'Kanarienvögel 株式会社'");
        expected.put("device.name", "'Käthes Telefon'");
        expected.put("device.platform", "'android'");
        expected.put("device.operator", "'o2 – de'");

        JsonNode items = collected().items();
        Map<String, JsonNode> values = new TreeMap<>();
        items.fields().forEachRemaining(item -> {
            if (item.getValue().has("value")) {
                values.put(item.getKey(), item.getValue().get("value"));
            }
        });
        assertEquals(expected.keySet(), values.keySet());
        ObjectMapper json = new ObjectMapper();
        for (Map.Entry<String, String> item : expected.entrySet()) {
            assertEquals(json.readTree(item.getValue().replace('\'', '"')), values.get(item.getKey()), item.getKey());
        }
    }

    @Test
    void theGroupIsReadBack() throws Refused {
        Reader device = collected().group("device");
        assertEquals(128_000_000_000L, device.optional(Reader::large));
        assertEquals("262 03", device.optional(code -> code.text() + " " + code.text()));
        assertEquals(Device.CANARY, device.optional(Reader::text));
        assertEquals("14, Android 14, 34", device.optional(version ->
            version.optional(Reader::text) + ", " + version.optional(Reader::text) + ", " + version.optional(Reader::number)));
        assertEquals("radio-1.2.3", device.optional(Reader::text));
        assertEquals("1080 x 2400 at 1.75, 2.625", device.optional(size ->
            size.number() + " x " + size.number() + " at " + size.real() + ", " + size.optional(Reader::real)));
        device.optional(cpu -> {
            assertEquals(List.of("Cortex-A53", "Cortex-A78"), cpu.list(Reader::text));
            assertEquals("Nest Ei 8", cpu.optional(Reader::text));
            assertEquals(8, cpu.number());
            assertEquals(2_841_600L, cpu.optional(Reader::large));
            assertEquals(List.of("fp", "asimd", "aes"), cpu.list(Reader::text));
            assertEquals(List.of("arm64-v8a", "armeabi-v7a"), cpu.list(Reader::text));
            return cpu;
        });
        assertEquals("canary", device.optional(Reader::text));
        assertEquals("eng.4711, CANARY.1 release-keys", device.optional(version ->
            version.text() + ", " + version.optional(Reader::text)));
        assertEquals("Kanarienvögel 株式会社", device.optional(Reader::text));
        assertEquals("Käthes Telefon", device.optional(Reader::text));
        assertEquals("android", device.optional(Reader::text));
        assertEquals("o2 – de", device.optional(Reader::text));
        assertTrue(device.isAtEnd());
    }

    private Snapshot collected() throws Refused {
        phone.install(new Device().context);
        Session session = Session.open(rust, Category.DEVICE);
        session.grant(Category.DEVICE);
        return session.collect();
    }
}
