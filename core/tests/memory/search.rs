//! Canaries: a recorded machine whose texts they are, and the search for them in this process's memory.

use std::fs::{self, File};
use std::ops::Range;
use std::os::unix::fs::FileExt as _;

use tempfile::TempDir;

/// Where a canary is put, by its number.
pub(crate) const DEVICE: Range<u8> = 0..9;
pub(crate) const PROCESS: Range<u8> = 9..11;
pub(crate) const SERIAL: u8 = 11;
pub(crate) const HOST: Range<u8> = 12..25;
pub(crate) const FEATURE: Range<u8> = 25..30;
pub(crate) const LAST: u8 = 29;

pub(crate) const MASK: u8 = 0xa5;
pub(crate) const LENGTH: usize = 24;

/// The byte of a canary at a place: letters, so that it passes for a name.
fn masked(scenario: u8, canary: u8, at: usize) -> u8 {
    let letter = match at {
        // The beginning is common to all, so that one pass finds them.
        0..8 => (at as u8).wrapping_mul(11) % 26,
        8 => scenario,
        9 => canary % 13,
        10 => canary / 13,
        _ => (at as u8).wrapping_mul(7).wrapping_add(scenario).wrapping_add(canary) % 26,
    };
    (b'A' + letter) ^ MASK
}

/// A recorded machine whose every text is a canary of the scenario.
pub(crate) fn machine(scenario: u8, processes: u32) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    let write = |path: &str, before: &[u8], canary: u8, after: &[u8]| {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let mut text = before.to_vec();
        text.extend((0..LENGTH).map(|at| masked(scenario, canary, at) ^ MASK));
        text.extend(after);
        fs::write(path, text).unwrap();
    };
    write("sys/class/dmi/id/product_name", b"", 0, b"\n");
    write("sys/class/dmi/id/product_family", b"", 1, b"\n");
    write("sys/class/dmi/id/sys_vendor", b"", 2, b"\n");
    write("sys/class/dmi/id/bios_version", b"", 3, b"\n");
    write("etc/hostname", b"", 4, b"\n");
    write("etc/os-release", b"VERSION_ID=1\nPRETTY_NAME=\"", 5, b"\"\n");
    write("proc/sys/kernel/osrelease", b"", 6, b"\n");
    write("proc/cpuinfo", b"processor : 0\nmodel name : ", 7, b"\n");
    let cpuinfo = root.path().join("proc/cpuinfo");
    let first = fs::read(&cpuinfo).unwrap();
    write("proc/cpuinfo", &[&first[..], b"Hardware : "].concat(), 8, b"\n");
    let second = fs::read(&cpuinfo).unwrap();
    write("proc/cpuinfo", &[&second[..], b"Serial : "].concat(), SERIAL, b"\n");
    for pid in 1..=processes {
        write(&format!("proc/{pid}/comm"), b"", PROCESS.start + (pid % 2) as u8, b"\n");
    }
    root
}

/// Which canaries of the scenario lie somewhere in this process's writable memory.
pub(crate) fn found(scenario: u8) -> Vec<u8> {
    let canaries = (0..=LAST).map(|canary| (0..LENGTH).map(|at| masked(scenario, canary, at)).collect());
    let forms: Vec<_> = canaries.flat_map(|canary: Vec<u8>| forms(&canary)).collect();
    let mut found: Vec<_> = search(&forms).into_iter().map(|at| u8::try_from(at / FORMS).unwrap()).collect();
    found.dedup();
    found
}

/// Of which canaries of a machine the end lies somewhere. The system's allocator writes its own notes over the beginning of what is freed.
pub(crate) fn ends(scenario: u8) -> Vec<u8> {
    let ends: Vec<_> = (0..=SERIAL)
        .map(|canary| (LENGTH - 8..LENGTH).map(|at| masked(scenario, canary, at)).collect())
        .collect();
    search(&ends).into_iter().map(|at| u8::try_from(at).unwrap()).collect()
}

/// In how many forms a canary is looked for.
pub(crate) const FORMS: usize = 5;

/// A masked text as UTF-8, as UTF-16, and inside of Base64, where it begins at the first, second or third byte of a group. All of it is
/// masked, and none is made of the plain text.
fn forms(masked: &[u8]) -> [Vec<u8>; FORMS] {
    let utf_16 = masked.iter().flat_map(|byte| [*byte, MASK]).collect();
    [masked.to_vec(), utf_16, base64(masked, 0), base64(masked, 1), base64(masked, 2)]
}

/// The letters of Base64 that depend on the text alone, whatever stands before and after it.
fn base64(masked: &[u8], before: usize) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bit = |at: usize| (masked[at / 8] ^ MASK) >> (7 - at % 8) & 1;
    // Six bits a letter, from the first letter that begins inside of the text.
    let first = (6 - 8 * before % 6) % 6;
    let letters = (first..masked.len() * 8 - 5).step_by(6);
    letters
        .map(|at| LETTERS[(0..6).fold(0, |letter, of| letter << 1 | bit(at + of)) as usize] ^ MASK)
        .collect()
}

/// Which of the masked needles lie somewhere in this process's writable memory, by their numbers.
pub(crate) fn search(needles: &[Vec<u8>]) -> Vec<usize> {
    let memory = File::open("/proc/self/mem").unwrap();
    let mut window = vec![0_u8; 1 << 20];
    let own = window.as_ptr() as u64..window.as_ptr() as u64 + window.len() as u64;
    let longest = needles.iter().map(Vec::len).max().unwrap();
    let mut begins = [false; 256];
    needles.iter().for_each(|needle| begins[usize::from(needle[0] ^ MASK)] = true);
    let mut found = Vec::new();
    let mut searched = Vec::new();
    for line in fs::read_to_string("/proc/self/maps").unwrap().lines() {
        let mut fields = line.split_ascii_whitespace();
        let (addresses, access) = (fields.next().unwrap(), fields.next().unwrap());
        if !access.starts_with("rw") {
            continue;
        }
        let (start, end) = addresses.split_once('-').unwrap();
        let (mut at, end) = (u64::from_str_radix(start, 16).unwrap(), u64::from_str_radix(end, 16).unwrap());
        searched.push(fields.nth(3).unwrap_or_default().to_owned());
        while at < end {
            let length = window.len().min(usize::try_from(end - at).unwrap());
            let Ok(read) = memory.read_at(&mut window[..length], at) else { break };
            for offset in 0..read {
                // The window is a copy of what it shows.
                if begins[usize::from(window[offset])] && !own.contains(&(at + offset as u64)) {
                    found.extend(needles.iter().enumerate().filter_map(|(number, needle)| {
                        let there = window[offset..read].iter().map(|byte| byte ^ MASK);
                        (needle.len() <= read - offset && needle.iter().copied().eq(there.take(needle.len())))
                            .then_some(number)
                    }));
                }
            }
            if read <= longest || at + read as u64 >= end {
                break;
            }
            // What lies across two windows is seen by the second.
            at += (read - longest) as u64;
        }
    }
    assert!(searched.iter().any(|name| name == "[heap]"), "the heap was not searched");
    assert!(searched.iter().any(|name| name == "[stack]"), "the stack was not searched");
    found.sort_unstable();
    found.dedup();
    found
}

/// A canary as a source or a host would hand it over.
pub(crate) fn canary(scenario: u8, canary: u8) -> String {
    (0..LENGTH).map(|at| char::from(masked(scenario, canary, at) ^ MASK)).collect()
}
