//! `cargo xtask docs`: the site of the documentation, with each language's API beside it.

mod api;
mod links;

use std::path::{Component, Path, PathBuf};

use anstream::{eprintln, println};
use clap::Args;
use packager::file::{self, bytes, read, write};
use packager::process;
use packager::tool::Tool;
use packager::trouble::Result;

/// Makes a site of Markdown; neither a server nor a watcher, which are most of what it compiles.
const MDBOOK: Tool = Tool {
    name: "mdbook",
    version: "0.5.4",
    more: &["--no-default-features", "--features", "search"],
    compiles: "two minutes",
};

/// The book's list of pages, by which the site has them in its sidebar.
const SUMMARY: &str = "docs/SUMMARY.md";

/// What `book.toml` says of where the pages are gathered, and where the site is.
const SOURCE: &str = "target/docs-source";
const SITE: &str = "target/docs";

/// Build the documentation's site, target/docs, and follow its links
///
/// The API's pages are rustdoc's, Dokka's and DocC's, so that this compiles the library for the three languages.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Leave out Kotlin's and Swift's API, which take minutes
    #[arg(long)]
    quick: bool,
}

/// Builds the site and follows every link in it.
pub(crate) fn run(arguments: &Arguments) -> Result {
    file::remove(Path::new(SOURCE))?;
    let summary = from_root(&read(Path::new(SUMMARY))?);
    for page in links::of_markdown(&summary) {
        gather(Path::new(page))?;
    }
    let mut languages = vec![api::rust()?];
    if !arguments.quick {
        eprintln!("Compiling the API's pages of Kotlin and Swift: five minutes at first.");
        languages.extend([api::kotlin()?, api::swift()?]);
    }
    write(&Path::new(SOURCE).join(api::PAGE), api::page(&languages))?;
    write(&Path::new(SOURCE).join("SUMMARY.md"), summary + &format!("- [API]({})\n", api::PAGE))?;
    process::prepare(MDBOOK.command()?.arg("build"))?;
    for language in &languages {
        language.copy(Path::new(SITE))?;
    }
    let count = links::check(Path::new(SITE))?;
    println!("{SITE}/index.html: {count} links lead somewhere");
    Ok(())
}

/// The list of pages as it is in the repository's root, from where the site has the same paths.
fn from_root(summary: &str) -> String {
    summary.replace("](", "](docs/").replace("](docs/../", "](")
}

/// Copies a page, and what it links to that is no page: pictures, schemas, a source.
fn gather(page: &Path) -> Result {
    let text = read(page)?;
    for link in links::of_markdown(&text) {
        let target = link.split('#').next().unwrap_or_default();
        let file = normal(&page.with_file_name(target));
        if !target.ends_with(".md") && file.is_file() {
            write(&Path::new(SOURCE).join(&file), bytes(&file)?)?;
        }
    }
    write(&Path::new(SOURCE).join(page), text)
}

/// A path without `..`.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        if component == Component::ParentDir {
            normal.pop();
        } else {
            normal.push(component);
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_named_from_the_root() {
        let summary = "[a](../README.md)\n- [b](guide/b.md)\n";
        assert_eq!(from_root(summary), "[a](README.md)\n- [b](docs/guide/b.md)\n");
    }

    #[test]
    fn a_path_goes_up_and_down() {
        assert_eq!(normal(Path::new("docs/guide/../../core/src/lib.rs")), Path::new("core/src/lib.rs"));
    }
}
