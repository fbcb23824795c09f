//! The files of a recorded machine, in which links, absolute ones too, lead nowhere else.
//!
//! The kernel does the same by openat2. But a system-call filter cannot see what that call is to do with a file, so who locks
//! itself in must not allow it; here the way is walked by calls that a filter sees through.

use rustix::fd::OwnedFd;
use rustix::fs::{Mode, OFlags, openat, readlinkat};
use rustix::io::{Errno, Result};

/// How many links may be on a way: as many as the kernel follows.
const LINKS: usize = 40;

/// Opens a file below the root.
pub(crate) fn open(root: &OwnedFd, path: &str, flags: OFlags) -> Result<OwnedFd> {
    let flags = flags | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let (mut directories, mut links) = (Vec::<OwnedFd>::new(), 0);
    // The next name is the last one.
    let mut names = names(path.as_bytes());
    while let Some(name) = names.pop() {
        let here = directories.last().unwrap_or(root);
        if name == b".." {
            // Above the root there is the root.
            directories.pop();
            continue;
        }
        match readlinkat(here, name.as_slice(), Vec::new()) {
            Ok(target) => {
                links += 1;
                if links > LINKS {
                    return Err(Errno::LOOP);
                }
                if target.as_bytes().starts_with(b"/") {
                    directories.clear();
                }
                names.extend(self::names(target.as_bytes()));
            }
            Err(Errno::INVAL) if names.is_empty() => {
                return openat(here, name.as_slice(), flags, Mode::empty());
            }
            Err(Errno::INVAL) => {
                let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
                let directory = openat(here, name.as_slice(), flags, Mode::empty())?;
                directories.push(directory);
            }
            Err(errno) => return Err(errno),
        }
    }
    openat(directories.last().unwrap_or(root), ".", flags, Mode::empty())
}

/// A path's names, the first of them last.
fn names(path: &[u8]) -> Vec<Vec<u8>> {
    let names = path.split(|byte| *byte == b'/').filter(|name| !name.is_empty() && *name != b".");
    names.rev().map(<[u8]>::to_vec).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::disallowed_methods, reason = "a test makes what is read")]

    use std::fs;
    use std::os::unix::fs::symlink;

    use rustix::fs::{CWD, ResolveFlags, fstat, openat2};

    use super::*;

    /// The kernel begins anew if somebody renamed something on this machine while it went up.
    fn kernels_own(root: &OwnedFd, path: &str, flags: OFlags) -> Result<OwnedFd> {
        loop {
            match openat2(root, path, flags, Mode::empty(), ResolveFlags::IN_ROOT) {
                Err(Errno::AGAIN) => {}
                other => return other,
            }
        }
    }

    /// Whatever the way, the file is the one that the kernel would open, or its refusal the same.
    #[test]
    fn a_way_ends_where_the_kernel_says() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("root");
        fs::create_dir_all(root.join("a/b/c")).unwrap();
        for (path, text) in
            [("outside", "o"), ("root/top", "t"), ("root/a/file", "f"), ("root/a/b/c/deep", "d")]
        {
            fs::write(folder.path().join(path), text).unwrap();
        }
        let up = "../".repeat(30);
        let links = [
            ("relative", "a/file"),
            ("absolute", "/a/file"),
            ("out", "../outside"),
            ("far", &format!("{up}outside")),
            ("farther", &format!("{up}a/b/../file")),
            ("a/b/up", ".."),
            ("a/b/c/up", "../../../../../top"),
            ("a/b/root", "/"),
            ("folder", "a//b/./c/"),
            ("chain", "folder/up"),
            ("loop", "/loop"),
            ("ping", "pong"),
            ("pong", "/ping"),
            ("dangling", "nowhere/at/all"),
            ("through", "top/x"),
            ("machine", "/proc/self/exe"),
            ("self", "."),
        ];
        for (link, target) in links {
            symlink(target, root.join(link)).unwrap();
        }
        // One link more than the kernel follows, and as many.
        for link in 0..=40 {
            symlink(
                if link == 0 { "top".to_owned() } else { format!("l{}", link - 1) },
                root.join(format!("l{link}")),
            )
            .unwrap();
        }
        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let root = openat(CWD, &root, flags, Mode::empty()).unwrap();
        let mut opened = 0;
        let names = links.map(|(link, _)| link.to_owned());
        let more = [
            "/",
            ".",
            "..",
            "../..",
            "/top",
            "top/",
            "top/.",
            "a",
            "a/..",
            "nowhere",
            "a/b/root/top",
            "l39",
            "l40",
            "machine",
        ];
        let ends = ["", "/", "/..", "/deep", "/file", "/up", "/../top", "/up/up/top"];
        for name in names.into_iter().chain(more.map(str::to_owned)) {
            for end in ends {
                let path = format!("/{name}{end}");
                for flags in [OFlags::RDONLY, OFlags::RDONLY | OFlags::DIRECTORY] {
                    let which = |file: OwnedFd| fstat(&file).map(|file| (file.st_dev, file.st_ino));
                    let kernels = kernels_own(&root, &path, flags).and_then(which);
                    let own = open(&root, &path, flags).and_then(which);
                    // A trailing slash after a file asks for a folder; no reader's path has one.
                    if !(path.ends_with(['/', '.']) && kernels == Err(Errno::NOTDIR)) {
                        assert_eq!(own, kernels, "{path}");
                    }
                    opened += usize::from(kernels.is_ok());
                }
            }
        }
        assert!(opened > 50, "{opened}");
    }
}
