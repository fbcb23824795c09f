//! What the command does to the machine, as the kernel sees it.

use std::process::Command;

/// What reads nothing of a machine and leaves nothing there: memory, threads, time, and what is open already.
const HARMLESS: [&str; 25] = [
    "brk",
    "clock_gettime",
    "clock_nanosleep",
    "close",
    "exit",
    "exit_group",
    "fcntl",
    "futex",
    "getdents64",
    "getrandom",
    "gettid",
    "ioctl",
    "madvise",
    "mprotect",
    "mremap",
    "munmap",
    "prctl",
    "read",
    "rseq",
    "rt_sigaction",
    "rt_sigprocmask",
    "sched_getaffinity",
    "sched_yield",
    "set_robust_list",
    "sigaltstack",
];

/// The system calls of a run of the command, a line each, threads' numbers taken off. `before` is a program that runs it, such as
/// one that shows it another machine.
pub fn calls(filter: &str, before: &[&str], arguments: &[&str]) -> Vec<String> {
    let log = tempfile::NamedTempFile::new().unwrap();
    let traced = Command::new("strace")
        .args(["-f", "-y", "-s", "256", "-e", filter, "-o"])
        .arg(log.path())
        .args(before)
        .arg(env!("CARGO_BIN_EXE_scruple"))
        .args(arguments)
        .output()
        .expect("strace is needed: `cargo xtask test` installs it, or `apt-get install strace`");
    assert!(traced.status.success(), "{}", String::from_utf8_lossy(&traced.stderr));
    let log = std::fs::read_to_string(log.path()).unwrap();
    log.lines().map(|line| line.trim_start_matches(|c: char| c.is_ascii_digit()).trim().to_owned()).collect()
}

/// Those after the second filter is in place: what the collection itself does.
pub fn locked_in(calls: &[String]) -> &[String] {
    let last = calls.iter().rposition(|call| call.starts_with("seccomp(") && call.ends_with("= 0"));
    calls.get(last.expect("a filter") + 1..).unwrap_or_default()
}

/// The paths that were to be opened, there or not.
pub fn opened(calls: &[String]) -> Vec<&str> {
    calls.iter().filter(|call| call.starts_with("openat")).filter_map(|call| call.split('"').nth(1)).collect()
}

/// Whether a call leaves nothing anywhere but on stdout and stderr, and starts and reaches nobody.
pub fn only_reads(call: &str) -> bool {
    // The end of a process, and of a call whose beginning was looked at; a thread that ended with the process before it called.
    if ["+++", "<...", "???("].iter().any(|end| call.starts_with(end)) {
        return true;
    }
    let writes = ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND", "O_TMPFILE"];
    match call.split('(').next().unwrap_or_default() {
        "openat" => call.contains("O_RDONLY") && !writes.iter().any(|flag| call.contains(flag)),
        "write" => call.starts_with("write(1<") || call.starts_with("write(2<"),
        "clone" | "clone3" => call.contains("CLONE_THREAD"),
        "mmap" => call.contains("MAP_PRIVATE"),
        "statfs" => true,
        name => HARMLESS.contains(&name),
    }
}
