package dev.scruple.emulator;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The library and the generated Kotlin fit. */
class InterfaceTest {
    private final GeneratedKotlin kotlin = GeneratedKotlin.read();

    InterfaceTest() throws IOException {}

    @Test
    void contractVersionIsKotlins() {
        try (Phone phone = new Phone()) {
            assertEquals(kotlin.contractVersion(), (int) phone.call("ffi_scruple_uniffi_contract_version"));
        }
    }

    @Test
    void everyChecksumIsKotlins() {
        Map<String, Long> checksums = kotlin.checksums();
        assertEquals(kotlin.functions().stream().filter(name -> name.contains("_checksum_")).count(), checksums.size());
        try (Phone phone = new Phone()) {
            assertAll(checksums.entrySet().stream().map(expected -> () ->
                assertEquals(expected.getValue(), phone.call(expected.getKey()) & 0xffff, expected.getKey())));
        }
    }

    @Test
    void everyFunctionThatKotlinDeclaresIsThere() {
        try (Phone phone = new Phone()) {
            assertAll(kotlin.functions().stream().map(name -> () -> assertTrue(phone.exports(name), name)));
            assertFalse(phone.exports("uniffi_scruple_fn_no_such"));
        }
    }
}
