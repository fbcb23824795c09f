//! What a shared library promises and asks for, as llvm-readelf prints it.

use std::path::Path;

use crate::phone;
use crate::process::printed;
use crate::toolchain;
use crate::trouble::{Result, Trouble};

/// The libraries of Android's that are linked: exactly these.
pub(super) const NEEDED: &[&str] = &["libc.so", "libm.so", "liblog.so"];

/// How the names begin that the virtual machine looks up; JNA looks up UniFFI's functions.
const JNI: &str = "Java_dev_scruple_android_";

/// How the names begin that others are to find.
pub(super) fn exports() -> impl Iterator<Item = &'static str> {
    phone::EXPORTS.iter().copied().chain([JNI])
}

/// Segments begin on pages, and these are the largest.
const PAGE: u64 = 16 * 1024;

/// Of a library that was linked: what an Android phone will look at.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Library {
    /// The libraries that it needs, in its own order.
    needed: Vec<String>,
    /// The alignment of each segment that is loaded, in bytes.
    alignments: Vec<u64>,
    /// The symbols that others can find in it.
    exports: Vec<String>,
    /// Whether it has the table of hashes by which API level 21 finds a symbol.
    hashed: bool,
    /// Whether its relocations are packed, as API level 23 understands them first.
    packed: bool,
}

impl Library {
    /// Looks at a file.
    pub(super) fn read(file: &Path) -> Result<Self> {
        let mut readelf = toolchain::command("llvm-readelf")?;
        readelf.args(["--wide", "--program-headers", "--dynamic", "--dyn-symbols"]).arg(file);
        Ok(Self::parse(&printed(&mut readelf)?))
    }

    /// Fails if a phone would not load it, or if it shows more than it should.
    pub(super) fn check(&self) -> Result {
        let is_meant = |name: &&String| exports().any(|prefix| name.starts_with(prefix));
        if self.needed != NEEDED {
            Err(Trouble::failed(format!("it needs {:?}, and should {NEEDED:?}", self.needed)))
        } else if self.alignments.is_empty() || self.alignments.iter().any(|alignment| alignment % PAGE != 0)
        {
            Err(Trouble::failed(format!("its segments are aligned to {:x?}, not to 16 KB", self.alignments)))
        } else if let Some(name) = self.exports.iter().find(|name| !is_meant(name)) {
            Err(Trouble::failed(format!("it exports {name}")))
        } else if self.exports.is_empty() {
            Err(Trouble::failed("it exports nothing"))
        } else if !self.hashed || self.packed {
            Err(Trouble::failed("API level 21 cannot load it: it has no DT_HASH, or packed relocations"))
        } else {
            Ok(())
        }
    }

    /// Reads what llvm-readelf printed.
    fn parse(readelf: &str) -> Self {
        let mut library = Self::default();
        for line in readelf.lines() {
            let words: Vec<_> = line.split_whitespace().collect();
            match *words.as_slice() {
                [_, "(NEEDED)", .., name] => {
                    library.needed.push(name.trim_matches(['[', ']']).to_owned());
                }
                [_, "(HASH)", ..] => library.hashed = true,
                [_, tag, ..] if tag.starts_with("(ANDROID_REL") => library.packed = true,
                ["LOAD", .., alignment] => {
                    let digits = alignment.trim_start_matches("0x");
                    library.alignments.push(u64::from_str_radix(digits, 16).unwrap_or(0));
                }
                // Number, value, size, type, binding, visibility, section, name; a section that is undefined is an import.
                [_, _, _, _, "GLOBAL" | "WEAK", _, section, name] if section != "UND" => {
                    library.exports.push(name.to_owned());
                }
                _ => {}
            }
        }
        library
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_a_phone_looks_at_is_read() {
        let readelf = "\
Program Headers:
  Type           Offset   VirtAddr           PhysAddr           FileSiz  MemSiz   Flg Align
  PHDR           0x000040 0x0000000000000040 0x0000000000000040 0x0001f8 0x0001f8 R   0x8
  LOAD           0x000000 0x0000000000000000 0x0000000000000000 0x0173ac 0x0173ac R   0x4000
  LOAD           0x0173b0 0x000000000001b3b0 0x000000000001b3b0 0x02a4f0 0x02a4f0 R E 0x1000
Dynamic section at offset 0x44e58 contains 27 entries:
  Tag                Type         Name/Value
  0x0000000000000001 (NEEDED)     Shared library: [libc.so]
  0x000000000000000e (SONAME)     Library soname: [libscruple_ffi.so]
  0x0000000000000004 (HASH)       0x5678
  0x0000000060000011 (ANDROID_RELA) 0x1234
Symbol table '.dynsym' contains 3 entries:
   Num:    Value          Size Type    Bind   Vis       Ndx Name
     0: 0000000000000000     0 NOTYPE  LOCAL  DEFAULT   UND
     1: 0000000000000000     0 FUNC    GLOBAL DEFAULT   UND abort
     2: 000000000001c4f8    28 FUNC    GLOBAL DEFAULT    12 ffi_scruple_rustbuffer_alloc
";
        let expected = Library {
            needed: vec!["libc.so".to_owned()],
            alignments: vec![0x4000, 0x1000],
            exports: vec!["ffi_scruple_rustbuffer_alloc".to_owned()],
            hashed: true,
            packed: true,
        };
        assert_eq!(Library::parse(readelf), expected);
    }

    #[test]
    fn each_fault_is_named() {
        let fault = |change: fn(&mut Library)| {
            let mut library = Library {
                needed: NEEDED.iter().map(|&name| name.to_owned()).collect(),
                alignments: vec![PAGE, PAGE],
                exports: vec!["uniffi_scruple_fn_clone_session".to_owned()],
                hashed: true,
                packed: false,
            };
            change(&mut library);
            library.check().err().map(|trouble| trouble.to_string())
        };
        assert_eq!(fault(|_| {}), None);
        assert!(fault(|library| library.needed.push("libgcc_s.so".to_owned())).unwrap().contains("libgcc_s"));
        assert!(fault(|library| library.alignments.push(0x1000)).unwrap().contains("1000"));
        let meta = fault(|library| library.exports.push("UNIFFI_META_SCRUPLE".to_owned()));
        assert_eq!(meta.as_deref(), Some("it exports UNIFFI_META_SCRUPLE"));
        assert_eq!(fault(|library| library.exports.clear()).as_deref(), Some("it exports nothing"));
        assert!(fault(|library| library.hashed = false).unwrap().contains("DT_HASH"));
        assert!(fault(|library| library.packed = true).unwrap().contains("packed relocations"));
    }
}
