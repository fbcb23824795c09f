//! An app that has another library with a module beside ours, as the two build systems of Apple's show both to the compiler.

use std::path::{Path, PathBuf};

use super::xcframework::{self, MODULE_MAP};
use crate::apple::{self, Slice};
use crate::file::{self, bytes, write};
use crate::trouble::{Result, Trouble};

/// Where the app's headers are put together.
const OUTPUT: &str = "target/package/beside";

/// Compiles and links a program with a slice of the XCFramework below `root` and with another module.
pub(super) fn program(root: &Path, slice: &Slice) -> Result {
    let output = Path::new(OUTPUT).join(slice.name);
    file::remove(&output)?;
    let (ours, theirs, all) =
        (xcframework::headers(root, slice), output.join("Headers"), output.join("include"));
    let map = "module another {\n  header \"another.h\"\n}\n";
    write(&theirs.join("another").join(MODULE_MAP), map)?;
    write(&theirs.join("another/another.h"), "enum { ANOTHER = 0 };\n")?;
    let library = xcframework::library(root, slice);
    // SwiftPM's own: each XCFramework's headers for themselves.
    apple::link_program(slice, &[&ours, &theirs], &library)?;
    // Xcode's, which is SwiftPM's by now: all in one directory.
    gather(&[&ours, &theirs], &all)?;
    apple::link_program(slice, &[&all], &library)
}

/// Copies every file of some directories into one, and fails if two have the same place.
fn gather(directories: &[&Path], all: &Path) -> Result {
    for directory in directories {
        for file in file::tree(directory)? {
            let place: PathBuf = all.join(file.strip_prefix(directory).unwrap_or(&file));
            if place.exists() {
                return Err(Trouble::failed(format!("two modules have the place {}", place.display())));
            }
            write(&place, bytes(&file)?)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_module_maps_without_directories_stand_in_each_others_way() {
        let directory = tempfile::tempdir().unwrap();
        let [one, two, all] = ["one", "two", "all"].map(|name| directory.path().join(name));
        write(&one.join("one").join(MODULE_MAP), "").unwrap();
        write(&two.join("two").join(MODULE_MAP), "").unwrap();
        gather(&[&one, &two], &all).unwrap();
        for flat in [&one, &two] {
            write(&flat.join(MODULE_MAP), "").unwrap();
        }
        let why = gather(&[&one, &two], &directory.path().join("again")).unwrap_err().to_string();
        assert!(why.contains("again/module.modulemap"), "{why}");
    }
}
