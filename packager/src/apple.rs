//! The library as Apple's devices get it, made without Apple's tools, and what Swift's targets declare to Apple.

mod archive;
mod declared;
mod forbidden;
mod link;
mod macho;
mod manifest;
mod package;
pub mod privacy;
#[path = "../../disclose/src/check/reasons.rs"]
#[allow(dead_code, reason = "one table for both, and the host check asks it for more")]
mod reasons;
mod size;
pub mod symbols;
mod words;

use std::path::{Path, PathBuf};

use anstream::println;

use crate::phone::{self, personality};
use crate::trouble::Result;

pub(crate) use self::declared::Declared;
pub(crate) use self::link::program as link_program;
pub(crate) use self::package::{MANIFEST, Package};
pub(crate) use crate::phone::{OLDEST_IOS, OLDEST_MACOS};

/// Where the archives and what is linked from them go, each in a directory of its slice's name.
const OUTPUT: &str = "target/apple";

/// What one kind of device gets: a library for each of its processors, in one file.
pub(crate) struct Slice {
    /// Its directory in an XCFramework.
    pub(crate) name: &'static str,
    /// How an XCFramework names the system.
    pub(crate) system: &'static str,
    /// How it tells it from another slice for the same system.
    pub(crate) variant: Option<&'static str>,
    /// How the objects name their platform.
    platform: &'static str,
    /// How the linker does.
    linked: &'static str,
    /// The oldest version that it runs on.
    oldest: &'static str,
    /// The processors, Apple's own first.
    pub(crate) processors: &'static [Processor],
}

/// One kind of processor.
pub(crate) struct Processor {
    /// Apple's name.
    pub(crate) name: &'static str,
    /// Rust's for it and the system.
    pub(crate) target: &'static str,
    /// A C compiler's.
    compiled: &'static str,
}

/// Every iPhone and iPad that runs iOS 15.
pub(crate) const IPHONE: Slice = Slice {
    name: "ios-arm64",
    system: "ios",
    variant: None,
    platform: "ios",
    linked: "ios",
    oldest: OLDEST_IOS,
    processors: &[Processor { name: "arm64", target: "aarch64-apple-ios", compiled: "arm64-apple-ios15.0" }],
};

/// All of them, that one first.
pub(crate) const SLICES: &[Slice] = &[
    IPHONE,
    // Apple's simulator.
    Slice {
        name: "ios-arm64_x86_64-simulator",
        system: "ios",
        variant: Some("simulator"),
        platform: "iossimulator",
        linked: "ios-simulator",
        oldest: OLDEST_IOS,
        processors: &[
            Processor {
                name: "arm64",
                target: "aarch64-apple-ios-sim",
                compiled: "arm64-apple-ios15.0-simulator",
            },
            Processor {
                name: "x86_64",
                target: "x86_64-apple-ios",
                compiled: "x86_64-apple-ios15.0-simulator",
            },
        ],
    },
    // Macs, where a host's package runs its tests.
    Slice {
        name: "macos-arm64_x86_64",
        system: "macos",
        variant: None,
        platform: "macos",
        linked: "macos",
        oldest: OLDEST_MACOS,
        processors: &[
            Processor { name: "arm64", target: "aarch64-apple-darwin", compiled: "arm64-apple-macos12.0" },
            Processor { name: "x86_64", target: "x86_64-apple-darwin", compiled: "x86_64-apple-macos12.0" },
        ],
    },
];

impl Slice {
    /// Where what is made for it goes.
    fn directory(&self) -> PathBuf {
        Path::new(OUTPUT).join(self.name)
    }

    /// Builds the library for one processor, and fails if it is not for that kind of device.
    fn thin(&self, processor: &Processor) -> Result<PathBuf> {
        let archive = self.directory().join(processor.name).join(phone::NAME).with_extension("a");
        phone::build(processor.target, |built| archive::make(built, &archive))?;
        macho::Objects::read(&archive)?.check(self.platform, self.oldest)?;
        Ok(archive)
    }

    /// Builds the library, and fails if one for a processor asks for too much or costs too much.
    pub(crate) fn build(&self) -> Result<PathBuf> {
        let built: Result<Vec<_>> = self.processors.iter().map(|processor| self.thin(processor)).collect();
        let archives = built?;
        for (processor, archive) in self.processors.iter().zip(&archives) {
            symbols::check(self, processor, archive)?;
            size::check(self, processor, archive)?;
        }
        archive::join(&archives, &self.directory().join(phone::NAME).with_extension("a"))
    }
}

/// The archive for iPhones.
pub fn library() -> Result {
    for processor in IPHONE.processors {
        let archive = IPHONE.thin(processor)?;
        println!("{}: for {} {} and newer", archive.display(), IPHONE.platform, IPHONE.oldest);
        personality::control(processor.compiled, &IPHONE.directory())?;
    }
    Ok(())
}

/// What it costs an app.
pub fn size() -> Result {
    IPHONE
        .processors
        .iter()
        .try_for_each(|processor| size::check(&IPHONE, processor, &IPHONE.thin(processor)?))
}
