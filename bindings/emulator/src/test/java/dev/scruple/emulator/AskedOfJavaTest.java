package dev.scruple.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import android.os.Build;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * All that the shipped library asks Java for, on the newest level and on the oldest. What the agreement does not list (serial
 * numbers, fingerprint, the visited network's code, ANDROID_ID …) is not among it.
 */
class AskedOfJavaTest {
    @Test
    void itIsTheListAndNothingElse() throws IOException, Refused {
        Set<String> lookups = new TreeSet<>();
        for (int level : List.of(21, Phone.NEWEST)) {
            lookups.addAll(lookups(level));
        }
        Set<String> asked = new TreeSet<>(lookups);
        list().forEach(asked::remove);
        assertEquals(Set.of(), asked, "asked for and not in the list");
        Set<String> notAsked = new TreeSet<>(list());
        notAsked.removeAll(lookups);
        assertEquals(Set.of(), notAsked, "in the list and not asked for");
    }

    @Test
    void withNothingPermittedItIsTheClassLoader() {
        try (Phone phone = new Phone()) {
            phone.install(new Device().context);
            assertTrue(phone.java.framework.lookups.stream().allMatch(lookup -> lookup.startsWith("java/lang/Class")),
                () -> phone.java.framework.lookups.toString());
        }
    }

    private static Set<String> lookups(int level) throws Refused {
        try (Phone phone = new Phone(level)) {
            Device device = new Device();
            Build.VERSION.SDK_INT = level;
            device.dataSim.operatorName = () -> {
                throw new SecurityException();
            };
            device.dataSim.carrier = "";
            device.dataSim.isRoaming = false;
            phone.install(device.context);
            Session session = Session.open(new Rust(phone), Category.values());
            session.grant(Category.values());
            session.collect().items();
            return phone.java.framework.lookups;
        }
    }

    private static List<String> list() throws IOException {
        try (var file = AskedOfJavaTest.class.getResourceAsStream("/asked-of-java.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
