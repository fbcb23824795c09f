//! Measures the limit: the system calls that Scruple makes to read a Linux machine (`core/src/device/linux.rs`), in
//! the same order, the failing ones included. Nothing is parsed but directory entries; nothing is allocated.

#![allow(unsafe_code, reason = "system calls by hand")]

mod samples;

use std::ffi::{CStr, c_int};
use std::hint::black_box;
use std::mem::MaybeUninit;

use samples::Repeated;

fn main() {
    samples::take(prepare);
}

fn prepare(subject: &str) -> Repeated {
    let mut machine = Machine { text: vec![0; 64 * 1024], entries: vec![0; 64 * 1024], end: 0 };
    match subject {
        "device" => Box::new(move || machine.device()),
        "processes" => Box::new(move || machine.processes()),
        "both" => Box::new(move || {
            machine.device();
            machine.processes();
        }),
        other => panic!("no such subject: {other}"),
    }
}

/// Where the kernel writes to.
struct Machine {
    /// One file after the other.
    text: Vec<u8>,
    /// One directory after the other; room for two thousand processes.
    entries: Vec<u8>,
    /// Where the present directory ends.
    end: usize,
}

impl Machine {
    /// The device items, in the agreement's order.
    fn device(&mut self) {
        storage();
        if self.line(c"/sys/class/dmi/id/product_name").is_none() {
            self.line(c"/proc/device-tree/model");
        }
        if self.line(c"/etc/os-release").is_none() {
            self.line(c"/usr/lib/os-release");
        }
        self.line(c"/sys/class/dmi/id/bios_version");
        self.resolution();
        self.file(c"/proc/cpuinfo");
        if self.line(c"/sys/devices/system/cpu/present").is_none() {
            self.line(c"/sys/devices/system/cpu/possible");
        }
        self.frequencies();
        self.line(c"/sys/class/dmi/id/product_family");
        self.line(c"/sys/class/dmi/id/sys_vendor");
        self.line(c"/proc/sys/kernel/osrelease");
        self.line(c"/proc/sys/kernel/hostname");
    }

    /// The first connector with a display, else the frame buffer.
    fn resolution(&mut self) {
        self.directory(c"/sys/class/drm");
        let mut at = 0;
        while let Some(name) = self.entry(&mut at) {
            let is_connector = name.contains(&b'-');
            let status = Path::new([b"/sys/class/drm/", name, b"/status"]);
            let modes = Path::new([b"/sys/class/drm/", name, b"/modes"]);
            if is_connector && self.line(status.get()).is_some_and(|text| text.starts_with(b"connected")) {
                self.line(modes.get());
                return;
            }
        }
        for mode in [c"/sys/class/graphics/fb0/mode", c"/sys/class/graphics/fb0/modes"] {
            if self.line(mode).is_some_and(|mode| mode.len() > 1) {
                return;
            }
        }
    }

    /// The highest frequency of each group of cores.
    fn frequencies(&mut self) {
        self.directory(c"/sys/devices/system/cpu/cpufreq");
        let (mut at, mut found) = (0, false);
        while let Some(name) = self.entry(&mut at) {
            if name.starts_with(b"policy") {
                let path = Path::new([b"/sys/devices/system/cpu/cpufreq/", name, b"/cpuinfo_max_freq"]);
                found |= self.line(path.get()).is_some();
            }
        }
        if !found {
            // Where the first core has none, no other has.
            self.line(c"/sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq");
        }
    }

    /// The process list.
    fn processes(&mut self) {
        self.directory(c"/proc");
        let mut at = 0;
        while let Some(name) = self.entry(&mut at) {
            if name.iter().all(u8::is_ascii_digit) {
                self.line(Path::new([b"/proc/", name, b"/comm"]).get());
            }
        }
    }

    /// A file that the kernel gives in one piece, and that ends with a line: no empty read tells that it ends.
    fn line(&mut self, path: &CStr) -> Option<&[u8]> {
        let file = open(path, 0)?;
        let mut length = 0;
        loop {
            let room = &mut self.text[length..];
            // SAFETY: the kernel writes at most as much as there is room for.
            match unsafe { libc::read(file, room.as_mut_ptr().cast(), room.len()) } {
                count @ 1.. => length += count as usize,
                _ => break,
            }
            if self.text[..length].ends_with(b"\n") {
                break;
            }
        }
        close(file);
        Some(black_box(&self.text[..length]))
    }

    /// The last part of a file that the kernel gives piece by piece.
    fn file(&mut self, path: &CStr) -> Option<&[u8]> {
        let file = open(path, 0)?;
        let mut length = 0;
        // SAFETY: the kernel writes at most as much as there is room for.
        while let count @ 1.. = unsafe { libc::read(file, self.text.as_mut_ptr().cast(), self.text.len()) } {
            length = count as usize;
        }
        close(file);
        Some(black_box(&self.text[..length]))
    }

    /// All entries of a directory; none if there is no such directory.
    fn directory(&mut self, path: &CStr) {
        self.end = 0;
        let Some(directory) = open(path, libc::O_DIRECTORY) else { return };
        loop {
            let room = &mut self.entries[self.end..];
            let (to, size) = (room.as_mut_ptr(), room.len());
            // SAFETY: the kernel writes at most as much as there is room for.
            match unsafe { libc::syscall(libc::SYS_getdents64, directory, to, size) } {
                count @ 1.. => self.end += count as usize,
                _ => break,
            }
        }
        close(directory);
    }

    /// The name of the directory entry at a place, which moves on to the next.
    fn entry(&self, at: &mut usize) -> Option<&[u8]> {
        // struct linux_dirent64: eight bytes each of inode and offset, two of length, one of type, then the name.
        let entry = &self.entries[*at..self.end];
        let length = usize::from(u16::from_ne_bytes(entry.get(16..18)?.try_into().ok()?));
        *at += length;
        Some(CStr::from_bytes_until_nul(&entry[19..length]).ok()?.to_bytes())
    }
}

/// A path put together on the stack.
struct Path([u8; 512]);

impl Path {
    fn new(parts: [&[u8]; 3]) -> Self {
        let mut path = [0; 512];
        let mut at = 0;
        for part in parts {
            path[at..at + part.len()].copy_from_slice(part);
            at += part.len();
        }
        Self(path)
    }

    fn get(&self) -> &CStr {
        CStr::from_bytes_until_nul(&self.0).expect("three names are shorter than 512 bytes")
    }
}

fn open(path: &CStr, kind: c_int) -> Option<c_int> {
    let flags = kind | libc::O_RDONLY | libc::O_CLOEXEC | libc::O_NONBLOCK | libc::O_NOCTTY;
    // SAFETY: the path ends with a NUL.
    let file = unsafe { libc::open(path.as_ptr(), flags) };
    (file >= 0).then_some(file)
}

fn close(file: c_int) {
    // SAFETY: `open` gave it, and nobody else has it.
    unsafe { libc::close(file) };
}

fn storage() {
    let mut storage = MaybeUninit::<libc::statfs>::uninit();
    // SAFETY: the path ends with a NUL, and there is room for the answer.
    black_box(unsafe { libc::statfs(c"/home".as_ptr(), storage.as_mut_ptr()) });
}
