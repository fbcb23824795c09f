//! The command on a terminal, as util-linux's `script` makes one, and in a pipe whose reader has gone.

#![cfg(unix)]
#![allow(clippy::unwrap_used, missing_docs, reason = "a test may fail")]

mod common;

use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::process::{Command, Output, Stdio};

use common::Host;

/// What a terminal of so many columns is sent.
fn shown(host: &Host, columns: usize, line: &str) -> String {
    let line = format!("stty cols {columns} rows 24 && {line}");
    let output =
        host.command("script").args(["-qec", &line, "/dev/null"]).stdin(Stdio::null()).output().unwrap();
    String::from_utf8(output.stdout).unwrap().replace('\r', "")
}

fn words(text: &str) -> Vec<String> {
    let mut words: Vec<_> = text.split_whitespace().map(str::to_owned).collect();
    words.sort();
    words
}

const TABLES: [&str; 5] = [
    "scruple agreement",
    "scruple explain --agree all",
    "scruple collect",
    "scruple collect --agree all --host records.json --sysroot recorded",
    "scruple policy diff old.json new.json",
];

#[test]
fn a_terminal_gets_lines_that_fit_and_every_word_whole() {
    let host = Host::new();
    for line in TABLES {
        // Words to the person are no table.
        let line = format!("NO_COLOR=1 {line} 2>/dev/null");
        let piped = String::from_utf8(host.shell(&line).stdout).unwrap();
        for columns in [40, 60, 80, 120] {
            let text = shown(&host, columns, &line);
            // One word may be longer than a line.
            let fits = |line: &&str| line.chars().count() <= columns || !line.trim().contains(' ');
            let too_long = text.lines().find(|line| !fits(line));
            assert_eq!(too_long, None, "{columns}: {line}\n{text}");
            assert_eq!(words(&text), words(&piped), "{columns}: {line}\n{text}");
        }
        let widest = piped.lines().map(|line| line.chars().count()).max();
        assert!(widest > Some(60), "{line}: in a pipe it is as wide as it takes");
    }
}

#[test]
fn colour_is_for_terminals_unless_the_person_says_otherwise() {
    let host = Host::new();
    let has_colour = |text: &str| text.contains('\u{1b}');
    let piped = |environment: &str| {
        let line = format!(
            "{environment} scruple explain; {environment} scruple --help; {environment} scruple colect 2>&1"
        );
        has_colour(&String::from_utf8(host.shell(&line).stdout).unwrap())
    };
    let terminal =
        |environment: &str, line: &str| has_colour(&shown(&host, 80, &format!("{environment} {line}")));
    assert!(!piped(""));
    assert!(piped("CLICOLOR_FORCE=1"));
    for line in ["scruple explain", "scruple --help", "scruple colect"] {
        assert!(terminal("TERM=xterm", line), "{line}");
        assert!(!terminal("TERM=xterm NO_COLOR=1", line), "{line}");
        assert!(!terminal("TERM=dumb", line), "{line}");
    }
}

/// Runs a command whose reader has gone before it writes.
fn unread(command: &mut Command) -> Output {
    let (reader, writer) = UnixStream::pair().unwrap();
    drop(reader);
    command.stdin(Stdio::null()).stdout(OwnedFd::from(writer)).stderr(Stdio::piped());
    command.spawn().unwrap().wait_with_output().unwrap()
}

#[test]
fn a_pipe_may_close() {
    let host = Host::new();
    for (line, status) in [
        ("scruple agreement", 0),
        ("scruple agreement --format json", 0),
        ("scruple explain", 0),
        ("scruple collect --agree all", 0),
        ("scruple collect --agree device --record report --yes", 0),
        ("scruple policy new", 0),
        ("scruple policy schema", 0),
        ("scruple policy check scruple.json", 0),
        ("scruple notices", 0),
        ("scruple completions bash", 0),
        ("scruple man --out man", 0),
        ("scruple --help", 0),
        ("scruple --version", 0),
        ("scruple collect --help", 0),
        // Who asks for a verdict gets it, read or not.
        ("scruple policy diff old.json new.json", 1),
        ("scruple check --policy scruple.json nowhere", 2),
    ] {
        let output = unread(host.command("sh").args(["-c", &format!("exec {line}")]));
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(status), "{line}: {said}");
        assert!(!said.contains("panicked") && !said.contains("ipe"), "{line}: {said}");
    }
    // The control: the reader has gone, which ends a program that does not mind it.
    use std::os::unix::process::ExitStatusExt as _;
    assert_eq!(unread(host.command("echo").arg("x")).status.signal(), Some(13));
}
