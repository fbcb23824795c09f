//! Links in a recorded machine lead where the kernel's own walk below a root does, and never out of it.
#![no_main]

use std::fs;
use std::os::unix::fs::{MetadataExt as _, symlink};
use std::path::Path;

use libfuzzer_sys::fuzz_target;
use rustix::fd::OwnedFd;
use rustix::fs::{CWD, Mode, OFlags, ResolveFlags, fstat, openat, openat2};
use rustix::io::Errno;
use scruple::fuzzing::open_recorded;
use scruple_fuzz::{Result, Unstructured, machine};

fuzz_target!(|bytes: &[u8]| {
    let _ = walk(&mut Unstructured::new(bytes));
});

fn walk(from: &mut Unstructured<'_>) -> Result<()> {
    let folder = machine::folder();
    let root = folder.path().join("r");
    fs::create_dir(&root).unwrap();
    fs::write(folder.path().join("a"), "outside").unwrap();
    for _ in 0..from.int_in_range(1..=12)? {
        make(&root, from)?;
    }
    let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let root = openat(CWD, &root, flags, Mode::empty()).unwrap();
    let outside = fs::metadata(folder.path().join("a")).unwrap().ino();
    for _ in 0..8 {
        let path = format!("/{}", path(from)?);
        let which = |file: OwnedFd| fstat(&file).map(|file| (file.st_dev, file.st_ino)).unwrap();
        let flags = OFlags::RDONLY | OFlags::NONBLOCK;
        let kernels = loop {
            match openat2(&root, path.as_str(), flags, Mode::empty(), ResolveFlags::IN_ROOT) {
                // Somebody renamed something on this machine while the kernel went up.
                Err(Errno::AGAIN) => {}
                other => break other.map(which).map_err(Errno::raw_os_error),
            }
        };
        let own = open_recorded(&root, &path).map(which);
        assert!(own.is_ok_and(|(_, inode)| inode != outside) || own.is_err(), "out of the root: {path}");
        // A dot or a slash after a file asks for a folder; no reader's path has one, but a link may.
        let asks_for_a_folder = kernels == Err(NOT_A_FOLDER) && own.is_ok();
        assert!(own == kernels || asks_for_a_folder, "{path}: {own:?} and not {kernels:?}");
    }
    Ok(())
}

/// `ENOTDIR`.
const NOT_A_FOLDER: i32 = 20;

/// A folder, a file or a link with a short path; what cannot be made there is not made.
fn make(root: &Path, from: &mut Unstructured<'_>) -> Result<()> {
    let (kind, place) = (from.int_in_range(0..=5)?, path(from)?);
    // Links are made as they are, and nothing is made through one.
    let names: Vec<_> = place.split('/').filter(|name| !matches!(*name, "" | "." | "..")).collect();
    let mut at = root.to_path_buf();
    for name in &names {
        if at.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink()) {
            return Ok(());
        }
        at.push(name);
    }
    let _ = match kind {
        0 => fs::create_dir_all(&at),
        1 => fs::write(&at, "inside"),
        _ => symlink(if from.arbitrary()? { format!("/{}", path(from)?) } else { path(from)? }, &at),
    };
    Ok(())
}

/// Up to six names, few different ones, so that they meet.
fn path(from: &mut Unstructured<'_>) -> Result<String> {
    let length = from.int_in_range(1..=6)?;
    let names = (0..length).map(|_| from.choose(&["a", "b", "c", "..", ".", "", "a"]).copied());
    let path = names.collect::<Result<Vec<_>>>()?.join("/");
    // An empty path is no path.
    Ok(if path.is_empty() { "a".to_owned() } else { path })
}
