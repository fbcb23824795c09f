//! The stage `apple`: the library as Apple's devices get it, and what Swift's targets declare to Apple, without Apple's tools.

use packager::apple;

use crate::stage::{Stage, Step};
use crate::swift;

/// The stage.
pub(crate) const STAGE: Stage = Stage {
    name: "apple",
    about: "the library for Apple's systems, linked on Linux",
    steps: &[
        // With the products' readers, over stand-ins for Apple's frameworks.
        swift::TEST,
        Step {
            name: "apple-library",
            about: "the libraries for Apple's systems, and programs linked with them",
            run: apple::library,
        },
        Step {
            name: "apple-symbols",
            about: "the libraries' symbols and what they import",
            run: apple::symbols::test,
        },
        Step { name: "apple-size", about: "what an app for iOS pays", run: apple::size },
        Step {
            name: "apple-privacy",
            about: "privacy manifests state what the libraries import",
            run: apple::privacy::test,
        },
    ],
};
