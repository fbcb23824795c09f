//! Where a Linux machine's files are: on this machine, or in a recording of one.

#[cfg(target_os = "linux")]
use std::{io, path::Path};

use rustix::fd::OwnedFd;
use rustix::fs::{CWD, Mode, OFlags, StatVfsMountFlags, openat, statvfs};
use rustix::io::Errno;

#[cfg(target_os = "linux")]
use crate::device::recording;
use crate::device::scratch::{Ends, Scratch};
use crate::outcome::Unavailable;

/// Where paths begin.
#[derive(Debug)]
pub(super) enum Root {
    /// This machine.
    Live,
    /// A recording. Links in it, absolute ones too, lead nowhere else. No phone reads one.
    #[cfg(target_os = "linux")]
    Recorded(OwnedFd),
    /// This machine, and what is read of it is kept.
    #[cfg(all(target_os = "linux", feature = "development"))]
    Recording(super::record::Tape),
}

impl Root {
    #[cfg(target_os = "linux")]
    pub(super) fn recorded(sysroot: &Path) -> io::Result<Self> {
        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(Self::Recorded(openat(CWD, sysroot, flags, Mode::empty())?))
    }

    pub(super) fn is_recorded(&self) -> bool {
        match self {
            #[cfg(target_os = "linux")]
            Self::Recorded(_) => true,
            Self::Live => false,
            #[cfg(all(target_os = "linux", feature = "development"))]
            Self::Recording(_) => false,
        }
    }

    pub(super) fn open(&self, path: &str, kind: OFlags) -> rustix::io::Result<OwnedFd> {
        // Without NONBLOCK a recording with a pipe in it would hang.
        let flags = kind | OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY;
        match self {
            #[cfg(target_os = "linux")]
            Self::Recorded(root) => recording::open(root, path, flags),
            Self::Live => openat(CWD, path, flags, Mode::empty()),
            #[cfg(all(target_os = "linux", feature = "development"))]
            Self::Recording(_) => openat(CWD, path, flags, Mode::empty()),
        }
    }

    /// Reads a file; `None` if there is no such file.
    pub(super) fn read<'s>(
        &self,
        path: &str,
        (limit, ends): (usize, Ends),
        scratch: &'s mut Scratch,
    ) -> Result<Option<&'s [u8]>, Unavailable> {
        let file = match self.open(path, OFlags::empty()) {
            Ok(file) => file,
            Err(errno) if is_absent(errno) => return Ok(None),
            Err(errno) => return Err(refusal(errno)),
        };
        match scratch.fill(limit, ends, |space| rustix::io::read(&file, space)) {
            Ok(Some(bytes)) => {
                #[cfg(all(target_os = "linux", feature = "development"))]
                if let Self::Recording(tape) = self {
                    tape.keep(path, bytes);
                }
                Ok(Some(bytes))
            }
            Ok(None) => Err(Unavailable::Malformed),
            // A process that ends between the two calls.
            Err(Errno::SRCH) => Ok(None),
            Err(errno) => Err(refusal(errno)),
        }
    }

    /// The file system that a directory lies on; `None` if there is no such directory.
    pub(super) fn storage(&self, path: &str, scratch: &mut Scratch) -> Result<Option<Storage>, Unavailable> {
        if !self.is_recorded() {
            let storage = match Storage::of(path) {
                Ok(storage) => storage,
                Err(errno) if is_absent(errno) => return Ok(None),
                Err(errno) => return Err(refusal(errno)),
            };
            #[cfg(all(target_os = "linux", feature = "development"))]
            if let Self::Recording(tape) = self {
                tape.keep_storage(path, storage);
            }
            return Ok(Some(storage));
        }
        let text = self.read(RECORDED_STORAGE, (64 * 1024, Ends::WithNothing), scratch)?;
        let text =
            std::str::from_utf8(text.ok_or(Unavailable::NotRecorded)?).map_err(|_| Unavailable::Malformed)?;
        let line = text.lines().find_map(|line| line.strip_prefix(path)?.strip_prefix(' '));
        line.map(|line| Storage::parse(line).ok_or(Unavailable::Malformed)).transpose()
    }
}

/// A recording has here what statfs(2) said, which no file says: a line each of path, bytes, and whether it is read only.
pub(super) const RECORDED_STORAGE: &str = "/statfs";

/// A file system.
#[derive(Clone, Copy)]
pub(super) struct Storage {
    /// Its total size.
    pub(super) bytes: u64,
    pub(super) is_read_only: bool,
}

impl Storage {
    fn of(path: &str) -> rustix::io::Result<Self> {
        let said = statvfs(path)?;
        Ok(Self {
            bytes: said.f_blocks.saturating_mul(said.f_frsize),
            is_read_only: said.f_flag.contains(StatVfsMountFlags::RDONLY),
        })
    }

    fn parse(line: &str) -> Option<Self> {
        let (bytes, mode) = line.trim().split_once(' ')?;
        let is_read_only = match mode {
            "ro" => true,
            "rw" => false,
            _ => return None,
        };
        Some(Self { bytes: bytes.parse().ok()?, is_read_only })
    }

    #[cfg(all(target_os = "linux", feature = "development"))]
    pub(super) fn line(self) -> String {
        format!("{} {}", self.bytes, if self.is_read_only { "ro" } else { "rw" })
    }
}

pub(super) fn is_absent(errno: Errno) -> bool {
    [Errno::NOENT, Errno::NOTDIR, Errno::SRCH].contains(&errno)
}

pub(super) fn refusal(errno: Errno) -> Unavailable {
    match errno {
        Errno::ACCESS | Errno::PERM => Unavailable::NotPermitted,
        Errno::ISDIR => Unavailable::Malformed,
        _ => Unavailable::ReadFailed,
    }
}
