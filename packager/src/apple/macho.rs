//! What Apple's object files say of themselves, as LLVM's readers print it.

use std::collections::BTreeSet;
use std::path::Path;

use crate::process::printed;
use crate::toolchain;
use crate::trouble::{Result, Trouble};

/// The objects of an archive: what each is made for.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Objects {
    /// How many there are.
    count: usize,
    /// Of each that says it, the platform and the oldest version.
    platforms: Vec<(String, String)>,
}

impl Objects {
    /// Looks at a file.
    pub(super) fn read(file: &Path) -> Result<Self> {
        let mut objdump = toolchain::command("llvm-objdump")?;
        Ok(Self::parse(&printed(objdump.args(["--macho", "--private-headers"]).arg(file))?))
    }

    /// Fails unless every object is for this platform, from this version on.
    pub(super) fn check(&self, platform: &str, oldest: &str) -> Result {
        let expected = (platform.to_owned(), oldest.to_owned());
        if self.count == 0 || self.platforms.len() != self.count {
            let (told, count) = (self.platforms.len(), self.count);
            return Err(Trouble::failed(format!("{told} of {count} objects say what they are for")));
        }
        match self.platforms.iter().find(|found| **found != expected) {
            None => Ok(()),
            Some((found, version)) => Err(Trouble::failed(format!(
                "an object is for {found} {version}, and not for {platform} {oldest}"
            ))),
        }
    }

    /// Reads what llvm-objdump printed.
    fn parse(objdump: &str) -> Self {
        let mut objects = Self::default();
        let mut platform = None;
        for line in objdump.lines() {
            match *line.split_whitespace().collect::<Vec<_>>() {
                ["Mach", "header"] => objects.count += 1,
                ["platform", name] => platform = Some(name.to_owned()),
                ["minos", oldest] => {
                    objects.platforms.extend(platform.take().map(|platform| (platform, oldest.to_owned())));
                }
                _ => {}
            }
        }
        objects
    }
}

/// The names that the objects of a file share with others.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Symbols {
    /// What they ask others for.
    pub(super) imports: BTreeSet<String>,
    /// What others can ask them for.
    pub(super) exports: BTreeSet<String>,
}

impl Symbols {
    /// Looks at a file.
    pub(super) fn read(file: &Path) -> Result<Self> {
        let mut nm = toolchain::command("llvm-nm")?;
        Ok(Self::parse(&printed(nm.args(["--extern-only", "--format=bsd"]).arg(file))?))
    }

    /// Reads what llvm-nm printed. What one object asks another one of the file for is no import.
    fn parse(nm: &str) -> Self {
        let mut symbols = Self::default();
        for line in nm.lines() {
            match *line.split_whitespace().collect::<Vec<_>>() {
                ["U", name] => drop(symbols.imports.insert(name.to_owned())),
                [_, _, name] => drop(symbols.exports.insert(name.to_owned())),
                _ => {}
            }
        }
        symbols.imports.retain(|name| !symbols.exports.contains(name));
        symbols
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An object as llvm-objdump shows it.
    fn object(platform: &str, oldest: &str) -> String {
        format!(
            "a.a(b.o):\nMach header\n      magic cputype\nMH_MAGIC_64  ARM64\nLoad command 1\n      cmd LC_BUILD_VERSION\n  \
             cmdsize 24\n  platform {platform}\n       sdk n/a\n     minos {oldest}\n    ntools 0\n"
        )
    }

    #[test]
    fn an_object_for_another_device_is_found() {
        let why = |objdump: &str| {
            Objects::parse(objdump)
                .check("ios", "15.0")
                .err()
                .map(|trouble| trouble.to_string())
                .unwrap_or_default()
        };
        let good = object("ios", "15.0");
        assert_eq!(why(&good.repeat(2)), "");
        let mixed = why(&(good.clone() + &object("iossimulator", "15.0")));
        assert_eq!(mixed, "an object is for iossimulator 15.0, and not for ios 15.0");
        assert!(why(&object("ios", "10.0")).contains("ios 10.0"));
        assert_eq!(why(&(good + "Mach header\n")), "1 of 2 objects say what they are for");
        assert_eq!(why(""), "0 of 0 objects say what they are for");
    }

    #[test]
    fn what_a_file_has_itself_is_no_import() {
        let nm = "\na.a(b.o):\n                 U _abort\n0000000000000010 T _b\n\na.a(c.o):\n                 U _b\n\
            0000000000000020 S _c\n";
        let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        assert_eq!(
            Symbols::parse(nm),
            Symbols { imports: names(&["_abort"]), exports: names(&["_b", "_c"]) }
        );
    }
}
