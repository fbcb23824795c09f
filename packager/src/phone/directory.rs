//! Where phones' libraries are built: in the cache, since each clone's own target directory would have to build the
//! standard library once more.

use std::env;
use std::fs::File;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use crate::cache;
use crate::file::{self, read, trouble, write};
use crate::process::prepare;
use crate::toolchain;
use crate::trouble::Result;

/// The directory, which is this clone's for a target of Rust's until it is dropped.
pub(super) struct Directory {
    path: PathBuf,
    _lock: File,
}

impl Directory {
    /// What cargo takes for its target directory.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

/// Keeps other clones from building for this target of Rust's. The directory has a name of its own for each environment, since
/// cargo never looks at it.
pub(super) fn lock(environment: &[(&str, &str)], package: &str, triple: &str) -> Result<Directory> {
    let mut hasher = DefaultHasher::new();
    environment.hash(&mut hasher);
    let path = cache::dir()?.join(format!("phone-{:016x}", hasher.finish()));
    let directory = Directory { _lock: file::lock(&path.join(format!("{triple}.lock")))?, path };
    claim(&directory.path, package, triple)?;
    Ok(directory)
}

/// Takes away what another clone has built of the workspace: cargo would take it for this one's if the files' times fit,
/// since it knows them by their paths in the workspace only.
fn claim(directory: &Path, package: &str, triple: &str) -> Result {
    let owner = directory.join(triple).join("clone");
    let own = env::current_dir().map_err(|error| trouble(directory, &error))?.display().to_string();
    if !owner.exists() || read(&owner)? != own {
        let mut clean = toolchain::command("cargo")?;
        clean.args(["clean", "--quiet", "--package", "scruple", "--package", package]);
        clean.args(["--profile", "phone", "--target", triple, "--target-dir"]).arg(directory);
        prepare(&mut clean)?;
        write(&owner, &own)?;
    }
    Ok(())
}
