//! A collection that is killed leaves no core dump.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, missing_docs, reason = "a test may fail")]

use std::fs;
use std::io::Write as _;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Command, ExitStatus};
use std::thread::sleep;
use std::time::Duration;

/// What aborts a process, and dumps it.
const ABORT: i32 = 6;

/// Kills a program while it waits to print: whoever reads does not.
fn aborted(program: &str, arguments: &[&str]) -> ExitStatus {
    let folder = tempfile::tempdir().unwrap();
    let (_reader, mut writer) = UnixStream::pair().unwrap();
    writer.set_nonblocking(true).unwrap();
    while writer.write(&[0; 4096]).is_ok() {}
    writer.set_nonblocking(false).unwrap();
    let mut shell = Command::new("sh");
    shell.args(["-c", "ulimit -c unlimited && exec \"$@\"", "sh", program]).args(arguments);
    let mut child = shell.current_dir(folder.path()).stdout(OwnedFd::from(writer)).spawn().unwrap();
    let stat = format!("/proc/{}/stat", child.id());
    // Asleep for so long, it waits for its reader.
    let mut asleep = 0;
    while asleep < 20 {
        let stat = fs::read_to_string(&stat).unwrap();
        let is_asleep = stat.rsplit_once(") ").is_some_and(|(_, state)| state.starts_with('S'));
        asleep = if is_asleep { asleep + 1 } else { 0 };
        sleep(Duration::from_millis(10));
    }
    assert!(Command::new("kill").args(["-ABRT", &child.id().to_string()]).status().unwrap().success());
    let status = child.wait().unwrap();
    assert_eq!(status.signal(), Some(ABORT), "{program}: {status}");
    if !status.core_dumped() {
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "{program} left a file");
    }
    status
}

#[test]
fn a_collection_that_is_killed_leaves_no_core_dump() {
    let command = aborted(env!("CARGO_BIN_EXE_scruple"), &["collect", "--agree", "all", "--format", "json"]);
    assert!(!command.core_dumped());
    let control = aborted("cat", &["/dev/zero"]);
    assert!(control.core_dumped(), "the control: core dumps are off on this machine, so nothing was shown");
    println!(
        "proof: A killed collection leaves no core dump | the command, aborted with its values in memory: none | cat, aborted the same way: dumped"
    );
}
