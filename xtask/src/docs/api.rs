//! What each language's compiler makes of the API: in the site, or named as not in it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

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
    /// For whoever lacks them.
    command: &'static str,
    /// What there is.
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

/// Each language's pages: Rust's are made now, the others' are there or not.
pub(super) fn built() -> Result<[Language; 3]> {
    Ok([
        Language { name: "Rust, by rustdoc", command: "cargo xtask docs", parts: rust()? },
        Language { name: "Kotlin, by Dokka", command: "cargo xtask package android", parts: kotlin()? },
        Language { name: "Swift, by DocC", command: "cargo xtask test swift-docs", parts: swift()? },
    ])
}

fn rust() -> Result<Vec<Part>> {
    let mut cargo = Command::new("cargo");
    cargo.args(["doc", "--no-deps", "--package", "scruple", "--package", "scruple-disclose"]);
    process::prepare(cargo.args(["--target-dir", RUSTDOC]).env("RUSTDOCFLAGS", "-D warnings"))?;
    let part = |name: &str| Part {
        name: name.to_owned(),
        directory: Path::new(RUSTDOC).join("doc"),
        folder: "rust".to_owned(),
        first: format!("rust/{name}/index.html"),
    };
    Ok(vec![part("scruple"), part("scruple_disclose")])
}

fn kotlin() -> Result<Vec<Part>> {
    let part = |module: PathBuf| {
        let name = module.file_name()?.to_string_lossy().into_owned();
        let directory = module.join("target/dokka");
        let folder = format!("kotlin/{name}");
        directory.is_dir().then(|| Part { first: format!("{folder}/index.html"), name, directory, folder })
    };
    Ok(entries(Path::new(maven::LIBRARY))?.into_iter().filter_map(part).collect())
}

fn swift() -> Result<Vec<Part>> {
    let pages = Path::new(swift::PAGES);
    if !pages.is_dir() {
        return Ok(Vec::new());
    }
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
    Ok(entries(pages)?.into_iter().filter_map(part).collect())
}

impl Language {
    /// Copies its pages into the site.
    pub(super) fn copy(&self, site: &Path) -> Result {
        self.parts.iter().try_for_each(|part| mirror(&part.directory, &site.join(&part.folder)))
    }

    /// Says so if the site has none of its pages.
    pub(super) fn lack(&self) -> Option<String> {
        let Self { name, command, parts } = self;
        parts.is_empty().then(|| format!("Not in the site: {name}. `{command}` makes it."))
    }
}

/// The page that leads to each, or says that it is not there.
pub(super) fn page(languages: &[Language]) -> String {
    let mut page = "# API\n\nEvery public type and function, as each language has it.\n".to_owned();
    for language in languages {
        let _ = write!(page, "\n## {}\n\n", language.name);
        for Part { name, first, .. } in &language.parts {
            let _ = writeln!(page, "- [`{name}`]({first})");
        }
        if let Some(lack) = language.lack() {
            page += &lack;
            page.push('\n');
        }
    }
    page + "\nDocC's pages need a web server that has this site at its root.\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_says_what_is_not_there() {
        let part = Part {
            name: "scruple".into(),
            directory: "target/rustdoc/doc".into(),
            folder: "rust".into(),
            first: "rust/scruple/index.html".into(),
        };
        let there = Language { name: "Rust", command: "cargo doc", parts: vec![part] };
        let lacking = Language { name: "Swift", command: "docc", parts: Vec::new() };
        let page = page(&[there, lacking]);
        assert!(page.contains("## Rust\n\n- [`scruple`](rust/scruple/index.html)\n"), "{page}");
        assert!(page.contains("## Swift\n\nNot in the site: Swift. `docc` makes it.\n"), "{page}");
    }
}
