package dev.scruple.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The kernel is asked for the processor's files and for nothing else: nothing is written, sent or started. */
class SystemCallsTest {
    /** What the C library's allocator and threads need. */
    private static final Set<String> MEMORY = Set.of("mmap", "munmap", "mprotect", "madvise", "prctl");
    private static final Set<String> THREADS = Set.of("clone", "exit", "futex", "getpid", "sigaltstack");
    private static final Set<String> READING = Set.of("read", "close", "fstat", "getdents64");

    private final Phone phone = new Phone();
    private final Rust rust = new Rust(phone);

    @BeforeEach
    void install() {
        phone.install(new Device().context);
    }

    @AfterEach
    void close() {
        phone.close();
    }

    @Test
    void withEveryCategoryOffTheTimeIsAskedForAlone() throws Refused {
        Set<String> calls = new TreeSet<>(callsOf(Session.open(rust)));
        calls.removeAll(MEMORY);
        assertEquals(Set.of("clock_gettime"), calls);
    }

    @Test
    void withEveryCategoryOnTheProcessorsFilesAreRead() throws Refused {
        List<String> calls = callsOf(Session.open(rust, Category.values()));
        assertEquals(List.of(
            "/proc/cpuinfo",
            "/sys/devices/system/cpu/present",
            "/sys/devices/system/cpu/possible",
            "/sys/devices/system/cpu/cpufreq",
            "/sys/devices/system/cpu/cpufreq/policy0/cpuinfo_max_freq",
            "/sys/devices/system/cpu/cpufreq/policy4/cpuinfo_max_freq"),
            calls.stream().filter(call -> call.startsWith("/")).toList());
        Set<String> others = new TreeSet<>(calls);
        others.removeIf(call -> call.startsWith("/"));
        for (Set<String> known : List.of(MEMORY, THREADS, READING)) {
            others.removeAll(known);
        }
        assertEquals(Set.of("clock_gettime"), others);
    }

    private List<String> callsOf(Session session) throws Refused {
        int before = phone.systemCalls().size();
        session.grant(Category.values());
        session.collect().items();
        session.end();
        return phone.systemCalls().subList(before, phone.systemCalls().size());
    }
}
