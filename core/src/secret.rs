//! Memory that is wiped, and values that do not print.

use std::fmt;
use zeroize::Zeroize;

/// Owns a value and overwrites it when dropped. Nothing prints it.
pub(crate) struct Secret<T: Zeroize>(T);

impl<T: Zeroize> Secret<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(value)
    }

    pub(crate) fn expose(&self) -> &T {
        &self.0
    }

    pub(crate) fn expose_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: Zeroize> Drop for Secret<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<T: Zeroize> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(redacted)")
    }
}

/// Overwrites the stack below the caller's frame, where finished calls leave what they moved about: numbers have no
/// heap block that could be wiped.
#[cfg(not(loom))]
#[inline(never)]
pub(crate) fn scrub_stack() {
    let mut below = [0_u64; 4_096];
    // Whoever may look at it finds zeros, so they have to be written. A constant would lie elsewhere.
    std::hint::black_box(&mut below);
}

/// A model's stacks are smaller than that, and nobody searches them.
#[cfg(loom)]
pub(crate) const fn scrub_stack() {}

/// A `Debug` that says the type and nothing else: a value printed by accident is a value leaked.
macro_rules! redacted {
    ($($type:ty),+ $(,)?) => {
        $(impl std::fmt::Debug for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($type), "(redacted)"))
            }
        })+
    };
}
pub(crate) use redacted;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing_of_the_value() {
        assert_eq!(format!("{:?}", Secret::new(String::from("canary"))), "Secret(redacted)");
    }
}
