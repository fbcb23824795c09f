package dev.scruple.emulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Kotlin that hosts load beside the library: what it expects there. */
record GeneratedKotlin(String text) {
    static GeneratedKotlin read() throws IOException {
        return new GeneratedKotlin(Files.readString(Path.of(System.getProperty("kotlin"))));
    }

    /** The version of the C interface. */
    long contractVersion() {
        return matches("val bindings_contract_version = (\\d+)").mapToLong(match -> Long.parseLong(match.group(1))).sum();
    }

    /** What each checksum function must return. */
    Map<String, Long> checksums() {
        return matches("lib\\.(\\w+_checksum_\\w+)\\(\\) and 0xFFFF\\) != (\\d+)")
            .collect(Collectors.toMap(match -> match.group(1), match -> Long.parseLong(match.group(2))));
    }

    /** Every function that it declares: JNA looks all of them up when it loads the library. */
    List<String> functions() {
        return matches("external fun (\\w+)\\(").map(match -> match.group(1)).toList();
    }

    private Stream<MatchResult> matches(String pattern) {
        return Pattern.compile(pattern).matcher(text).results();
    }
}
