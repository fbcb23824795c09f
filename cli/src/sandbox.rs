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

/// Locks this thread and those it starts in. Returns what a person ought to know.
pub(crate) fn enter(policy: Option<&Path>, sysroot: Option<&Path>) -> Vec<String> {
    let mut words = Vec::new();
    let readable = match sysroot {
        Some(sysroot) => vec![sysroot],
        None => MACHINE.iter().map(Path::new).collect(),
    };
    match landlock(readable.into_iter().chain(policy)) {
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
