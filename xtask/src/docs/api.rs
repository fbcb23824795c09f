//! The API's pages, as each language's compiler of documentation makes them.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use packager::artifacts::android;
use packager::file::{entries, mirror};
use packager::trouble::Result;
use packager::{maven, process};

use crate::swift;

/// The page that leads to them.
pub(super) const PAGE: &str = "api.md";

/// Their folders in the site.
pub(super) const FOLDERS: [&str; 3] = ["rust", "kotlin", swift::PAGES_IN_SITE];

/// Where rustdoc writes, apart from what it makes of other crates.
const RUSTDOC: &str = "target/rustdoc";

/// The API as one language has it.
pub(super) struct Language {
    /// The language, and what makes its pages.
    name: &'static str,
    parts: Vec<Part>,
}

/// A module's pages.
struct Part {
    name: String,
    /// Where they are.
    directory: PathBuf,
    /// Where the site has them, and the first of them there.
    folder: String,
    first: String,
}

/// Rust's, by module.
pub(super) fn rust() -> Result<Language> {
    let mut cargo = Command::new("cargo");
    cargo.args(["doc", "--no-deps", "--package", "scruple", "--package", "scruple-disclose"]);
    process::prepare(cargo.args(["--target-dir", RUSTDOC]).env("RUSTDOCFLAGS", "-D warnings"))?;
    let part = |name: &str| Part {
        name: name.to_owned(),
        directory: Path::new(RUSTDOC).join("doc"),
        folder: "rust".to_owned(),
        first: format!("rust/{name}/index.html"),
    };
    let parts = vec![part("scruple"), part("scruple_disclose")];
    Ok(Language { name: "Rust, by rustdoc", parts })
}

/// Kotlin's, which hosts in Java read too.
pub(super) fn kotlin() -> Result<Language> {
    android::compile()?;
    let part = |module: PathBuf| {
        let name = module.file_name()?.to_string_lossy().into_owned();
        let directory = module.join("target/dokka");
        let folder = format!("kotlin/{name}");
        directory.is_dir().then(|| Part { first: format!("{folder}/index.html"), name, directory, folder })
    };
    let parts = entries(Path::new(maven::LIBRARY))?.into_iter().filter_map(part).collect();
    Ok(Language { name: "Kotlin, by Dokka", parts })
}

/// Swift's.
pub(super) fn swift() -> Result<Language> {
    swift::documentation()?;
    let part = |directory: PathBuf| {
        let name = directory.file_name()?.to_string_lossy().into_owned();
        let folder = format!("{}/{name}", swift::PAGES_IN_SITE);
        Some(Part {
            // DocC takes an address that ends in `index.html` for a page that it does not have.
            first: format!("{folder}/documentation/{}/", name.to_lowercase()),
            name,
            directory,
            folder,
        })
    };
    let parts = entries(Path::new(swift::PAGES))?.into_iter().filter_map(part).collect();
    Ok(Language { name: "Swift, by DocC", parts })
}

impl Language {
    /// Copies its pages into the site.
    pub(super) fn copy(&self, site: &Path) -> Result {
        self.parts.iter().try_for_each(|part| mirror(&part.directory, &site.join(&part.folder)))
    }
}

/// The page that leads to each.
pub(super) fn page(languages: &[Language]) -> String {
    let mut page = "# API\n\nEvery public type and function, as each language has it.\n".to_owned();
    for language in languages {
        let _ = write!(page, "\n## {}\n\n", language.name);
        for Part { name, first, .. } in &language.parts {
            let _ = writeln!(page, "- [`{name}`]({first})");
        }
    }
    page + "\nDocC's pages need a web server that has this site at its root.\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_leads_to_each_part() {
        let part = Part {
            name: "scruple".into(),
            directory: "target/rustdoc/doc".into(),
            folder: "rust".into(),
            first: "rust/scruple/index.html".into(),
        };
        let page = page(&[Language { name: "Rust", parts: vec![part] }]);
        assert!(page.contains("## Rust\n\n- [`scruple`](rust/scruple/index.html)\n"), "{page}");
    }
}
