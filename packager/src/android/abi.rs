//! The kinds of processor that Android phones have.

/// One kind, under everybody's name for it.
pub struct Abi {
    /// Android's: a directory in every app.
    pub name: &'static str,
    /// Rust's.
    pub target: &'static str,
    /// ELF's.
    pub(super) machine: &'static str,
    /// How many bits an address has.
    pub(super) bits: u32,
    /// The linker's.
    pub(super) emulation: &'static str,
    /// What else the linker has to know.
    pub(super) options: &'static [&'static str],
}

/// Nearly every phone that is sold.
pub const ARM64: Abi = Abi {
    name: "arm64-v8a",
    target: "aarch64-linux-android",
    machine: "aarch64",
    bits: 64,
    emulation: "aarch64linux",
    // A fault of the first such phones' processors.
    options: &["--fix-cortex-a53-843419"],
};

/// Old and small phones.
pub const ARM32: Abi = Abi {
    name: "armeabi-v7a",
    target: "armv7-linux-androideabi",
    machine: "arm",
    bits: 32,
    emulation: "armelf_linux_eabi",
    options: &[],
};

/// All of them, that one first.
pub const ABIS: &[Abi] = &[
    ARM64,
    ARM32,
    // Google's emulator.
    Abi {
        name: "x86_64",
        target: "x86_64-linux-android",
        machine: "x86_64",
        bits: 64,
        emulation: "elf_x86_64",
        options: &[],
    },
];
