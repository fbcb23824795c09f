//! The files of a target: folders and files, with what they leave out.

use super::spec::{Spec, list};
use crate::check::files::{self, Files};
use crate::check::plist::Node;
use crate::check::xcode::{IOS, PLATFORMS};

/// What a target compiles, and what it copies.
#[derive(Debug, Default)]
pub(super) struct Sources {
    pub(super) compiled: Vec<String>,
    pub(super) copied: Vec<String>,
}

/// Reads a target's `sources`.
pub(super) fn of(files: &Files, spec: &mut Spec, folder: &str, target: &Node) -> Sources {
    let mut sources = Sources::default();
    for source in target.get("sources").map(list).unwrap_or_default() {
        let named = if source.text().is_some() { Some(source) } else { source.get("path") };
        let Some(path) = named.and_then(|own| spec.path(own)) else { continue };
        let text = |key| source.get(key).and_then(Node::text).unwrap_or_default();
        // A folder as it is comes to lie in a folder of its own.
        if text("type") == "folder" || !is_for_ios(source) {
            continue;
        }
        let is_filtered = source.get("inferDestinationFiltersByPath").and_then(Node::boolean) == Some(true);
        let patterns = |key| -> Vec<String> {
            let all = source.get(key).map(list).unwrap_or_default();
            all.iter().filter_map(Node::text).map(|own| files::join(&path, own)).collect()
        };
        let (excludes, includes) = (patterns("excludes"), patterns("includes"));
        let is_of = |file: &str, all: &[String]| all.iter().any(|own| is_in(file, own));
        let is_own = |file: &&str| {
            // The project's own folder may be called anything.
            let inside = file.strip_prefix(folder).unwrap_or(file);
            !is_of(file, &excludes)
                && (includes.is_empty() || is_of(file, &includes))
                && !is_wrapped(inside)
                && !(is_filtered && is_elsewhere(inside))
        };
        let deeper = files.under(&path).filter(is_own).map(str::to_owned);
        let all: Vec<String> =
            files.contains(&path).then(|| path.clone()).into_iter().chain(deeper).collect();
        let phase = source.get("buildPhase");
        match phase.map(|own| own.text()) {
            None => {
                sources.compiled.extend(all.iter().cloned());
                sources.copied.extend(all);
            }
            Some(Some("sources")) => sources.compiled.extend(all),
            Some(Some("resources")) => sources.copied.extend(all),
            // Headers, none, and what is copied to somewhere else.
            Some(_) => {}
        }
    }
    sources
}

/// Whether what has filters counts on iOS.
pub(super) fn is_for_ios(node: &Node) -> bool {
    let one = node.get("platformFilter").and_then(Node::text);
    let several = node.get("destinationFilters").or(node.get("platforms")).map(list);
    let is_ios = |own: &Node| own.text().is_some_and(|own| own.eq_ignore_ascii_case("ios"));
    one.is_none_or(|own| own != "macOS") && several.is_none_or(|all| all.is_empty() || all.iter().any(is_ios))
}

/// Folders that Xcode takes for one file.
const WRAPPERS: [&str; 14] = [
    "app",
    "appex",
    "bundle",
    "docc",
    "framework",
    "mlpackage",
    "playground",
    "scnassets",
    "xcassets",
    "xcdatamodel",
    "xcdatamodeld",
    "xcframework",
    "xcstickers",
    "xpc",
];

fn is_wrapped(file: &str) -> bool {
    let mut folders = files::parent(file).split('/');
    folders.any(|own| own.rsplit_once('.').is_some_and(|(_, extension)| WRAPPERS.contains(&extension)))
}

/// Whether a file's path says that it is for another system: `tvOS/A.swift`, `A_tvOS.swift`.
fn is_elsewhere(file: &str) -> bool {
    let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
    let stem = name.strip_suffix(".swift").unwrap_or_default();
    PLATFORMS.iter().map(|(_, own)| *own).filter(|own| *own != IOS).any(|own| {
        folder.split('/').any(|part| part.eq_ignore_ascii_case(own))
            || stem.to_lowercase().ends_with(&format!("_{}", own.to_lowercase()))
    })
}

/// Whether a file is what a pattern says, or lies in a folder that is.
fn is_in(file: &str, pattern: &str) -> bool {
    let (file, pattern): (Vec<&str>, Vec<&str>) = (file.split('/').collect(), pattern.split('/').collect());
    fits(&file, &pattern, &mut STEPS.clone())
}

/// A pattern of many stars ends here.
const STEPS: usize = 10_000;

fn fits(file: &[&str], pattern: &[&str], steps: &mut usize) -> bool {
    *steps = steps.saturating_sub(1);
    if *steps == 0 {
        return false;
    }
    match (pattern, file) {
        // What is left lies in it.
        ([], _) => true,
        (["**", rest @ ..], _) => {
            (0..=file.len()).any(|skipped| fits(&file[skipped..], rest, steps))
                && (!rest.is_empty() || !file.is_empty())
        }
        ([first, rest @ ..], [name, inside @ ..]) => is_like(name, first) && fits(inside, rest, steps),
        (_, []) => false,
    }
}

/// `*` stands for anything, `?` for one character, `[a-c]` for one of several.
fn is_like(name: &str, pattern: &str) -> bool {
    let (name, pattern): (Vec<char>, Vec<char>) = (name.chars().collect(), pattern.chars().collect());
    // Where to go on after the last star: in the pattern, and in the name.
    let (mut at, mut in_name, mut star) = (0, 0, None);
    while in_name < name.len() {
        if pattern.get(at) == Some(&'*') {
            (star, at) = (Some((at, in_name)), at + 1);
        } else if let Some(length) = one(&pattern[at..], name[in_name]) {
            (at, in_name) = (at + length, in_name + 1);
        } else if let Some((of_star, begin)) = star {
            (star, at, in_name) = (Some((of_star, begin + 1)), of_star + 1, begin + 1);
        } else {
            return false;
        }
    }
    pattern[at..].iter().all(|own| *own == '*')
}

/// How much of a pattern stands for this character, which it begins with.
fn one(pattern: &[char], character: char) -> Option<usize> {
    match pattern {
        ['[', rest @ ..] => {
            let end = rest.iter().position(|own| *own == ']')?;
            let (set, is_not) = match &rest[..end] {
                ['!' | '^', set @ ..] => (set, true),
                set => (set, false),
            };
            let mut is_in = set.contains(&character);
            for range in set.windows(3) {
                is_in |= range[1] == '-' && (range[0]..=range[2]).contains(&character);
            }
            (is_in != is_not).then_some(end + 2)
        }
        ['?', ..] => Some(1),
        [own, ..] => (*own == character).then_some(1),
        [] => None,
    }
}

#[cfg(test)]
mod tests {
    use super::is_in;

    #[test]
    fn patterns() {
        for (file, pattern) in [
            ("A/b.md", "A/**/*.md"),
            ("A/c/d/b.md", "A/**/*.md"),
            ("A/c/b.swift", "A/c"),
            ("A/c/b.swift", "A/c/**"),
            ("A/c/d/b.swift", "A/*/d"),
            ("A/c/Test/b.swift", "A/**/Test/**"),
            ("A/aXbXc", "A/a*b?c"),
            ("A/x.sh", "A/*.sh"),
            ("A/x1.m", "A/x[0-2].[mh]"),
            ("A/x3.m", "A/x[!0-2].*"),
        ] {
            assert!(is_in(file, pattern), "{file} {pattern}");
        }
        for (file, pattern) in [
            ("A/c/b.sh", "A/*.sh"),
            ("A/b.mdx", "A/**/*.md"),
            ("A/cd/b", "A/c"),
            ("A/c/b", "A/c/b/d"),
            ("A/ab", "A/a?b"),
            ("A/x3.m", "A/x[0-2].m"),
            ("A/x[.m", "A/x[.m"),
        ] {
            assert!(!is_in(file, pattern), "{file} {pattern}");
        }
        assert!(!is_in(&"a/".repeat(200), &"**/b/".repeat(50)), "an end to many stars");
    }
}
