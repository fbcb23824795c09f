//! Kinds of cores by the kernel's number for them, `CPUFAMILY_ARM_…` in `mach/machine.h`.

/// The kinds of core, the fastest first; none for a number that is newer than this table.
pub(super) const fn cores(family: u32) -> &'static [&'static str] {
    match family {
        0x2c91_a47e => &["Typhoon"],
        0x92fb_37c8 => &["Twister"],
        // The small one, Zephyr, has no name in the header.
        0x67ce_ee93 => &["Hurricane"],
        0xe81e_7ef6 => &["Monsoon", "Mistral"],
        0x07d3_4b9f => &["Vortex", "Tempest"],
        0x4625_04d2 => &["Lightning", "Thunder"],
        0x1b58_8bb3 => &["Firestorm", "Icestorm"],
        0xda33_d83d => &["Avalanche", "Blizzard"],
        0x8765_edea => &["Everest", "Sawtooth"],
        0x2876_f5b5 => &["Coll"],
        0xfa33_415e => &["Ibiza"],
        0x7201_5832 => &["Palma"],
        0x5f4d_ea93 => &["Lobos"],
        0x6f51_29ac => &["Donan"],
        0x17d5_b93a => &["Brava"],
        0x75d4_acb9 => &["Tahiti"],
        0x2045_26d0 => &["Tupai"],
        _ => &[],
    }
}
