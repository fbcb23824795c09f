//! What each shell completes, asked of the shell itself.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a test may fail")]

mod common;

use std::process::Stdio;

use common::Host;

/// What is typed, and some of what it may become.
const CASES: [(&[&str], &[&str]); 6] = [
    (&[""], &["collect", "explain", "policy", "man"]),
    (&["collect", "--purp"], &["--purpose"]),
    (&["collect", "--purpose", ""], &["feature", "troubleshooting"]),
    (&["collect", "--item", "device.mo"], &["device.model"]),
    (&["policy", "d"], &["diff"]),
    (&["disclose", "--target", ""], &["ios", "play"]),
];

/// The same, of what is no option's value; fish is told of none.
const ARGUMENT: (&[&str], &[&str]) = (&["completions", ""], &["bash", "elvish", "fish", "powershell", "zsh"]);

/// What a shell says when it runs a script. It has to be there: `cargo xtask test` installs it.
fn says(host: &Host, shell: &str, arguments: &[&str]) -> String {
    let run = host.command(shell).args(arguments).stdin(Stdio::null()).output();
    let output = run.unwrap_or_else(|error| panic!("{shell}: {error}; `apt-get install {shell}`"));
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Asks a shell for each case; `script` says how, given what is typed.
fn holds(shell: &str, arguments: &[&str], script: impl Fn(&[&str]) -> String) {
    let host = Host::new();
    assert!(host.shell(&format!("scruple completions {shell} > completions")).status.success());
    for (typed, expected) in CASES.into_iter().chain((shell != "fish").then_some(ARGUMENT)) {
        let script = script(typed);
        let answer = says(&host, shell, &[arguments, &[&script]].concat());
        for word in expected {
            let offers = |line: &str| line.split_whitespace().next() == Some(word);
            assert!(answer.lines().any(offers), "{shell}, {typed:?}: {word} is not in\n{answer}");
        }
        // The control: what does not begin as it was typed, or belongs elsewhere.
        assert!(!answer.lines().any(|line| line.starts_with("--sysroot")), "{shell}, {typed:?}: {answer}");
    }
}

#[test]
fn bash_completes() {
    holds("bash", &["--norc", "-c"], |typed| {
        let (last, before) = typed.split_last().unwrap();
        let previous = before.last().unwrap_or(&"scruple");
        let words = typed.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" ");
        let count = typed.len();
        format!(
            "source completions && complete -p scruple | grep -q -- '-F _scruple' && \
             COMP_WORDS=(scruple {words}) COMP_CWORD={count} && _scruple scruple '{last}' '{previous}' && \
             printf '%s\\n' \"${{COMPREPLY[@]}}\""
        )
    });
}

#[test]
fn fish_completes() {
    holds("fish", &["--no-config", "-c"], |typed| {
        format!("source completions; complete --do-complete 'scruple {}'", typed.join(" "))
    });
}

/// zsh completes at a prompt alone, so it gets one. What it would show goes to a file.
#[test]
fn zsh_completes() {
    holds("zsh", &["-f", "-c"], |typed| {
        format!(
            r#"zmodload zsh/zpty
            zpty at zsh -f -i
            zpty -w at 'PROMPT= ; autoload -U compinit; compinit -u -D; source ./completions'
            zpty -w at 'compadd() {{ local -a own; builtin compadd -O own "$@"; print -rl -- $own >> offered; builtin compadd "$@" }}'
            zpty -w at 'print -r -- rea''dy'
            zpty -r -m at line '*ready*'
            rm -f offered
            zpty -w -n at $'scruple {}\t'
            repeat 600 {{ [[ -s offered ]] || sleep 0.1 }}
            zpty -d at
            cat offered"#,
            typed.join(" ")
        )
    });
}

/// elvish completes at a prompt alone, so the script's own function is asked. It gives all words of a command, for the prompt to choose
/// from, and no values.
#[test]
fn elvish_knows_every_command_and_option() {
    let host = Host::new();
    assert!(host.shell("scruple completions elvish > completions").status.success());
    let offered = |typed: &str| {
        let script = format!(
            r#"use str
            var script = (slurp < completions)
            set script = (str:replace 'set edit:completion:arg-completer[scruple] =' 'var offer =' $script)
            set script = (str:replace 'edit:complex-candidate' 'candidate' $script)
            eval 'fn candidate {{|text &display=""| put $text }}; '$script'; $offer scruple {typed} "" | each {{|word| echo $word}}'"#
        );
        says(&host, "elvish", &["-norc", "-c", &script]).lines().map(str::to_owned).collect::<Vec<_>>()
    };
    for (typed, expected) in
        [("", "man"), ("collect", "--purpose"), ("policy", "diff"), ("disclose", "--target")]
    {
        assert!(offered(typed).iter().any(|word| word == expected), "{typed}: {:?}", offered(typed));
        assert!(offered(typed).iter().any(|word| word == "--sysroot") == (typed == "collect"), "{typed}");
    }
}

/// There is no PowerShell where this runs: of its script only the words are looked at.
#[test]
fn powershell_is_told_every_option() {
    let host = Host::new();
    let script = String::from_utf8(host.shell("scruple completions powershell").stdout).unwrap();
    assert!(script.contains("Register-ArgumentCompleter -Native -CommandName 'scruple'"), "{script}");
    for word in ["'scruple;collect'", "'scruple;policy;diff'", "'--purpose'", "'--tracking-domain'", "'man'"]
    {
        assert!(script.contains(word), "{word}");
    }
}
