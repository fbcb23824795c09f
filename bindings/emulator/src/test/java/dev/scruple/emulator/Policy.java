package dev.scruple.emulator;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Policy files. */
final class Policy {
    private Policy() {}

    /** Switches these categories on, and the device's name with the others of its category. */
    static String with(Category... on) {
        return Arrays.stream(on)
            .map(category -> "\"" + category.name().toLowerCase() + "\": {\"enabled\": true" + items(category) + "}")
            .collect(Collectors.joining(", ", "{\"agreement\": \"tcmpp-dpsa/2024-05-28\", \"categories\": {", "}}"));
    }

    private static String items(Category category) {
        return category == Category.DEVICE ? ", \"items\": {\"device.name\": {\"enabled\": true}}" : "";
    }
}
