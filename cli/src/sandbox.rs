//! Locks the command in before it reads anything: the run itself then proves that Scruple needs no file writes, no
//! sockets and no other programs.
//!
//! Two layers, of which each does without the other. A filter allows the few system calls that reading takes, and `write`
//! to stdout and stderr only. Landlock, where the kernel has it, allows the files below a few directories to be read and
//! nothing else. What is to be read from elsewhere is opened before. And what ends the command leaves no core dump.

use std::collections::BTreeMap;
use std::path::Path;

use landlock::{
    ABI, Access as _, AccessFs, AccessNet, Ruleset, RulesetAttr as _, RulesetCreatedAttr as _, RulesetStatus,
    Scope, path_beneath_rules,
};
use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
};

/// What may be read once the command is locked in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Readable {
    /// Where a Linux machine describes itself.
    Machine,
    /// The working directory: a recorded machine.
    Recording,
}

impl Readable {
    /// Of a link its target is meant, wherever that is: NixOS has its os-release in the store.
    const fn paths(self) -> &'static [&'static str] {
        match self {
            Self::Machine => &["/proc", "/sys", "/etc", "/usr/lib", "/etc/os-release", "/usr/lib/os-release"],
            Self::Recording => &["."],
        }
    }
}

/// Locks this thread and those it starts in. Returns what a person ought to know.
pub(crate) fn enter(readable: Readable) -> Option<String> {
    let dumped = undumpable().err().map(|error| {
        format!("The command could not forbid core dumps ({error}): if it is killed, what it holds may reach the disk.")
    });
    let words: Vec<_> = dumped.into_iter().chain(lock(readable.paths(), readable)).collect();
    (!words.is_empty()).then(|| words.join("\n"))
}

/// No core dump holds a value, and nobody but root looks into this process: the kernel writes none of a process that is not
/// dumpable, also where a dump goes to a program instead of a file.
fn undumpable() -> rustix::io::Result<()> {
    set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })
}

fn lock(paths: &[&str], readable: Readable) -> Option<String> {
    let landlock = landlock(paths).map_err(|error| error.to_string()).and_then(|status| match status {
        RulesetStatus::FullyEnforced | RulesetStatus::PartiallyEnforced => Ok(()),
        RulesetStatus::NotEnforced => Err("this kernel has none".to_owned()),
    });
    words(landlock, filter(readable).map_err(|error| error.to_string()))
}

/// What is in force of the two, when it is not both.
fn words(landlock: Result<(), String>, filter: Result<(), String>) -> Option<String> {
    Some(match (landlock, filter) {
        (Ok(()), Ok(())) => return None,
        (Err(none), Ok(())) => format!(
            "Landlock is not in force ({none}). The system-call filter alone forbids writing files, sockets and other \
             programs; nothing narrows which files can be read."
        ),
        (Ok(()), Err(none)) => format!(
            "The system-call filter is not in force ({none}). Landlock alone, as far as this kernel has it, forbids \
             writing files and other programs; sockets are not forbidden as a whole."
        ),
        (Err(landlock), Err(filter)) => format!(
            "Neither Landlock ({landlock}) nor the system-call filter ({filter}) is in force: nothing forbids writing \
             files, sockets and other programs."
        ),
    })
}

fn landlock(paths: &[&str]) -> Result<RulesetStatus, landlock::RulesetError> {
    // What an older kernel does not know is left out by the crate.
    let abi = ABI::V6;
    let mut ruleset = Ruleset::default()
        .handle_access(AccessFs::from_all(abi))?
        .handle_access(AccessNet::from_all(abi))?
        .scope(Scope::from_all(abi))?
        .create()?;
    // A rule is for folders and files. What else stands at a path stays closed, and takes no other rule with it.
    let exists = |path: &&&str| Path::new(path).metadata().is_ok_and(|path| path.is_dir() || path.is_file());
    for rule in path_beneath_rules(paths.iter().filter(exists), AccessFs::ReadFile | AccessFs::ReadDir) {
        _ = rule.and_then(|rule| (&mut ruleset).add_rule(rule).map(drop));
    }
    Ok(ruleset.restrict_self()?.ruleset)
}

/// Every system call that a collection makes may be made, with these arguments; any other is refused. None of them can
/// create or change a file, whatever its arguments point to: a filter sees numbers only.
fn filter(readable: Readable) -> Result<(), Box<dyn std::error::Error>> {
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> = ALLOWED.iter().map(|call| (*call, Vec::new())).collect();
    match readable {
        Readable::Machine => rules.insert(libc::SYS_statfs, Vec::new()),
        Readable::Recording => rules.insert(libc::SYS_readlinkat, Vec::new()),
    };
    let writes = bits(libc::O_ACCMODE | libc::O_CREAT | libc::O_TRUNC | libc::O_APPEND | TMPFILE);
    let (thread, mapping) = (bits(libc::CLONE_THREAD), bits(libc::MAP_TYPE));
    for (call, argument, compare, values) in [
        (libc::SYS_openat, 2, SeccompCmpOp::MaskedEq(writes), &[libc::O_RDONLY][..]),
        (libc::SYS_write, 0, SeccompCmpOp::Eq, &[libc::STDOUT_FILENO, libc::STDERR_FILENO]),
        // What is shared with a file that somebody else opened for writing would be written into it.
        (libc::SYS_mmap, 3, SeccompCmpOp::MaskedEq(mapping), &[libc::MAP_PRIVATE]),
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
    // A filter cannot see the flags of clone3; told that there is none, the C library uses clone.
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
    libc::SYS_lseek,
    libc::SYS_getdents64,
    // Memory.
    libc::SYS_brk,
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
mod tests;
