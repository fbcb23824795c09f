//! `cargo xtask package`: what hosts get, in `dist`.

mod host;

use clap::{Args, Subcommand};
use packager::artifacts::{self, android, android_sample, apple, bills, command};
use packager::claims::Claims;
use packager::trouble::Result;

use crate::stage::{Stage, Step};

/// The name of the stage, which each lane has a part of.
const NAME: &str = "package";

/// What the stage is about.
const ABOUT: &str = "what hosts get";

/// Beside Maven's stages.
pub(crate) const ANDROID: Stage = Stage { name: NAME, about: ABOUT, steps: &[BILLS, ARTIFACTS] };

/// Beside cargo's and Swift's.
pub(crate) const APPLE: Stage = Stage {
    name: NAME,
    about: ABOUT,
    steps: &[
        Step {
            name: "apple-hosts",
            about: "hosts of the Swift package and the pods, as far as Linux can check them",
            run: apple::hosts,
        },
        Step {
            name: "apple-artifacts",
            about: "the XCFramework and the Swift package, packed twice alike",
            run: apple::test,
        },
    ],
};

/// Bills of materials.
pub(crate) const BILLS: Step =
    Step { name: "bills", about: "bills of materials are valid and name every crate", run: bills::test };

/// Android's artifacts: packed, looked at, and used by hosts.
pub(crate) const ARTIFACTS: Step = Step {
    name: "artifacts",
    about: "Android's artifacts, packed twice alike, and hosts that use them",
    run: test,
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
    /// Make Apple's artifacts in dist/apple: scrupleFFI.xcframework and the same zipped; the Swift package that names it, for a
    /// repository of its own, and one with the library in it as a zip; CocoaPods' specs
    Apple {
        /// Where the release's files will be found, without the last slash [default: as in Package.swift]
        #[arg(long, value_name = "URL")]
        release: Option<String>,
    },
    /// Make the command for this machine, with its manual, completions and bill of materials: dist/command, and the archive beside it
    Command,
    /// Make the sample app for Android, signed with a key of its own: dist/android-sample.apk, and the bundle for stores beside it
    AndroidSample,
}

/// Makes one thing.
pub(crate) fn run(arguments: &Arguments) -> Result {
    match &arguments.what {
        What::Android => android::run(),
        What::Apple { release } => apple::run(release.as_deref()),
        What::Command => command::run(),
        What::AndroidSample => android_sample::run(),
    }
}

/// Packs twice, looks at what came out, and builds hosts that use it; the sample app is one.
fn test() -> Result {
    let mut claims = Claims::of(ARTIFACTS.name)?;
    artifacts::test(&mut claims)?;
    claims.keep()?;
    host::test()?;
    android_sample::make()
}
