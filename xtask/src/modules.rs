//! `cargo xtask modules`: which module of the core needs which, and no two of them each other.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anstream::println;
use packager::file;
use packager::trouble::{Result, Trouble};

/// The crate whose modules are looked at.
const SOURCES: &str = "core/src";
/// More than this is more than one concept.
const LONGEST: usize = 500;

/// Prints each module of the core with those that it needs, in an order in which each stands behind all of them.
pub(crate) fn run() -> Result {
    let needs = needs(Path::new(SOURCES))?;
    let order = ordered(&needs).map_err(|circle| {
        Trouble::failed(format!("modules need each other in a circle: {}", circle.join(" → ")))
    })?;
    for module in order {
        let needed: Vec<_> = needs[module].iter().map(String::as_str).collect();
        println!("{module}: {}", if needed.is_empty() { "nothing".to_owned() } else { needed.join(", ") });
    }
    println!("{} modules, no circle", needs.len());
    lengths()
}

/// No source file of the workspace's crates is longer than [`LONGEST`] lines.
fn lengths() -> Result {
    let mut long = Vec::new();
    for sources in [SOURCES, "cli/src", "disclose/src", "ffi/src", "packager/src", "xtask/src"] {
        for path in file::tree(Path::new(sources))?.into_iter().filter(|path| is_rust(path)) {
            let lines = file::read(&path)?.lines().count();
            if lines > LONGEST {
                long.push(format!("{} has {lines} lines", path.display()));
            }
        }
    }
    match long.is_empty() {
        true => Ok(()),
        false => Err(Trouble::failed(format!("{}; {LONGEST} are enough for one concept", long.join(", ")))),
    }
}

fn is_rust(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "rs")
}

/// The modules of a crate, each with the other ones that its files name. Tests may name anything.
fn needs(sources: &Path) -> Result<BTreeMap<String, BTreeSet<String>>> {
    let files: Vec<(PathBuf, String)> = file::tree(sources)?
        .into_iter()
        .filter(|path| is_rust(path))
        .filter_map(|path| Some((path.clone(), module(path.strip_prefix(sources).ok()?)?)))
        .collect();
    let modules: BTreeSet<String> = files.iter().map(|(_, module)| module.clone()).collect();
    let mut needs: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, module) in files {
        let named = named(&shipped(&file::read(&path)?));
        let others = named.into_iter().filter(|name| *name != module && modules.contains(name));
        needs.entry(module.clone()).or_default().extend(others);
    }
    Ok(needs)
}

/// The top-level module that a file belongs to; none for the crate's root, which names all, and for tests.
fn module(path: &Path) -> Option<String> {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    let is_test = parts.iter().any(|part| part == "tests" || part == "tests.rs" || part == "models");
    let first = parts.first()?.trim_end_matches(".rs");
    (first != "lib" && !is_test).then(|| first.to_owned())
}

/// A file's text without its comments, and without its tests, which stand last.
fn shipped(text: &str) -> String {
    let shipped = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    shipped.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The first name behind each `crate::`, in braces too.
fn named(text: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for rest in text.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            Some(list) => {
                let list = list.split_once("};").map_or(list, |(list, _)| list);
                names.extend(list.split(',').map(|name| first_name(name.trim_start())));
            }
            None => {
                names.insert(first_name(rest));
            }
        }
    }
    names
}

fn first_name(path: &str) -> String {
    path.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

/// The modules so that each stands behind all that it needs.
///
/// # Errors
/// Some that need each other, the first once more at the end.
fn ordered(needs: &BTreeMap<String, BTreeSet<String>>) -> std::result::Result<Vec<&str>, Vec<&str>> {
    let mut order: Vec<&str> = Vec::new();
    while order.len() < needs.len() {
        let ready = needs.iter().find(|(module, needed)| {
            !order.contains(&module.as_str()) && needed.iter().all(|name| order.contains(&name.as_str()))
        });
        match ready {
            Some((module, _)) => order.push(module),
            None => return Err(circle(needs, &order)),
        }
    }
    Ok(order)
}

/// Follows needs among the modules that could not be ordered until one comes again.
fn circle<'n>(needs: &'n BTreeMap<String, BTreeSet<String>>, ordered: &[&str]) -> Vec<&'n str> {
    let left = |name: &&String| !ordered.contains(&name.as_str());
    let mut way: Vec<&str> = needs.keys().find(left).map(String::as_str).into_iter().collect();
    while let Some(next) = way.last().and_then(|last| needs[*last].iter().find(left)) {
        if let Some(first) = way.iter().position(|before| before == next) {
            way.drain(..first);
            way.push(next);
            break;
        }
        way.push(next);
    }
    way
}

#[cfg(test)]
mod tests {
    use super::*;

    fn modules(needs: &[(&str, &[&str])]) -> BTreeMap<String, BTreeSet<String>> {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        needs.iter().map(|(module, needed)| ((*module).to_owned(), owned(needed))).collect()
    }

    #[test]
    fn names_behind_crate_are_found() {
        let text = "use crate::a::B;\nuse crate::{c::{D, E}, f};\n// crate::g\nlet x = crate::h::i();";
        let names: Vec<_> = named(&shipped(text)).into_iter().filter(|name| name.len() == 1).collect();
        assert_eq!(names, ["E", "a", "c", "f", "h"].map(str::to_owned));
        assert!(!named(&shipped("use crate::a;\n#[cfg(test)]\nmod tests {\nuse crate::b;\n}")).contains("b"));
    }

    #[test]
    fn a_module_stands_behind_what_it_needs() {
        let needs = modules(&[("a", &["b", "c"]), ("b", &["c"]), ("c", &[])]);
        assert_eq!(ordered(&needs), Ok(vec!["c", "b", "a"]));
    }

    #[test]
    fn a_circle_is_named() {
        let needs = modules(&[("a", &["b"]), ("b", &["c"]), ("c", &["b"]), ("d", &[])]);
        assert_eq!(ordered(&needs), Err(vec!["b", "c", "b"]));
    }
}
