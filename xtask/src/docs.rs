//! `cargo xtask docs`: the site of the documentation, and what each language's compiler makes of the API beside it.

mod api;
mod links;

use std::path::{Component, Path, PathBuf};

use anstream::println;
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

/// Builds the site and follows every link in it.
pub(crate) fn run() -> Result {
    file::remove(Path::new(SOURCE))?;
    let summary = from_root(&read(Path::new(SUMMARY))?);
    for page in links::of_markdown(&summary) {
        gather(Path::new(page))?;
    }
    let languages = api::built()?;
    write(&Path::new(SOURCE).join(api::PAGE), api::page(&languages))?;
    write(&Path::new(SOURCE).join("SUMMARY.md"), summary + &format!("- [API]({})\n", api::PAGE))?;
    process::prepare(MDBOOK.command()?.arg("build"))?;
    for language in &languages {
        language.copy(Path::new(SITE))?;
    }
    let count = links::check(Path::new(SITE))?;
    println!("{SITE}/index.html: {count} links lead somewhere");
    languages.iter().filter_map(api::Language::lack).for_each(|lack| println!("{lack}"));
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
