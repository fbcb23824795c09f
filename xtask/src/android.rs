//! The stage `android`: the library as phones get it, and Kotlin's modules, without a phone.

mod emulator;
mod robolectric;

use packager::android;

use crate::sample;
use crate::stage::{Stage, Step};

/// The stage.
pub(crate) const STAGE: Stage = Stage {
    name: "android",
    about: "the library and the modules for Android, without a phone",
    steps: &[
        Step {
            name: "library",
            about: "the libraries for Android's processors, their size and their symbols",
            run: android::library,
        },
        EMULATOR,
        Step {
            name: "robolectric",
            about: "the Android modules' tests, on Robolectric",
            run: robolectric::test,
        },
        Step { name: "sample", about: "the Android sample's tests, on Robolectric", run: sample::test },
    ],
};

/// The libraries, run.
pub(crate) const EMULATOR: Step = Step {
    name: "emulator",
    about: "the libraries for ARM, run under an emulator with Android's C library",
    run: emulator::test,
};
