//! Recorded machines in the form of `core/tests/sysroots`: each file under `=== PATH`.

use std::fs;
use std::path::{Component, Path};

use tempfile::TempDir;

/// A folder in memory, where this system has such a place.
pub fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.expect("a folder for a machine")
}

/// Lays the files out. What cannot be a file below the root is left out.
pub fn lay_out(root: &Path, text: &str) {
    for file in text.split("\n=== ").skip(1).take(64) {
        let Some((path, content)) = file.split_once('\n') else { continue };
        let path = Path::new(path.trim_start_matches('/'));
        if !path.components().all(|component| matches!(component, Component::Normal(_))) {
            continue;
        }
        let path = root.join(path);
        // A name with a NUL, one that is too long, or a file where a folder would be.
        let _ = path.parent().map(fs::create_dir_all);
        let _ = fs::write(path, format!("{content}\n").replace("\\\n", "").replace("\\0", "\0"));
    }
}
