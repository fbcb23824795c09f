package dev.scruple.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * All that the shipped library can ask Java for: it resolves that once, and looks nothing up later. What the agreement does not
 * list (serial numbers, fingerprint, the visited network, ANDROID_ID …) is not among it.
 */
class AskedOfJavaTest {
    @Test
    void itIsTheListAndNothingElse() throws IOException, Refused {
        try (Phone phone = new Phone()) {
            phone.install(new Device().context);
            Session session = Session.open(new Rust(phone), Category.values());
            session.grant(Category.values());
            session.collect().items();
            Set<String> asked = new TreeSet<>(phone.java.framework.lookups);
            asked.removeAll(list());
            assertEquals(Set.of(), asked, "asked for and not in the list");
            Set<String> notAsked = new TreeSet<>(list());
            notAsked.removeAll(phone.java.framework.lookups);
            assertEquals(Set.of(), notAsked, "in the list and not asked for");
        }
    }

    private static List<String> list() throws IOException {
        try (var file = AskedOfJavaTest.class.getResourceAsStream("/asked-of-java.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
