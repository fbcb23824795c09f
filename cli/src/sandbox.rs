//! Locks the command in before it reads anything: the run itself then proves that Scruple needs no file writes, no
//! sockets and no other programs.
//!
//! Two layers. seccomp allows the few system calls that reading takes, and `write` to stdout and stderr only.
//! Landlock, where the kernel has it, allows the files below a few directories to be read and nothing else.

use std::collections::BTreeMap;
use std::path::Path;

use landlock::{
    ABI, Access as _, AccessFs, AccessNet, Ruleset, RulesetAttr as _, RulesetCreatedAttr as _, RulesetStatus,
    Scope, path_beneath_rules,
};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
};

/// Where a Linux machine describes itself.
const MACHINE: &[&str] = &["/proc", "/sys", "/etc", "/usr/lib"];

/// Locks this thread and those it starts in; the input files stay readable. Returns what a person ought to know.
pub(crate) fn enter(inputs: &[&Path], sysroot: Option<&Path>) -> Vec<String> {
    let mut words = Vec::new();
    let readable = match sysroot {
        Some(sysroot) => vec![sysroot],
        None => MACHINE.iter().map(Path::new).collect(),
    };
    match landlock(readable.into_iter().chain(inputs.iter().copied())) {
        Ok(RulesetStatus::FullyEnforced | RulesetStatus::PartiallyEnforced) => {}
        Ok(RulesetStatus::NotEnforced) => {
            words.push("This kernel has no Landlock; only seccomp forbids writes.".to_owned());
        }
        Err(error) => {
            words.push(format!("Landlock cannot be used here ({error}); only seccomp forbids writes."))
        }
    }
    if let Err(error) = seccomp(sysroot.is_some()) {
        words.push(format!(
            "seccomp cannot be used here ({error}): nothing forbids sockets and other programs."
        ));
    }
    words
}

fn landlock<'p>(readable: impl Iterator<Item = &'p Path>) -> Result<RulesetStatus, landlock::RulesetError> {
    // What an older kernel does not know is left out by the crate.
    let abi = ABI::V6;
    let status = Ruleset::default()
        .handle_access(AccessFs::from_all(abi))?
        .handle_access(AccessNet::from_all(abi))?
        .scope(Scope::from_all(abi))?
        .create()?
        .add_rules(path_beneath_rules(readable, AccessFs::ReadFile | AccessFs::ReadDir))?
        .restrict_self()?;
    Ok(status.ruleset)
}

/// Every system call that a collection makes may be made, with these arguments; any other is refused.
fn seccomp(recorded: bool) -> Result<(), Box<dyn std::error::Error>> {
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> = ALLOWED.iter().map(|call| (*call, Vec::new())).collect();
    if recorded {
        // A recording's links are kept inside it by openat2, whose flags a filter cannot see; Landlock can.
        rules.insert(libc::SYS_openat2, Vec::new());
    }
    let writes = bits(libc::O_ACCMODE | libc::O_CREAT | libc::O_TRUNC | libc::O_APPEND | TMPFILE);
    let thread = bits(libc::CLONE_THREAD);
    for (call, argument, compare, values) in [
        (libc::SYS_openat, 2, SeccompCmpOp::MaskedEq(writes), &[libc::O_RDONLY][..]),
        (libc::SYS_write, 0, SeccompCmpOp::Eq, &[libc::STDOUT_FILENO, libc::STDERR_FILENO]),
        (libc::SYS_ioctl, 1, SeccompCmpOp::Eq, &[TERMINAL_SETTINGS, WINDOW_SIZE]),
        (libc::SYS_fcntl, 1, SeccompCmpOp::Eq, &[libc::F_GETFD, libc::F_GETFL]),
        (libc::SYS_prctl, 0, SeccompCmpOp::Eq, &[libc::PR_SET_NAME, NAME_MEMORY, AUXILIARY_VECTOR]),
        // Threads, not processes.
        (libc::SYS_clone, 0, SeccompCmpOp::MaskedEq(thread), &[libc::CLONE_THREAD]),
    ] {
        let conditions = values.iter().map(|value| {
            let dword = SeccompCmpArgLen::Dword;
            let condition = SeccompCondition::new(argument, dword, compare.clone(), bits(*value))?;
            SeccompRule::new(vec![condition])
        });
        rules.insert(call, conditions.collect::<Result<_, _>>()?);
    }
    // A filter cannot see the flags of clone3 either; told that there is none, the C library uses clone.
    let none = SeccompAction::Errno(libc::ENOSYS as u32);
    install(BTreeMap::from([(libc::SYS_clone3, Vec::new())]), SeccompAction::Allow, none)?;
    install(rules, SeccompAction::Errno(libc::EPERM as u32), SeccompAction::Allow)
}

/// A C integer's bits, as filters compare them.
fn bits(value: libc::c_int) -> u64 {
    u64::from(value as u32)
}

fn install(
    rules: BTreeMap<i64, Vec<SeccompRule>>,
    otherwise: SeccompAction,
    matching: SeccompAction,
) -> Result<(), Box<dyn std::error::Error>> {
    let filter = SeccompFilter::new(rules, otherwise, matching, std::env::consts::ARCH.try_into()?)?;
    seccompiler::apply_filter(&BpfProgram::try_from(filter)?)?;
    Ok(())
}

/// Kernel constants that the C library's headers do not name the same on every architecture.
const TMPFILE: libc::c_int = 0o20_000_000;
const TERMINAL_SETTINGS: libc::c_int = 0x5401;
const WINDOW_SIZE: libc::c_int = 0x5413;
const NAME_MEMORY: libc::c_int = 0x5356_4d41;
const AUXILIARY_VECTOR: libc::c_int = 0x4155_5856;

const ALLOWED: &[i64] = &[
    // Files, to read.
    libc::SYS_read,
    libc::SYS_close,
    libc::SYS_fstat,
    libc::SYS_newfstatat,
    libc::SYS_statx,
    libc::SYS_statfs,
    libc::SYS_lseek,
    libc::SYS_getdents64,
    // Memory.
    libc::SYS_brk,
    libc::SYS_mmap,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_mprotect,
    libc::SYS_madvise,
    // Threads and signals of this process.
    libc::SYS_clone3, // and the other filter says that there is none
    libc::SYS_futex,
    libc::SYS_set_robust_list,
    libc::SYS_rseq,
    libc::SYS_gettid,
    libc::SYS_getpid,
    libc::SYS_sched_yield,
    libc::SYS_sched_getaffinity,
    libc::SYS_sigaltstack,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_restart_syscall,
    libc::SYS_exit,
    libc::SYS_exit_group,
    // Time and randomness.
    libc::SYS_clock_gettime,
    libc::SYS_clock_nanosleep,
    libc::SYS_nanosleep,
    libc::SYS_getrandom,
];

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;
    use std::net::{TcpListener, UdpSocket};
    use std::os::unix::net::UnixDatagram;
    use std::os::unix::process::CommandExt as _;
    use std::process::Command;
    use std::{fs, thread};

    use super::*;

    /// What the sandbox is to refuse. Each works outside of it.
    fn attempts(folder: &Path) -> Vec<(&'static str, Result<(), ErrorKind>)> {
        let kind = |error: std::io::Error| error.kind();
        let path = folder.join("written");
        vec![
            ("write a file", fs::write(&path, "x").map_err(kind)),
            (
                "append to a file",
                fs::OpenOptions::new().append(true).open(folder.join("there")).map(drop).map_err(kind),
            ),
            ("make a directory", fs::create_dir(folder.join("made")).map_err(kind)),
            ("rename", fs::rename(folder.join("there"), folder.join("there2")).map_err(kind)),
            ("remove", fs::remove_file(folder.join("there2")).map_err(kind)),
            ("open a TCP socket", TcpListener::bind("127.0.0.1:0").map(drop).map_err(kind)),
            ("open a UDP socket", UdpSocket::bind("127.0.0.1:0").map(drop).map_err(kind)),
            ("open a Unix socket", UnixDatagram::unbound().map(drop).map_err(kind)),
            ("start a program", Command::new("/bin/true").status().map(drop).map_err(kind)),
        ]
    }

    /// In a thread of its own, since there is no way out of a sandbox.
    fn inside<T: Send>(sysroot: Option<&Path>, then: impl FnOnce() -> T + Send) -> T {
        thread::scope(|scope| {
            let inside = scope.spawn(|| {
                assert_eq!(enter(&[], sysroot), Vec::<String>::new(), "this kernel has both layers");
                then()
            });
            inside.join().expect("the sandboxed thread ends")
        })
    }

    #[test]
    fn writes_sockets_and_programs_are_refused() {
        for recorded in [false, true] {
            let folder = tempfile::tempdir().expect("a folder");
            let again = || fs::write(folder.path().join("there"), "x").expect("a file");
            again();
            // The control.
            for (what, done) in attempts(folder.path()) {
                assert_eq!(done, Ok(()), "{what} outside of the sandbox");
            }
            fs::remove_file(folder.path().join("written")).expect("written");
            fs::remove_dir(folder.path().join("made")).expect("made");
            again();
            let sysroot = recorded.then_some(folder.path());
            for (what, done) in inside(sysroot, || attempts(folder.path())) {
                assert_eq!(done, Err(ErrorKind::PermissionDenied), "{what} inside of the sandbox");
            }
        }
    }

    #[test]
    fn replacing_the_program_is_refused() {
        let error = inside(None, || Command::new("/bin/true").exec());
        assert_eq!(error.kind(), ErrorKind::PermissionDenied);
    }

    #[test]
    fn a_recording_shuts_the_machine_out() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("there"), "x").expect("a file");
        let (own, machine) = inside(Some(folder.path()), || {
            (fs::read(folder.path().join("there")), fs::read("/proc/version").map_err(|error| error.kind()))
        });
        assert_eq!(own.ok(), Some(b"x".to_vec()));
        assert_eq!(machine, Err(ErrorKind::PermissionDenied));
    }

    #[test]
    fn threads_still_start() {
        assert_eq!(inside(None, || thread::spawn(|| 7).join().ok()), Some(7));
    }
}
