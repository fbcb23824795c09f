//! UniFFI's generator, of exactly the version whose macros are in the core.

/// Generates bindings, as its arguments say.
fn main() {
    uniffi::uniffi_bindgen_main();
}
