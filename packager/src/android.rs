//! The library as Android's phones get it, made without Google's NDK.

mod abi;
mod elf;
mod link;

use std::fs;
use std::path::{Path, PathBuf};

pub use self::abi::{ABIS, ARM32, ARM64, Abi};
use crate::file::trouble;
use crate::phone::{self, budget, personality};
use crate::trouble::Result;

/// Where the libraries go, each in a directory of its processor's name.
const OUTPUT: &str = "target/android";

/// What is linked for one kind of processor.
pub struct Library {
    /// As phones get it.
    pub stripped: PathBuf,
    /// The same with its symbols, to read a crash with.
    pub symbols: PathBuf,
}

/// The libraries of every phone.
pub fn library() -> Result {
    for abi in ABIS {
        weigh(abi, &build(abi)?)?;
        personality::control(abi.target, &Path::new(OUTPUT).join(abi.name))?;
    }
    Ok(())
}

/// Builds the library, links it, and looks at what came out.
pub fn build(abi: &Abi) -> Result<Library> {
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
