//! What a host hands in by a pipe, a socket, a file or without end; and what the command says of its sandbox then.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::fs;
use std::io::{Read as _, Seek as _, Write as _};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::process::{Child, Command, Output, Stdio};
use std::thread;

use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};

const POLICY: &str = "{ // by a pipe\n \"agreement\": \"tcmpp-dpsa/2024-05-28\", \"categories\": { \"device\": { \"enabled\": true } } }";
const RECORDS: &str = "{ \"application\": { \"name\": \"Shop\" } }";

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scruple"));
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Standard input in each of its forms.
fn inputs(text: &'static str) -> Vec<(&'static str, Stdio)> {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file.rewind().unwrap();
    let (own, far) = UnixStream::pair().unwrap();
    let mut printf = Command::new("printf").args(["%s", text]).stdout(Stdio::piped()).spawn().unwrap();
    // It is short enough to wait in the pipe.
    let pipe = printf.stdout.take().unwrap();
    assert!(printf.wait().unwrap().success());
    thread::spawn(move || (&own).write_all(text.as_bytes()));
    vec![("a file", file.into()), ("a pipe", pipe.into()), ("a socket", OwnedFd::from(far).into())]
}

fn said(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn it_may_be_any_file_of_the_hosts_and_the_sandbox_stays_whole() {
    for path in ["-", "/dev/stdin"] {
        for (what, stdin) in inputs(POLICY) {
            let collect = ["collect", "--agree", "all", "--format", "json", "--policy", path];
            let (status, json, words) = said(&command(&collect).stdin(stdin).output().unwrap());
            assert_eq!((status, words.as_str()), (Some(0), ""), "{what} as {path}");
            assert!(json.contains("\"location.fuzzy\":{\"withheld\":{\"layer\":\"policy\""), "{json}");
        }
        for (what, stdin) in inputs(RECORDS) {
            let collect = ["collect", "--agree", "all", "--format", "json", "--host", path];
            let (status, json, words) = said(&command(&collect).stdin(stdin).output().unwrap());
            assert_eq!((status, words.as_str()), (Some(0), ""), "{what} as {path}");
            assert!(json.contains("\"application.name\":{\"value\":\"Shop\"}"), "{json}");
        }
        for arguments in [&["policy", "check", path][..], &["explain", "--policy", path]] {
            for (what, stdin) in inputs(POLICY) {
                let (status, _, words) = said(&command(arguments).stdin(stdin).output().unwrap());
                assert_eq!((status, words.as_str()), (Some(0), ""), "{what}: {arguments:?}");
            }
        }
    }
}

#[test]
fn it_is_read_once_and_its_mistakes_have_their_place() {
    for arguments in [
        &["collect", "--policy", "-", "--host", "-"][..],
        &["collect", "--policy", "-", "--host", "/dev/stdin"],
        &["policy", "diff", "-", "-"],
    ] {
        let (status, _, words) = said(&command(arguments).output().unwrap());
        assert!(status == Some(2) && words.contains("read once"), "{arguments:?}: {words}");
    }
    for (arguments, place) in [
        (&["collect", "--policy", "-"][..], "scruple: <stdin>:1:1: not valid JSON"),
        (&["collect", "--host", "/dev/stdin"], "scruple: /dev/stdin:1:1: not valid JSON"),
        (&["check", "--policy", "-", "."], "scruple: <stdin>:1:1: not valid JSON"),
        (&["policy", "check", "-"], "scruple: <stdin>:1:1: not valid JSON"),
    ] {
        let (status, _, words) = said(&command(arguments).output().unwrap());
        assert!(status == Some(2) && words.starts_with(place), "{arguments:?}: {words}");
    }
}

/// The most memory that a process had, in MiB, until it ended.
fn peak(mut child: Child) -> (usize, Option<i32>, String) {
    let mut peak = 0;
    let status = format!("/proc/{}/status", child.id());
    while child.try_wait().unwrap().is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let kib = text
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
        peak = peak.max(kib.unwrap_or(0) / 1024);
        thread::yield_now();
    }
    let mut words = String::new();
    child.stderr.take().unwrap().read_to_string(&mut words).unwrap();
    (peak, child.wait().unwrap().code(), words)
}

#[test]
fn what_has_no_end_is_refused_in_little_memory() {
    let policy = "at most 1048576 bytes";
    let records = "at most 16777216 bytes";
    for (arguments, limit, most) in [
        (&["collect", "--policy"][..], policy, 32),
        (&["explain", "--policy"], policy, 32),
        (&["policy", "check"], policy, 32),
        (&["policy", "diff", "/dev/null"], "not valid JSON", 32),
        (&["check", ".", "--policy"], policy, 32),
        (&["disclose", "--target", "ios", "--out", "/nowhere", "--policy"], policy, 32),
        (&["collect", "--host"], records, 128),
    ] {
        let child = command(&[arguments, &["/dev/zero"]].concat()).spawn().unwrap();
        let (peak, status, words) = peak(child);
        assert!(status == Some(2) && words.contains(limit), "{arguments:?}: {words}");
        assert!(peak < most, "{arguments:?}: {peak} MiB");
    }
    // A pipe without end, of what is no mistake as far as it goes.
    for (option, limit, most) in [("--policy", policy, 32), ("--host", records, 128)] {
        let mut child = command(&["collect", option, "-"]).stdin(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        thread::spawn(move || while stdin.write_all("{ // 例え\n".repeat(5000).as_bytes()).is_ok() {});
        let (peak, status, words) = peak(child);
        assert!(
            status == Some(2) && words.contains("<stdin>:") && words.contains(limit),
            "{option}: {words}"
        );
        assert!(peak < most, "{option}: {peak} MiB");
    }
    // The control: the measure sees a command that reads as much as it may.
    let mut child = command(&["collect", "--host", "-"]).stdin(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    thread::spawn(move || stdin.write_all(format!("{{}}{}", " ".repeat(16 * 1024 * 1024 - 2)).as_bytes()));
    let (peak, status, words) = peak(child);
    assert!(status == Some(0) && peak >= 16, "{peak} MiB: {words}");
}

/// As the command runs where the kernel lacks these calls: a filter of the thread's is the child's too.
fn lacking(calls: &[i64], command: impl FnOnce() -> Output + Send) -> (Option<i32>, String, String) {
    let rules = calls.iter().map(|call| (*call, Vec::new())).collect();
    let missing = SeccompAction::Errno(libc::EOPNOTSUPP as u32);
    let arch = std::env::consts::ARCH.try_into().unwrap();
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, missing, arch).unwrap();
    let filter = BpfProgram::try_from(filter).unwrap();
    let run = || {
        seccompiler::apply_filter(&filter).unwrap();
        command()
    };
    said(&thread::scope(|scope| scope.spawn(run).join().unwrap()))
}

/// Whatever the kernel has, the items are the same, and the words are true.
#[test]
fn it_says_which_layers_are_in_force() {
    let (landlock, filter) = (libc::SYS_landlock_create_ruleset, libc::SYS_seccomp);
    let laptop = format!("{}/../core/tests/sysroots/laptop", env!("CARGO_MANIFEST_DIR"));
    let items = |json: &str| serde_json::from_str::<serde_json::Value>(json).unwrap()["items"].clone();
    for more in [&[][..], &["--sysroot", &laptop]] {
        let arguments = [&["collect", "--agree", "device", "--format", "json"], more].concat();
        let (_, with_both, words) = said(&command(&arguments).output().unwrap());
        assert_eq!(words, "");
        for (calls, says, not) in [
            (&[landlock][..], "Landlock is not in force", "nothing forbids"),
            (&[filter], "Landlock alone", "filter alone"),
            (&[landlock, filter], "nothing forbids writing files", "alone"),
        ] {
            for (what, stdin) in inputs(POLICY) {
                let arguments = [&arguments[..], &["--policy", "/dev/stdin"]].concat();
                let (status, json, words) =
                    lacking(calls, || command(&arguments).stdin(stdin).output().unwrap());
                assert_eq!(status, Some(0), "{what}: {words}");
                assert!(words.contains(says) && !words.contains(not), "{words}");
                assert_eq!(
                    items(&json)["device.model"],
                    items(&with_both)["device.model"],
                    "{what}: {words}"
                );
            }
        }
    }
}
