//! The user's cache directory: what a second clone need not fetch again.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::trouble::{Result, Trouble};

/// `$XDG_CACHE_HOME/scruple`, by default `~/.cache/scruple`.
pub fn dir() -> Result<PathBuf> {
    env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        // The specification: a relative path is to be ignored.
        .filter(|path| path.is_absolute())
        .or_else(|| env::home_dir().map(|home| home.join(".cache")))
        .map(|cache| cache.join("scruple"))
        .ok_or_else(|| Trouble::cannot_run("there is no home directory for the cache; set XDG_CACHE_HOME"))
}

/// The directory `name` in the cache, filled first if it is not there; a half-filled one is never seen under its name.
pub fn filled(name: &str, fill: impl FnOnce(&Path) -> Result) -> Result<PathBuf> {
    let place = dir()?.join(name);
    if !place.exists() {
        let unusable = |error: io::Error| Trouble::cannot_run(format!("cannot write to the cache: {error}"));
        let cache = dir()?;
        fs::create_dir_all(&cache).map_err(unusable)?;
        let filling = tempfile::Builder::new().prefix(name).tempdir_in(cache).map_err(unusable)?;
        fill(filling.path())?;
        // Somebody else may have filled it meanwhile.
        fs::rename(filling.path(), &place)
            .or_else(|error| if place.exists() { Ok(()) } else { Err(unusable(error)) })?;
    }
    Ok(place)
}
