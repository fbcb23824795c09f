//! The stage `apple`: the library as iPhones get it, made without Apple's tools, and what Swift's targets declare to Apple.

mod archive;
mod declared;
mod forbidden;
mod link;
mod macho;
mod manifest;
mod package;
mod privacy;
#[path = "../../disclose/src/check/reasons.rs"]
#[allow(dead_code, reason = "one table for both, and the host check asks it for more")]
mod reasons;
mod symbols;
mod words;

use std::path::{Path, PathBuf};

use anstream::println;

use crate::phone;
use crate::stage::{Stage, Step};
use crate::swift;
use crate::trouble::Result;

pub(crate) use self::declared::Declared;
pub(crate) use self::link::program as link_program;
pub(crate) use self::package::{MANIFEST, Package};
pub(crate) use crate::phone::OLDEST_IOS;

/// The stage.
pub(crate) const STAGE: Stage = Stage {
    name: "apple",
    steps: &[
        // With the products' readers, over stand-ins for Apple's frameworks.
        swift::TEST,
        Step { name: "apple-library", run: library },
        Step { name: "apple-symbols", run: symbols::test },
        Step { name: "apple-size", run: size },
        Step { name: "apple-privacy", run: privacy::test },
    ],
};

/// Where the archives and what is linked from them go, each in a directory of its slice's name.
const OUTPUT: &str = "target/apple";

/// What every app that embeds Scruple pays at most for the core, in bytes: linked, without what it does not use, and
/// stripped.
const BUDGET: u64 = 430_000;

/// What one kind of device gets.
pub(crate) struct Slice {
    /// Its directory in an XCFramework.
    pub(crate) name: &'static str,
    /// Rust's name for the target.
    target: &'static str,
    /// How the objects name their platform.
    platform: &'static str,
    /// How a C compiler does.
    compiled: &'static str,
    /// How the linker does.
    linked: &'static str,
    /// How an XCFramework tells it from another one for the same system.
    pub(crate) variant: Option<&'static str>,
    /// How a framework's description names it.
    pub(crate) bundle_platform: &'static str,
}

/// Every iPhone and iPad that runs iOS 15; Apple's simulator on a Mac of the same processor.
pub(crate) const SLICES: &[Slice] = &[
    Slice {
        name: "ios-arm64",
        target: "aarch64-apple-ios",
        platform: "ios",
        compiled: "arm64-apple-ios15.0",
        linked: "ios",
        variant: None,
        bundle_platform: "iPhoneOS",
    },
    Slice {
        name: "ios-arm64-simulator",
        target: "aarch64-apple-ios-sim",
        platform: "iossimulator",
        compiled: "arm64-apple-ios15.0-simulator",
        linked: "ios-simulator",
        variant: Some("simulator"),
        bundle_platform: "iPhoneSimulator",
    },
];

/// Builds a slice's archive, and fails if it is not for that kind of device.
pub(crate) fn build(slice: &Slice) -> Result<PathBuf> {
    let archive = Path::new(OUTPUT).join(slice.name).join(phone::NAME).with_extension("a");
    phone::build(slice.target, |built| archive::make(built, &archive))?;
    macho::Objects::read(&archive)?.check(slice.platform)?;
    Ok(archive)
}

/// The archives.
fn library() -> Result {
    for slice in SLICES {
        let archive = build(slice)?;
        println!("{}: for {} {} and newer", archive.display(), slice.platform, OLDEST_IOS);
    }
    Ok(())
}

/// What they cost an app.
fn size() -> Result {
    for slice in SLICES {
        phone::weigh(&link::link(slice, &build(slice)?)?, BUDGET)?;
    }
    Ok(())
}
