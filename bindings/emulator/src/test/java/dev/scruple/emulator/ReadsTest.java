package dev.scruple.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import android.os.Build;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/reads.tsv} says what each item reads. Here the shipped library collects each item alone, on the oldest level and on the
 * newest, on a device that states everything and on one that states little.
 */
class ReadsTest {
    /** How a class of an app's is found from a thread that is none of Java's. */
    private static final Set<String> FINDING = Set.of(
        "java.lang.Class.forName", "java.lang.Class.getClassLoader", "java.lang.Class.getName");
    private static final List<Integer> LEVELS = List.of(21, Phone.NEWEST);

    @Test
    void eachItemReadsWhatIsListedAndNothingElse() throws IOException, Refused {
        Map<String, Set<String>> listed = listed();
        Map<String, Set<String>> read = new TreeMap<>();
        List<String> items = items();
        for (String item : items) {
            Set<String> reads = new TreeSet<>();
            // What comes from sources and from the host is of every device the same.
            boolean isDevice = item.startsWith("device.");
            for (boolean isSilent : isDevice ? List.of(false, true) : List.of(true)) {
                for (int level : isDevice ? LEVELS : List.of(Phone.NEWEST)) {
                    reads.addAll(reads(level, isSilent, items.indexOf(item)));
                }
            }
            if (!reads.isEmpty()) {
                read.put(item, reads);
            }
        }
        assertEquals(lines(listed), lines(read));
        System.out.println("proof: The Android library reads what docs/reads.tsv lists, " + System.getProperty("library").replaceAll(".*/(.*)/.*", "$1")
            + " | " + read.size() + " items, " + listed.values().stream().mapToInt(Set::size).sum() + " reads on two levels; "
            + (items.size() - read.size()) + " items read nothing | with a row less or a row more: refused");
        for (String item : listed.keySet()) {
            // The control.
            Map<String, Set<String>> more = new TreeMap<>(listed);
            more.put(item, Stream.concat(listed.get(item).stream(), Stream.of("java android.os.Build.SERIAL")).collect(Collectors.toSet()));
            assertNotEquals(lines(more), lines(read));
            more.remove(item);
            assertNotEquals(lines(more), lines(read));
        }
    }

    @Test
    void nothingElseIsEvenLookedFor() throws IOException, Refused {
        Set<String> lookups = new TreeSet<>();
        for (int level : LEVELS) {
            try (Phone phone = phone(level, true)) {
                collect(phone).items();
                lookups.addAll(phone.java.framework.lookups);
            }
        }
        lookups.removeAll(FINDING);
        Set<String> members = listed().values().stream().flatMap(Set::stream).filter(read -> read.startsWith("java "))
            .map(read -> read.substring("java ".length())).collect(Collectors.toSet());
        // A class that is found reads nothing.
        lookups.removeIf(ReadsTest::isClass);
        lookups.removeAll(members);
        assertEquals(Set.of(), lookups);
    }

    @Test
    void withNothingPermittedItIsTheClassLoader() {
        try (Phone phone = phone(Phone.NEWEST, false)) {
            assertTrue(phone.java.framework.uses.stream().allMatch(FINDING::contains), phone.java.framework.uses::toString);
        }
    }

    private static boolean isClass(String name) {
        try {
            Class.forName(name);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static Phone phone(int level, boolean isSilent) {
        Phone phone = new Phone(level);
        Device device = new Device();
        Build.VERSION.SDK_INT = level;
        if (isSilent) {
            device.dataSim.operator = () -> "";
            device.telephony.operator = () -> "";
            device.dataSim.operatorName = () -> {
                throw new SecurityException();
            };
            device.telephony.operatorName = device.dataSim.operatorName;
            device.dataSim.carrier = "";
            device.dataSim.isRoaming = false;
            device.context.services.remove(android.content.Context.STORAGE_STATS_SERVICE);
            phone.lack("/sys/devices/system/cpu/cpufreq");
        }
        phone.install(device.context);
        return phone;
    }

    private static Session session(Phone phone) throws Refused {
        Session session = Session.open(new Rust(phone), Category.values());
        session.grant(Category.values());
        return session;
    }

    private static Snapshot collect(Phone phone) throws Refused {
        return session(phone).collect();
    }

    /** Every item, in the agreement's order. */
    private static List<String> items() throws Refused {
        try (Phone phone = phone(Phone.NEWEST, false)) {
            List<String> items = new ArrayList<>();
            collect(phone).items().fieldNames().forEachRemaining(items::add);
            return items;
        }
    }

    /** What is read for an item alone: a kind and what, as in the table. */
    private static Set<String> reads(int level, boolean isSilent, int item) throws Refused {
        try (Phone phone = phone(level, isSilent)) {
            Session session = session(phone);
            Framework java = phone.java.framework;
            java.uses.clear();
            java.texts.clear();
            int before = phone.systemCalls().size();
            session.collect(item);
            Set<String> reads = new TreeSet<>();
            java.uses.stream().filter(use -> !FINDING.contains(use)).forEach(use -> reads.add("java " + use));
            java.texts.forEach(text -> reads.add("name " + text));
            for (String call : phone.systemCalls().subList(before, phone.systemCalls().size())) {
                if (call.startsWith("/")) {
                    reads.add("file " + call.replaceAll("(cpu|policy)\\d+/", "$1*/"));
                }
            }
            return reads;
        }
    }

    private static Map<String, Set<String>> listed() throws IOException {
        Map<String, Set<String>> listed = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of(System.getProperty("reads")))) {
            String[] row = line.split("\t");
            // Kotlin's readers are held against their rows by what their classes refer to.
            if (row[0].equals("android") && !row[2].equals("kotlin")) {
                // A directory is opened as a file is.
                String kind = row[2].equals("directory") ? "file" : row[2];
                listed.computeIfAbsent(row[1], item -> new TreeSet<>()).add(kind + " " + row[3]);
            }
        }
        return listed;
    }

    private static String lines(Map<String, Set<String>> reads) {
        return reads.entrySet().stream().flatMap(item -> item.getValue().stream().map(read -> item.getKey() + " " + read))
            .collect(Collectors.joining("\n"));
    }
}
