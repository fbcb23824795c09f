//! What is written for five policies, byte for byte, so that a change of it is seen in a review.

#![allow(clippy::unwrap_used, dead_code, missing_docs, unreachable_pub, reason = "a test may fail")]

mod common;

use std::{env, fs};

use common::{POLICIES, tests, written};
use scruple_disclose::target::Target;

/// Set this to write the files anew after a change of the rules.
const UPDATE: &str = "UPDATE_GOLDEN";

#[test]
fn what_is_written_is_as_it_was() {
    for name in POLICIES {
        for target in Target::ALL {
            let folder = tests(&format!("golden/{name}/{}", target.id()));
            for file in written(*target, name).files {
                let path = folder.join(&file.path);
                if env::var_os(UPDATE).is_some() {
                    fs::create_dir_all(path.parent().unwrap()).unwrap();
                    fs::write(&path, &file.contents).unwrap();
                }
                let golden = fs::read(&path).unwrap_or_default();
                assert!(
                    golden == file.contents,
                    "{}: not as it was; run the tests once with {UPDATE}=1",
                    path.display()
                );
            }
        }
    }
}

/// A file that nothing writes any more would stay for ever.
#[test]
fn there_is_no_other_file() {
    for name in POLICIES {
        for target in Target::ALL {
            let folder = tests(&format!("golden/{name}/{}", target.id()));
            let mut expected: Vec<_> =
                written(*target, name).files.iter().map(|file| folder.join(&file.path)).collect();
            let mut found = Vec::new();
            let mut folders = vec![folder];
            while let Some(folder) = folders.pop() {
                for entry in fs::read_dir(folder).unwrap() {
                    let path = entry.unwrap().path();
                    if path.is_dir() { folders.push(path) } else { found.push(path) }
                }
            }
            expected.sort();
            found.sort();
            assert_eq!(found, expected);
        }
    }
}

/// A narrower policy leaves no file of a wider one behind.
#[test]
fn every_policy_writes_the_same_files() {
    let paths =
        |target, name| -> Vec<_> { written(target, name).files.into_iter().map(|file| file.path).collect() };
    for target in Target::ALL {
        for name in POLICIES {
            assert_eq!(paths(*target, name), paths(*target, "everything"));
        }
    }
}
