//! `cargo xtask package`: what hosts get, in `dist`.

mod aar;
mod android;
mod android_sample;
mod apple;
mod archive;
mod artifact;
mod beside;
mod bundle;
mod central;
mod check;
mod classes;
mod distribution;
mod host;
mod merged;
mod module;
mod pods;
mod pom;
mod repository;
mod table;
mod xcframework;
mod xml;

use std::path::Path;

use clap::{Args, Subcommand};

use crate::stage::{Stage, Step};
use crate::trouble::Result;

/// The stage.
pub(crate) const STAGE: Stage = Stage {
    name: "package",
    steps: &[
        Step { name: "artifacts", run: test },
        Step { name: "apple-hosts", run: apple::hosts },
        Step { name: "apple-artifacts", run: apple::test },
    ],
};

/// Make what hosts get, in `dist`
#[derive(Args)]
pub(crate) struct Arguments {
    /// What to make.
    #[command(subcommand)]
    what: What,
}

/// Each has its own file.
#[derive(Subcommand)]
enum What {
    /// Make Android's artifacts: the Maven repository dist/maven, and the libraries' symbols in dist/symbols
    Android,
    Apple(apple::Arguments),
    /// Make the sample app for Android, signed with a key of its own: dist/android-sample.apk, and the bundle for stores beside it
    AndroidSample,
}

/// Makes one thing.
pub(crate) fn run(arguments: &Arguments) -> Result {
    match &arguments.what {
        What::Android => android::run(),
        What::Apple(arguments) => apple::run(arguments),
        What::AndroidSample => android_sample::run(),
    }
}

/// Packs twice, looks at what came out, and builds hosts that use it; the sample app is one.
fn test() -> Result {
    let packed = android::pack()?;
    packed.print();
    packed.check_again()?;
    check::repository()?;
    central::check(Path::new(android::REPOSITORY))?;
    merged::check()?;
    host::test()?;
    android_sample::make()
}
