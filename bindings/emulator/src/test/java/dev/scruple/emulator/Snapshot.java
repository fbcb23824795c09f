package dev.scruple.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** The values of one collection, by their handle. */
record Snapshot(Rust rust, long handle) {
    private static final String TYPE = "snapshot";

    /** A group of values, as it is serialised. */
    Reader group(String name) throws Refused {
        return new Reader(rust.valueOf(TYPE, handle, name));
    }

    /** The items of the export, by their ids. */
    JsonNode items() throws Refused {
        try {
            return new ObjectMapper().readTree(rust.valueOf(TYPE, handle, "to_json")).get("items");
        } catch (IOException e) {
            throw new AssertionError("the library's JSON is none", e);
        }
    }

    /** What became of one item: {@code {"value": …}}, {@code {"unavailable": …}} or {@code {"withheld": …}}. */
    JsonNode item(String id) throws Refused {
        return items().get(id);
    }

    /** Wipes it; the handle stays. */
    void end() throws Refused {
        rust.numberOf(TYPE, handle, "end");
    }

    /** Gives the handle back. */
    void free() throws Refused {
        rust.number("uniffi_scruple_fn_free_snapshot", handle);
    }
}
