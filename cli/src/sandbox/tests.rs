//! What the sandbox refuses, with both layers and with each of them alone. Each attempt works outside of it.

use std::ffi::CString;
use std::fs::{self, File, OpenOptions};
use std::io::ErrorKind;
use std::net::{TcpListener, UdpSocket};
use std::os::fd::AsRawFd as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::net::{UnixDatagram, UnixStream};
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::Command;
use std::{io, thread};

use super::*;

/// A system call as it is, so that an attempt depends on no library's way of making it.
#[allow(unsafe_code, reason = "the system calls that are to be refused have no other form")]
fn call(number: libc::c_long, arguments: [usize; 6]) -> io::Result<libc::c_long> {
    let [a, b, c, d, e, f] = arguments;
    // SAFETY: every pointer among the arguments is to what outlives the call; what is refused touches no memory.
    match unsafe { libc::syscall(number, a, b, c, d, e, f) } {
        -1 => Err(io::Error::last_os_error()),
        result => Ok(result),
    }
}

/// A folder with what the attempts are made on, each time as it was.
struct Place {
    folder: tempfile::TempDir,
    /// Open for reading and writing before anybody is locked in, as a shell could hand it down.
    inherited: File,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("there"), "x".repeat(8192)).unwrap();
        let inherited = OpenOptions::new().read(true).write(true).open(folder.path().join("there")).unwrap();
        Self { folder, inherited }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn c(&self, name: &str) -> CString {
        CString::new(self.at(name).into_os_string().into_encoded_bytes()).unwrap()
    }

    /// By name and by what is open: everything that makes or changes a file.
    fn writes(&self) -> Vec<(&'static str, io::Result<()>)> {
        const HERE: usize = libc::AT_FDCWD as usize;
        let (there, fd) = (self.at("there"), self.inherited.as_raw_fd() as usize);
        let new = |name: &str| self.c(name);
        let raw = |number, arguments| call(number, arguments).map(drop);
        let pointer = |path: &CString| path.as_ptr() as usize;
        // As in linux/openat2.h: flags, mode, resolve.
        let how = [(libc::O_CREAT | libc::O_WRONLY) as u64, 0o600, 0];
        let nothing: [libc::iovec; 1] = [libc::iovec { iov_base: b"x".as_ptr() as *mut _, iov_len: 1 }];
        let mut pipe: [libc::c_int; 2] = [0; 2];
        let mut all = vec![
            ("write a file", fs::write(self.at("written"), "x")),
            ("open one to append", OpenOptions::new().append(true).open(&there).map(drop)),
            ("open one to write", OpenOptions::new().write(true).open(&there).map(drop)),
            ("cut one off as it is opened", {
                let flags = (libc::O_RDONLY | libc::O_TRUNC) as usize;
                raw(libc::SYS_openat, [HERE, pointer(&new("there")), flags, 0, 0, 0])
            }),
            ("make one to read", {
                let flags = (libc::O_RDONLY | libc::O_CREAT) as usize;
                raw(libc::SYS_openat, [HERE, pointer(&new("made-to-read")), flags, 0o600, 0, 0])
            }),
            ("make one without a name", {
                let flags = (libc::O_TMPFILE | libc::O_RDWR) as usize;
                raw(libc::SYS_openat, [HERE, pointer(&new(".")), flags, 0o600, 0, 0])
            }),
            ("make one by openat2", {
                let path = new("by-openat2");
                raw(libc::SYS_openat2, [HERE, pointer(&path), how.as_ptr() as usize, size_of_val(&how), 0, 0])
            }),
            (
                "make a pipe",
                raw(
                    libc::SYS_mknodat,
                    [HERE, pointer(&new("pipe")), libc::S_IFIFO as usize | 0o600, 0, 0, 0],
                ),
            ),
            ("make a directory", fs::create_dir(self.at("made"))),
            ("link", fs::hard_link(&there, self.at("hard"))),
            ("link symbolically", symlink("there", self.at("soft"))),
            ("cut one off by name", raw(libc::SYS_truncate, [pointer(&new("there")), 4096, 0, 0, 0, 0])),
            ("change who may read", fs::set_permissions(&there, fs::Permissions::from_mode(0o600))),
            ("change when it was", raw(libc::SYS_utimensat, [HERE, pointer(&new("there")), 0, 0, 0, 0])),
            ("rename", fs::rename(&there, self.at("renamed"))),
            ("rename back", fs::rename(self.at("renamed"), &there)),
            ("write into what is open", raw(libc::SYS_write, [fd, b"x".as_ptr() as usize, 1, 0, 0, 0])),
            ("write at a place", raw(libc::SYS_pwrite64, [fd, b"x".as_ptr() as usize, 1, 0, 0, 0])),
            ("write pieces", raw(libc::SYS_writev, [fd, nothing.as_ptr() as usize, 1, 0, 0, 0])),
            ("cut off what is open", self.inherited.set_len(8192)),
            ("take room", raw(libc::SYS_fallocate, [fd, 0, 0, 8192, 0, 0])),
            (
                "change who may read what is open",
                self.inherited.set_permissions(fs::Permissions::from_mode(0o600)),
            ),
            ("copy within the kernel", raw(libc::SYS_sendfile, [fd, fd, 0, 1, 0, 0])),
            ("map to write", {
                let (protection, shared) =
                    ((libc::PROT_READ | libc::PROT_WRITE) as usize, libc::MAP_SHARED as usize);
                raw(libc::SYS_mmap, [0, 4096, protection, shared, fd, 0])
            }),
            ("put it in stdout's place", raw(libc::SYS_dup3, [fd, 1000, 0, 0, 0, 0])),
            ("put it elsewhere", raw(libc::SYS_fcntl, [fd, libc::F_DUPFD as usize, 1000, 0, 0, 0])),
            ("make a file in memory", raw(libc::SYS_memfd_create, [pointer(&new("memory")), 0, 0, 0, 0, 0])),
            ("make a pipe without a name", raw(libc::SYS_pipe2, [pipe.as_mut_ptr() as usize, 0, 0, 0, 0, 0])),
            ("remove", fs::remove_file(&there)),
            ("remove a directory", fs::remove_dir(self.at("made"))),
        ];
        #[cfg(target_arch = "x86_64")]
        all.extend([
            ("make one by creat", raw(libc::SYS_creat, [pointer(&new("by-creat")), 0o600, 0, 0, 0, 0])),
            ("make one by open", {
                let flags = (libc::O_CREAT | libc::O_WRONLY) as usize;
                raw(libc::SYS_open, [pointer(&new("by-open")), flags, 0o600, 0, 0, 0])
            }),
            ("make a directory as of old", raw(libc::SYS_mkdir, [pointer(&new("old")), 0o700, 0, 0, 0, 0])),
        ]);
        all
    }

    /// Those of them that Landlock sees too: files that are made, opened to write, cut off, moved and removed.
    fn has_landlock(what: &str) -> bool {
        ![
            "change",
            "write into",
            "write at",
            "write pieces",
            "cut off what is open",
            "take room",
            "copy within",
            "map",
        ]
        .iter()
        .any(|other| what.starts_with(other))
            && !["put it", "make a file in memory", "make a pipe without"]
                .iter()
                .any(|other| what.starts_with(other))
    }
}

/// Sockets and other programs.
fn others() -> Vec<(&'static str, io::Result<()>)> {
    vec![
        ("open a TCP socket", TcpListener::bind("127.0.0.1:0").map(drop)),
        ("open a UDP socket", UdpSocket::bind("127.0.0.1:0").map(drop)),
        ("open a Unix socket", UnixDatagram::unbound().map(drop)),
        ("open two of them", UnixStream::pair().map(drop)),
        ("start a program", Command::new("/bin/true").status().map(drop)),
    ]
}

/// Which layers the kernel is made to lack, by a filter below the command's own.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Lacks {
    Nothing,
    Landlock,
    Filters,
    Both,
}

impl Lacks {
    fn enter(self) {
        let (landlock, filters) = (libc::SYS_landlock_create_ruleset, libc::SYS_seccomp);
        let calls = match self {
            Self::Nothing => return,
            Self::Landlock => vec![landlock],
            Self::Filters => vec![filters],
            Self::Both => vec![landlock, filters],
        };
        let rules = calls.into_iter().map(|call| (call, Vec::new())).collect();
        install(rules, SeccompAction::Allow, SeccompAction::Errno(libc::EOPNOTSUPP as u32)).unwrap();
    }
}

/// In a thread of its own, since there is no way out of a sandbox.
fn inside<T: Send>(
    lacks: Lacks,
    paths: &[&str],
    readable: Readable,
    then: impl FnOnce() -> T + Send,
) -> (Option<String>, T) {
    thread::scope(|scope| {
        let inside = scope.spawn(|| {
            lacks.enter();
            (lock(paths, readable), then())
        });
        inside.join().expect("the sandboxed thread ends")
    })
}

const READABLE: [Readable; 2] = [Readable::Machine, Readable::Recording];

fn kinds(
    attempts: impl IntoIterator<Item = (&'static str, io::Result<()>)>,
) -> Vec<(&'static str, Option<ErrorKind>)> {
    attempts.into_iter().map(|(what, done)| (what, done.err().map(|error| error.kind()))).collect()
}

#[test]
fn outside_each_attempt_works() {
    for (what, refused) in kinds(Place::new().writes().into_iter().chain(others())) {
        assert_eq!(refused, None, "{what}");
    }
}

/// With both layers, and where the kernel has no Landlock, on this machine and on a recorded one.
#[test]
fn the_filter_alone_refuses_each() {
    for (lacks, readable) in
        [Lacks::Nothing, Lacks::Landlock].into_iter().flat_map(|l| READABLE.map(|r| (l, r)))
    {
        let place = Place::new();
        let path = place.folder.path().to_str().unwrap().to_owned();
        let (words, refused) =
            inside(lacks, &[&path], readable, || kinds(place.writes().into_iter().chain(others())));
        assert_eq!(words.is_some(), lacks == Lacks::Landlock, "{words:?}");
        for (what, refused) in refused {
            assert_eq!(refused, Some(ErrorKind::PermissionDenied), "{what}: {lacks:?}, {readable:?}");
        }
        let left: Vec<_> =
            fs::read_dir(place.folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["there"], "{lacks:?}, {readable:?}");
        assert_eq!(fs::read_to_string(place.at("there")).unwrap(), "x".repeat(8192));
    }
}

/// Where no filter can be had, what the words say of Landlock is so.
#[test]
fn landlock_alone_refuses_files_and_programs() {
    let place = Place::new();
    let path = place.folder.path().to_str().unwrap().to_owned();
    let (words, (files, program)) = inside(Lacks::Filters, &[&path], Readable::Machine, || {
        (kinds(place.writes()), Command::new("/bin/true").status().map(drop).map_err(|error| error.kind()))
    });
    let words = words.unwrap();
    assert!(words.contains("Landlock alone") && words.contains("filter is not in force"), "{words}");
    let mut seen = 0;
    for (what, refused) in files.into_iter().filter(|(what, _)| Place::has_landlock(what)) {
        assert!(refused.is_some(), "{what}");
        seen += 1;
    }
    assert!(seen > 12, "{seen}");
    assert_eq!(program, Err(ErrorKind::PermissionDenied));
}

#[test]
fn where_there_is_neither_the_words_say_so() {
    let place = Place::new();
    let path = place.folder.path().to_str().unwrap().to_owned();
    let (words, written) =
        inside(Lacks::Both, &[&path], Readable::Machine, || fs::write(place.at("written"), "x").is_ok());
    assert!(written, "nothing forbids it");
    assert!(words.unwrap().contains("nothing forbids writing files, sockets and other programs"));
}

/// Whatever call there is: what is not on the list is refused, without a look at its arguments.
#[test]
fn what_is_not_on_the_list_is_refused() {
    let looked_at = [
        libc::SYS_openat,
        libc::SYS_write,
        libc::SYS_mmap,
        libc::SYS_ioctl,
        libc::SYS_fcntl,
        libc::SYS_prctl,
        libc::SYS_clone,
    ];
    for readable in READABLE {
        let own = match readable {
            Readable::Machine => libc::SYS_statfs,
            Readable::Recording => libc::SYS_readlinkat,
        };
        let is_allowed =
            |call: &libc::c_long| ALLOWED.contains(call) || looked_at.contains(call) || *call == own;
        // These two are for the kernel's own probes, which a filter does not see; whoever else calls them gets a signal.
        let is_probe = |call: &libc::c_long| cfg!(target_arch = "x86_64") && [335, 336].contains(call);
        let others: Vec<_> = (0..1024).filter(|call| !is_allowed(call) && !is_probe(call)).collect();
        let (words, done) = inside(Lacks::Landlock, &[], readable, || {
            let refused = |call_number: &libc::c_long| {
                call(*call_number, [0; 6]).err().and_then(|error| error.raw_os_error())
            };
            others.iter().map(|call| (*call, refused(call))).collect::<Vec<_>>()
        });
        assert!(words.is_some());
        for (call, refused) in done {
            assert_eq!(refused, Some(libc::EPERM), "system call {call}");
        }
        for call in [libc::SYS_openat2, libc::SYS_io_uring_setup, libc::SYS_execve, libc::SYS_socket] {
            assert!(others.contains(&call), "{call}");
        }
    }
    // The control: outside, the kernel does look at the arguments.
    for (number, errno) in [(libc::SYS_openat2, libc::EINVAL), (libc::SYS_io_uring_setup, libc::EFAULT)] {
        let refused = call(number, [0; 6]).err().and_then(|error| error.raw_os_error());
        assert!(refused == Some(errno) || refused == Some(libc::EINVAL), "{number}: {refused:?}");
    }
}

#[test]
fn every_flag_that_writes_is_refused() {
    let place = Place::new();
    let path = place.c("there");
    let open = |flags: libc::c_int| {
        let flags = flags as usize;
        call(libc::SYS_openat, [libc::AT_FDCWD as usize, path.as_ptr() as usize, flags, 0o600, 0, 0])
            .map(drop)
            .map_err(|error| error.kind())
    };
    let folder = place.folder.path().to_str().unwrap();
    inside(Lacks::Landlock, &[folder], Readable::Machine, || {
        for with in [0, libc::O_NONBLOCK, libc::O_CLOEXEC | libc::O_NOFOLLOW] {
            for writes in [
                libc::O_WRONLY,
                libc::O_RDWR,
                libc::O_ACCMODE,
                libc::O_CREAT,
                libc::O_CREAT | libc::O_EXCL,
                libc::O_TRUNC,
                libc::O_APPEND,
                TMPFILE,
                libc::O_TMPFILE | libc::O_RDWR,
            ] {
                assert_eq!(open(with | writes), Err(ErrorKind::PermissionDenied), "{:o}", with | writes);
            }
            assert_eq!(open(with), Ok(()), "the control");
        }
    });
}

#[test]
fn replacing_the_program_is_refused() {
    let (_, error) = inside(Lacks::Nothing, &[], Readable::Machine, || Command::new("/bin/true").exec());
    assert_eq!(error.kind(), ErrorKind::PermissionDenied);
}

#[test]
fn a_recording_shuts_the_machine_out() {
    let place = Place::new();
    let folder = place.folder.path().to_str().unwrap();
    let (words, (own, machine)) = inside(Lacks::Nothing, &[folder], Readable::Recording, || {
        (fs::read(place.at("there")), fs::read("/proc/version").map_err(|error| error.kind()))
    });
    assert_eq!(words, None);
    assert_eq!(own.unwrap().len(), 8192);
    assert_eq!(machine, Err(ErrorKind::PermissionDenied));
}

/// As `/etc/os-release` of NixOS leads into its store: the file is read, and nothing else there.
#[test]
fn a_links_target_is_read_wherever_it_leads() {
    let (folder, store) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for name in ["os-release", "secret"] {
        fs::write(store.path().join(name), name).unwrap();
    }
    symlink(store.path().join("os-release"), folder.path().join("static")).unwrap();
    symlink("static", folder.path().join("os-release")).unwrap();
    symlink(store.path().join("secret"), folder.path().join("secret")).unwrap();
    let link = folder.path().join("os-release");
    let paths = [folder.path().to_str().unwrap(), link.to_str().unwrap()];
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).map_err(|error| error.kind());
    let (words, read) =
        inside(Lacks::Nothing, &paths, Readable::Machine, || (read("os-release"), read("secret")));
    assert_eq!(words, None);
    assert_eq!(read, (Ok("os-release".to_owned()), Err(ErrorKind::PermissionDenied)));
    assert!(Readable::Machine.paths().contains(&"/etc/os-release"));
}

/// What no rule can be for stays closed, and takes no rule with it.
#[test]
fn what_is_no_file_drops_no_rule() {
    let place = Place::new();
    let pipe = place.at("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let folder = place.folder.path().to_str().unwrap();
    for odd in [pipe.to_str().unwrap(), "/dev/stdin", "/proc/self/fd/0", "/dev/null", "/nowhere"] {
        let (words, outside) = inside(Lacks::Nothing, &[odd, folder], Readable::Machine, || {
            fs::read("/etc/passwd").map_err(|e| e.kind())
        });
        assert_eq!((words, outside), (None, Err(ErrorKind::PermissionDenied)), "{odd}");
    }
}

#[test]
fn threads_still_start() {
    let (_, seven) = inside(Lacks::Nothing, &[], Readable::Machine, || thread::spawn(|| 7).join().ok());
    assert_eq!(seven, Some(7));
}
