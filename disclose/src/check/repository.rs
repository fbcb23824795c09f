//! Where a path lies in the repository, so that a finding has the same name on every machine.

use std::path::{Path, PathBuf};

use super::files;
use super::finding::Place;

/// The repository that is checked, or else the folder that the command was called in.
#[derive(Debug, Clone)]
pub struct Repository {
    /// Absolute, with `/`; the command's folder is what relative paths begin at.
    here: String,
    root: String,
    /// Where a finding is shown that is in no file.
    policy: String,
}

impl Repository {
    /// The repository that the first path lies in: the innermost folder around it that has a `.git`.
    pub fn of(policy: &Path, paths: &[PathBuf]) -> Self {
        let here = std::env::current_dir().unwrap_or_default().to_string_lossy().into_owned();
        let first = paths.first().map_or(policy, PathBuf::as_path);
        let first = files::join(&here, &first.to_string_lossy());
        let root = Path::new(&first).ancestors().find(|folder| folder.join(".git").exists());
        let root = root.map_or_else(|| here.clone(), |folder| folder.to_string_lossy().into_owned());
        Self { here, root, policy: policy.to_string_lossy().into_owned() }
    }

    fn absolute(&self, path: &str) -> String {
        files::join(&self.here, path)
    }

    /// A path from the root on, with what comes after `!/` in an archive; an absolute one if it lies elsewhere.
    pub(crate) fn name(&self, path: &str) -> String {
        let absolute = self.absolute(path);
        match absolute.strip_prefix(&self.root) {
            Some("") => ".".to_owned(),
            Some(rest) if rest.starts_with('/') => rest.trim_start_matches('/').to_owned(),
            Some(_) | None => absolute,
        }
    }

    /// Words without the root in them.
    pub(crate) fn words(&self, words: &str) -> String {
        words.replace(&format!("{}/", self.root), "").replace(&self.root, ".")
    }

    /// The file of the repository to show a place in, and the line if it is that file's own; a folder, and what is not
    /// there, has none, so the policy stands for it.
    pub(crate) fn shown(&self, place: &Place) -> (String, Option<u32>) {
        let (file, inner) = match place.file.split_once("!/") {
            Some((archive, _)) => (archive, true),
            None => (place.file.as_str(), false),
        };
        match Path::new(&self.absolute(file)).is_file() {
            true => (self.name(file), place.line.filter(|_| !inner)),
            false => (self.name(&self.policy), None),
        }
    }
}
