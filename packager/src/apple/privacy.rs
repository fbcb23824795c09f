//! The step `apple-privacy`: what each target of Swift declares to Apple, held against what it uses.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anstream::println;

use super::declared::Declared;
use super::manifest::Reasons;
use super::package::{self, Package, Target};
use super::{forbidden, reasons, words};
use crate::file::{self, read};
use crate::trouble::{Result, Trouble};

/// Where everything is that an app gets.
const SOURCES: &str = "bindings/swift/Sources";

/// What one target uses that needs a reason: the category, and the names.
type Used = BTreeMap<&'static str, BTreeSet<String>>;

/// Every target declares what it uses and nothing else; and this would be seen if one did not.
pub fn test() -> Result {
    let package = Package::read(&read(Path::new(package::MANIFEST))?, &[])?;
    let targets = package.targets();
    let mut looked = Vec::new();
    for target in &targets {
        looked.push(is_for_apps(target).and_then(|()| look(target)).map_err(|why| target.trouble(&why))?);
    }
    let products = Declared::of(&package)?;
    control(looked)?;
    println!("{} targets declare what they use, {} of them as products", targets.len(), products.count());
    Ok(())
}

/// Fails on a stand-in for one of Apple's frameworks, which only tests on Linux build.
fn is_for_apps(target: &Target) -> Result {
    if target.path.starts_with(SOURCES) {
        return Ok(());
    }
    Err(Trouble::failed(format!("an Apple machine would build it, and it is not in {SOURCES}")))
}

/// Looks at one target: what it declares, and what it uses.
fn look(target: &Target) -> Result<(Reasons, Used)> {
    let words = words_of(target)?;
    if let Some((file, word)) = words.iter().find(|(_, word)| forbidden::WORDS.contains(&word.as_str())) {
        return Err(Trouble::failed(format!("{} names {word}", file.display())));
    }
    let (declared, used) = (target.declared()?, used(&words));
    compare(&declared, &used)?;
    Ok((declared, used))
}

/// Every word of a target's code, with its file.
fn words_of(target: &Target) -> Result<Vec<(PathBuf, String)>> {
    let mut all = Vec::new();
    for path in file::tree(&target.path)? {
        if path.extension().is_some_and(|extension| extension == "swift") {
            all.extend(words::words(&read(&path)?).into_iter().map(|word| (path.clone(), word)));
        }
    }
    if all.is_empty() { Err(Trouble::failed("it has no Swift")) } else { Ok(all) }
}

/// What of it needs a reason.
fn used(words: &[(PathBuf, String)]) -> Used {
    let mut used = Used::new();
    for (_, word) in words {
        for category in reasons::of_word(word) {
            used.entry(category.name).or_default().insert(word.clone());
        }
    }
    used
}

/// Fails if something is declared and not used, or used and not declared.
fn compare(declared: &Reasons, used: &Used) -> Result {
    if let Some((name, words)) = used.iter().find(|(name, _)| !declared.contains_key(*name)) {
        return Err(Trouble::failed(format!("it uses {words:?} and does not declare {name}")));
    }
    match declared.keys().find(|name| !used.contains_key(*name)) {
        None => Ok(()),
        Some(name) => Err(Trouble::failed(format!("it declares {name} and uses nothing of it"))),
    }
}

/// Takes the declaration from a target that has one, and gives it to one that has not: both have to be seen.
fn control(looked: Vec<(Reasons, Used)>) -> Result {
    let (mut without, mut with): (Vec<_>, Vec<_>) =
        looked.into_iter().partition(|(declared, _)| declared.is_empty());
    let (Some((declared, uses)), Some((_, uses_nothing))) = (with.pop(), without.pop()) else {
        return Err(Trouble::failed(
            "no target declares a reason, or all do: nothing shows that it would be seen",
        ));
    };
    if compare(&Reasons::new(), &uses).is_ok() || compare(&declared, &uses_nothing).is_ok() {
        return Err(Trouble::failed("a declaration in the wrong place is not seen"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_declared_and_what_is_not_used_are_told() {
        let used = |swift: &str| {
            used(&words::words(swift).into_iter().map(|word| (PathBuf::new(), word)).collect::<Vec<_>>())
        };
        let disk = Reasons::from([("DiskSpace", vec!["85F4.1"])]);
        let why = |declared: &Reasons, swift: &str| {
            compare(declared, &used(swift)).err().map(|trouble| trouble.to_string()).unwrap_or_default()
        };
        assert_eq!(why(&disk, "attributes[.systemSize]"), "");
        assert_eq!(why(&Reasons::new(), "let name = 1 // .systemSize"), "");
        assert_eq!(why(&disk, "let name = 1"), "it declares DiskSpace and uses nothing of it");
        let undeclared = why(&Reasons::new(), "attributes[.systemSize]");
        assert_eq!(undeclared, "it uses {\"systemSize\"} and does not declare DiskSpace");
    }

    #[test]
    fn a_stand_in_is_seen() {
        let is_for_apps = |path: &str| {
            is_for_apps(&Target { name: "UIKit".to_owned(), path: path.into(), resources: Vec::new() })
        };
        is_for_apps("bindings/swift/Sources/Scruple").unwrap();
        assert!(is_for_apps("bindings/swift/Tests/Stubs/UIKit").is_err());
    }

    #[test]
    fn a_target_is_looked_at_with_all_its_files() {
        let directory = tempfile::tempdir().unwrap();
        let target = |resources: &[&str]| Target {
            name: "A".to_owned(),
            path: directory.path().to_owned(),
            resources: resources.iter().map(|&file| file.to_owned()).collect(),
        };
        let why = |target: &Target| look(target).err().map(|trouble| trouble.to_string()).unwrap_or_default();
        assert_eq!(why(&target(&[])), "it has no Swift");
        file::write(&directory.path().join("b/c.swift"), "let free = values.volumeTotalCapacity").unwrap();
        assert!(why(&target(&[])).contains("does not declare DiskSpace"));
        assert!(why(&target(&["PrivacyInfo.xcprivacy"])).contains("No such file"));
        file::write(&directory.path().join("b/c.swift"), "let id = device.identifierForVendor").unwrap();
        assert!(why(&target(&[])).contains("names identifierForVendor"));
    }
}
