//! What hosts get, in `dist`.

mod aar;
pub mod android;
pub mod android_sample;
pub mod apple;
mod archive;
mod artifact;
mod beside;
mod bill;
pub mod bills;
mod bundle;
mod central;
mod check;
mod classes;
pub mod command;
mod distribution;
mod members;
mod merged;
mod module;
mod pods;
mod pom;
mod repository;
mod sbom;
mod table;
mod xcframework;
mod xml;

use std::path::Path;

pub use self::module::Dependency;
use self::module::{Module, Parent};
use crate::claims::Claims;
use crate::trouble::Result;

/// What the published artifacts need of others, each once, by name.
pub fn needed() -> Result<Vec<Dependency>> {
    let parent = Parent::read()?;
    let mut needed = Vec::new();
    for artifact in artifact::ARTIFACTS {
        needed.extend(pom::needs(artifact, &Module::read(artifact.name, &parent)?, &parent)?);
    }
    needed.retain(|one: &Dependency| one.group != artifact::GROUP);
    needed.sort_by(|one, other| one.artifact.cmp(&other.artifact));
    needed.dedup_by(|one, other| one.artifact == other.artifact);
    Ok(needed)
}

/// Packs Android's artifacts twice, and looks at what came out.
pub fn test(claims: &mut Claims) -> Result {
    let packed = android::pack()?;
    packed.print();
    packed.check_again()?;
    check::repository()?;
    members::check(claims)?;
    sbom::check(Path::new(android::REPOSITORY), claims)?;
    central::check(Path::new(android::REPOSITORY))?;
    merged::check()
}
