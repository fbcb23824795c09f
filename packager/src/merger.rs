//! Google's manifest merger, which Maven fetches, over a folder of projects: `disclose/tests/merger/Merger.java` says in which form.

use std::path::Path;

use crate::fetched;
use crate::file::{self, read, write};
use crate::process;
use crate::trouble::{Result, Trouble};

/// Its program and the build that fetches it, of the check's own tests.
const MERGER: &str = "disclose/tests/merger";

/// A project to merge.
pub(crate) struct Project {
    /// The app's minSdkVersion and targetSdkVersion.
    pub(crate) levels: (u32, u32),
    /// The app's manifest.
    pub(crate) app: String,
    /// Its libraries', the strongest first.
    pub(crate) libraries: Vec<String>,
}

/// A manifest, or the merger's words why there is none.
pub(crate) type Merged = std::result::Result<String, String>;

/// What the merger makes of each project, by way of a folder that is made anew.
pub(crate) fn merged(projects: &[Project], work: &Path) -> Result<Vec<Merged>> {
    file::remove(work)?;
    let folder = |at: usize| work.join("projects").join(format!("{at:03}"));
    for (at, project) in projects.iter().enumerate() {
        write(&folder(at).join("app/0.xml"), &project.app)?;
        write(&folder(at).join("sdk"), format!("{} {}", project.levels.0, project.levels.1))?;
        for (number, library) in project.libraries.iter().enumerate() {
            write(&folder(at).join(format!("library-{number:02}/0.xml")), library)?;
        }
    }
    let mut java = fetched::java(MERGER, work)?;
    process::prepare(java.arg(Path::new(MERGER).join("Merger.java")).arg(work.join("projects")))?;
    (0..projects.len())
        .map(|at| match folder(at).join("merged.xml") {
            merged if merged.exists() => read(&merged).map(Ok),
            _ => read(&folder(at).join("failed")).map(Err),
        })
        .collect()
}

/// The one project's manifest, if the merger makes one of it.
pub(crate) fn one(project: Project, work: &Path) -> Result<String> {
    let mut all = merged(&[project], work)?;
    let made = all.pop().unwrap_or_else(|| Err("there is no answer".to_owned()));
    made.map_err(|why| Trouble::failed(format!("the manifests cannot be merged: {why}")))
}
