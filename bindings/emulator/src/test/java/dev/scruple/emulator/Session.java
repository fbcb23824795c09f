package dev.scruple.emulator;

import java.nio.charset.StandardCharsets;

/** A host's session, by its handle. */
record Session(Rust rust, long handle) {
    private static final String TYPE = "session";

    /** Opens a session with a policy file and serialised sources. */
    static Session open(Rust rust, String policy, byte[] sources) throws Refused {
        byte[] parsed = rust.value("uniffi_scruple_fn_func_policy_from_json", policy.getBytes(StandardCharsets.UTF_8));
        return new Session(rust, rust.number("uniffi_scruple_fn_constructor_session_open", parsed, sources));
    }

    /** Opens one without sources. */
    static Session open(Rust rust, String policy) throws Refused {
        return open(rust, policy, new Writer().number(0).bytes());
    }

    /** Opens one whose policy switches these categories on, and no other. */
    static Session open(Rust rust, Category... on) throws Refused {
        return open(rust, Policy.with(on));
    }

    /** The person is of age and agrees to these categories. */
    void grant(Category... categories) throws Refused {
        update(true, categories, new Category[0]);
    }

    /** The person takes these categories back. */
    void revoke(Category... categories) throws Refused {
        update(false, new Category[0], categories);
    }

    private void update(boolean saysAge, Category[] granted, Category[] revoked) throws Refused {
        final int atLeastMinimum = 3;
        Writer update = new Writer().flag(saysAge);
        if (saysAge) {
            update.number(atLeastMinimum);
        }
        for (Category[] categories : new Category[][] {granted, revoked}) {
            update.number(2 * categories.length);
            for (Category category : categories) {
                for (Purpose purpose : Purpose.values()) {
                    update.of(category).of(purpose);
                }
            }
        }
        rust.numberOf(TYPE, handle, "update_consent", update.bytes());
    }

    /** Hands the host's records over, which are a file's text. */
    void supply(String records) throws Refused {
        byte[] parsed = rust.value("uniffi_scruple_fn_func_host_records_from_json", records.getBytes(StandardCharsets.UTF_8));
        rust.numberOf(TYPE, handle, "supply", parsed);
    }

    /** Collects every item for the feature. */
    Snapshot collect() throws Refused {
        return collect(new Writer().flag(false));
    }

    /** Collects one item, by its place in the agreement. */
    Snapshot collect(int item) throws Refused {
        return collect(new Writer().flag(true).number(1).number(item + 1));
    }

    private Snapshot collect(Writer items) throws Refused {
        byte[] purpose = new Writer().of(Purpose.FEATURE).bytes();
        return new Snapshot(rust, rust.numberOf(TYPE, handle, "collect", purpose, items.bytes()));
    }

    /** Ends it; the handle stays. */
    void end() throws Refused {
        rust.numberOf(TYPE, handle, "end");
    }

    /** Gives the handle back. */
    void free() throws Refused {
        rust.number("uniffi_scruple_fn_free_session", handle);
    }
}
