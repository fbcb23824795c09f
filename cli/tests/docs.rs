//! Every command in the documentation is run, as it stands there.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a test may fail")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{Host, repository, yaml};

/// A block of code: its language and its text.
type Block = (String, String);

fn is_page(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "md")
}

/// Every Markdown file that people read: those in the root, the documentation, and what the samples say of themselves.
fn documents() -> Vec<PathBuf> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if is_page(&path) {
                found.push(path);
            }
        }
    }
    let root = fs::read_dir(repository()).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<_> = root.filter(|path| is_page(path)).collect();
    walk(&repository().join("docs"), &mut found);
    found.extend(["android-sample", "ios-sample"].map(|sample| repository().join(sample).join("README.md")));
    found.sort();
    found
}

fn blocks(markdown: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for line in markdown.lines() {
        match (line.trim_start().strip_prefix("```"), open.take()) {
            (Some(_), Some(block)) => blocks.push(block),
            (Some(language), None) => open = Some((language.trim().to_owned(), String::new())),
            (None, Some((language, text))) => open = Some((language, text + line + "\n")),
            (None, None) => {}
        }
    }
    blocks
}

/// What a text calls by the name `scruple`, or by cargo in its place, as a shell takes it.
fn command(line: &str) -> Option<String> {
    let line = line.trim().trim_start_matches("$ ");
    let by_cargo =
        ["cargo run --release --manifest-path ../scruple/Cargo.toml -- ", "cargo run --release -- "];
    let line = by_cargo
        .iter()
        .find_map(|cargo| line.strip_prefix(cargo))
        .map_or_else(|| line.to_owned(), |arguments| format!("scruple {arguments}"));
    // What another command prepares belongs to it.
    (line.starts_with("scruple ") || line.starts_with("git show ")).then_some(line)
}

/// The commands of a document, in its order: in blocks for a shell, in workflows, in build scripts, and cargo's in a line.
fn commands(markdown: &str) -> Vec<String> {
    let mut commands = Vec::new();
    for (language, text) in blocks(markdown) {
        match language.as_str() {
            "yaml" => {
                let runs =
                    yaml(&text).into_iter().flat_map(|document| common::runs(&document)).collect::<Vec<_>>();
                commands.extend(runs.iter().flat_map(|run| run.lines()).filter_map(command));
            }
            "kotlin" | "groovy" => {
                let calls = text.split("commandLine(").skip(1).filter_map(|rest| rest.split(')').next());
                commands.extend(calls.filter_map(|words| command(&words.replace(['"', '\'', ','], ""))));
            }
            _ => commands.extend(text.lines().filter_map(command)),
        }
    }
    let inline = markdown.split('`').filter(|code| code.starts_with("cargo run --release -- "));
    commands.extend(inline.filter(|code| !code.contains('\n')).filter_map(command));
    commands
}

/// A text without its blocks of code.
fn prose(markdown: &str) -> impl Iterator<Item = &str> {
    markdown.split("```").step_by(2)
}

/// Where a text's links lead, pictures included; those to the web are not followed.
fn links(markdown: &str) -> Vec<&str> {
    let targets =
        prose(markdown).flat_map(|prose| prose.split("](").skip(1).filter_map(|rest| rest.split(')').next()));
    targets.filter(|target| !target.contains("://")).collect()
}

/// The anchors of a text's headings, as GitHub makes them.
fn anchors(markdown: &str) -> Vec<String> {
    let headings = markdown.lines().filter(|line| line.starts_with('#'));
    let kept = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    let anchor = |heading: &str| {
        let text: String =
            heading.trim_start_matches('#').trim().to_lowercase().chars().filter(|c| kept(*c)).collect();
        text.replace(' ', "-")
    };
    headings.map(anchor).collect()
}

/// Why a link of a document leads nowhere. A folder is a page on a code host only, and the documentation is a site too.
fn broken(document: &Path, link: &str) -> Option<String> {
    let (file, anchor) = link.split_once('#').map_or((link, None), |(file, anchor)| (file, Some(anchor)));
    let target = if file.is_empty() { document.to_owned() } else { document.parent()?.join(file) };
    if !target.is_file() {
        return Some(format!("{}: {link}: there is no such file", document.display()));
    }
    let is_there =
        |anchor: &str| anchors(&fs::read_to_string(&target).unwrap()).iter().any(|there| there == anchor);
    let anchor = anchor.filter(|anchor| !is_there(anchor))?;
    Some(format!("{}: {link}: there is no heading {anchor}", document.display()))
}

#[test]
fn every_link_in_the_documentation_leads_somewhere() {
    let mut count = 0;
    let mut found = Vec::new();
    for document in documents() {
        let text = fs::read_to_string(&document).unwrap();
        let links = links(&text);
        count += links.len();
        found.extend(links.into_iter().filter_map(|link| broken(&document, link)));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert!(count >= 50, "{count} links found");
    // The controls: a file and a heading that are not there, and a folder.
    let readme = repository().join("README.md");
    let wrong = links(
        "[a](docs/nowhere.md) ![b](README.md#in-cobol) [c](README.md#in-rust) [d](https://example.org) [e](docs)",
    );
    assert_eq!(wrong.into_iter().filter_map(|link| broken(&readme, link)).count(), 3);
}

/// The pages that a list of the site's pages lacks, and those that it has twice or should not have.
fn misplaced(summary: &str) -> Vec<PathBuf> {
    let folder = repository().join("docs");
    let mut left = documents();
    left.retain(|page| !page.ends_with("docs/SUMMARY.md"));
    let mut wrong = Vec::new();
    for link in links(summary) {
        let page = folder.join(link).canonicalize().unwrap();
        match left.iter().position(|there| *there == page) {
            Some(at) => drop(left.remove(at)),
            None => wrong.push(page),
        }
    }
    wrong.extend(left);
    wrong
}

#[test]
fn every_page_is_in_the_sites_list_once() {
    let summary = fs::read_to_string(repository().join("docs/SUMMARY.md")).unwrap();
    assert_eq!(misplaced(&summary), Vec::<PathBuf>::new());
    // The controls: a page less, and one twice.
    assert_eq!(misplaced(&summary.replacen("[QA](guide/qa.md)", "", 1)).len(), 1);
    assert_eq!(misplaced(&(summary + "[QA](guide/qa.md)")).len(), 1);
}

/// What a translation shares with its original: the level of each heading, the code, and where the links lead, whichever the language
/// of the page there.
fn frame(markdown: &str) -> (Vec<usize>, Vec<Block>, Vec<String>) {
    let headings = prose(markdown).flat_map(str::lines).filter(|line| line.starts_with('#'));
    let levels = headings.map(|line| line.chars().take_while(|c| *c == '#').count()).collect();
    let links = links(markdown).into_iter().map(|link| link.replace(CHINESE, ".md"));
    (levels, blocks(markdown), links.collect())
}

/// How the name of a page in Simplified Chinese ends.
const CHINESE: &str = ".zh-CN.md";

#[test]
fn both_languages_of_a_page_have_the_same_headings_code_and_links() {
    let mut count = 0;
    for translation in documents() {
        let Some(name) = translation.to_str().and_then(|path| path.strip_suffix(CHINESE)) else { continue };
        let (english, chinese) =
            (fs::read_to_string(format!("{name}.md")).unwrap(), fs::read_to_string(&translation).unwrap());
        assert_eq!(frame(&english), frame(&chinese), "{name}");
        // The controls.
        assert_ne!(frame(&english), frame(&chinese.replacen("## ", "### ", 1)));
        let (prose, code) = chinese.split_once("```").unwrap();
        assert_ne!(frame(&english), frame(&format!("{prose}```{}", code.replacen(' ', "", 1))));
        assert_ne!(frame(&english), frame(&chinese.replacen("](", "](docs/", 1)));
        count += 1;
    }
    assert!(count >= 5, "{count} pages in Chinese");
}

#[test]
fn every_command_in_the_documentation_runs() {
    let mut count = 0;
    for document in documents() {
        let host = Host::new();
        for command in commands(&fs::read_to_string(&document).unwrap()) {
            let output = host.shell(&command);
            let said = String::from_utf8_lossy(&output.stderr);
            // 1 is a finding: something to declare, or to ask for again.
            assert!(matches!(output.status.code(), Some(0 | 1)), "{}: {command}\n{said}", document.display());
            count += 1;
        }
    }
    assert!(count >= 20, "{count} commands found");
}

#[test]
fn every_example_of_the_help_runs() {
    let mut count = 0;
    for of in [
        &[][..],
        &["collect"],
        &["explain"],
        &["agreement"],
        &["check"],
        &["disclose"],
        &["policy", "diff"],
        &["completions"],
        &["man"],
    ] {
        let host = Host::new();
        let help = host.shell(&format!("scruple {} --help", of.join(" ")));
        let help = String::from_utf8(help.stdout).unwrap();
        let examples = help.split_once("Example").map_or("", |(_, examples)| examples);
        for line in examples.lines().filter(|line| line.starts_with("  ")) {
            // What an example does stands after it, some blanks away.
            let Some(command) = line.trim().split("  ").next().and_then(command) else { continue };
            // A person who is asked says yes.
            let output = host.shell(&format!("echo y | {{ {command}\n}}"));
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(matches!(output.status.code(), Some(0 | 1)), "{command}\n{said}");
            count += 1;
        }
    }
    assert!(count >= 25, "{count} examples found");
}

/// The controls: what is found, and that a wrong command is seen.
#[test]
fn commands_are_found_where_people_look_for_them() {
    let text = "`cargo run --release -- policy new > a.json`\n```sh\nscruple check --policy p .   # a comment\nls\n```\n\
        ```yaml\nsteps:\n  - run: scruple explain\n  - run: |\n      echo\n      scruple agreement\n```\n\
        ```kotlin\ncommandLine(\"scruple\", \"check\", \".\")\n```\n\
        ```sh\ncargo run --release --manifest-path ../scruple/Cargo.toml -- policy new\n```\n";
    assert_eq!(
        commands(text),
        [
            "scruple check --policy p .   # a comment",
            "scruple explain",
            "scruple agreement",
            "scruple check .",
            "scruple policy new",
            "scruple policy new > a.json"
        ]
    );
    let host = Host::new();
    assert_eq!(host.shell("scruple check --policy scruple.json --no-such-option .").status.code(), Some(2));
    assert_eq!(host.shell("scruple check --policy nowhere.json .").status.code(), Some(2));
}

/// The index names every decision by its own title, and no decision names a file outside of the repository.
#[test]
fn the_index_has_every_decision() {
    let folder = repository().join("docs/decisions");
    let index = fs::read_to_string(folder.join("README.md")).unwrap();
    let mut rows: Vec<_> =
        index.lines().filter(|line| line.starts_with("| ") && line.contains(".md) |")).collect();
    for entry in fs::read_dir(&folder).unwrap() {
        let (name, text) = {
            let path = entry.unwrap().path();
            (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap())
        };
        if name != "README.md" {
            let (number, title) = text.lines().next().unwrap()[2..].split_once(". ").unwrap();
            let row = format!("| {number} | [{title}]({name}) |");
            let before = rows.len();
            rows.retain(|line| !line.starts_with(&row));
            assert_eq!(rows.len() + 1, before, "{row}");
            assert!(!text.contains("shared/") && !text.contains("design.md"), "{name}");
        }
    }
    assert_eq!(rows, Vec::<&str>::new(), "these are no decisions");
}
