//! The stage `android`: the library as phones get it, made without Google's NDK, and Kotlin's modules.

mod abi;
mod elf;
mod emulator;
mod link;
mod robolectric;

use std::fs;
use std::path::{Path, PathBuf};

use self::abi::ARM32;
pub(crate) use self::abi::{ABIS, ARM64, Abi};
use crate::file::trouble;
use crate::phone::{self, budget, personality};
use crate::sample;
use crate::stage::{Stage, Step};
use crate::trouble::Result;

/// The stage.
pub(crate) const STAGE: Stage = Stage {
    name: "android",
    steps: &[
        Step { name: "library", run: library },
        Step { name: "emulator", run: emulator::test },
        Step { name: "robolectric", run: robolectric::test },
        Step { name: "sample", run: sample::test },
    ],
};

/// Where the libraries go, each in a directory of its processor's name.
const OUTPUT: &str = "target/android";

/// What is linked for one kind of processor.
pub(crate) struct Library {
    /// As phones get it.
    pub(crate) stripped: PathBuf,
    /// The same with its symbols, to read a crash with.
    pub(crate) symbols: PathBuf,
}

/// The libraries of every phone.
fn library() -> Result {
    for abi in ABIS {
        weigh(abi, &build(abi)?)?;
        personality::control(abi.target, &Path::new(OUTPUT).join(abi.name))?;
    }
    Ok(())
}

/// Builds the library, links it, and looks at what came out.
pub(crate) fn build(abi: &Abi) -> Result<Library> {
    let directory = Path::new(OUTPUT).join(abi.name);
    let name = Path::new(phone::NAME).with_extension("so");
    let library = Library { stripped: directory.join(&name), symbols: directory.join("symbols").join(&name) };
    phone::build(abi.target, |archive| link::link(abi, archive, &library))?;
    elf::Library::read(&library.stripped)?.check()?;
    Ok(library)
}

/// Prints the size and fails if it is over the budget.
pub(crate) fn weigh(abi: &Abi, library: &Library) -> Result {
    let file = &library.stripped;
    budget::check(abi.name, fs::metadata(file).map_err(|error| trouble(file, &error))?.len())
}
