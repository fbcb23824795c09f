//! What a page shows of code, which nobody would compile there, is in a file that is compiled.

use std::collections::HashSet;
use std::path::Path;

use packager::file::{read, tree};
use packager::trouble::{Result, Trouble};

/// The pages for hosts' developers.
const GUIDES: &str = "docs/guide";

/// Fails if a page for hosts' developers shows a line in the language that is in none of the files, as [`check`] does.
pub(crate) fn check_guides(language: &str, but: &[&str], files: &[&str]) -> Result {
    let mut shown = 0;
    for page in tree(Path::new(GUIDES))? {
        shown += blocks(&read(&page)?, language).count();
        check(&page, language, but, files)?;
    }
    if shown == 0 { Err(Trouble::failed(format!("no page of {GUIDES} shows {language}"))) } else { Ok(()) }
}

/// Fails if the page shows a line in the language that is in none of the files, wherever it is indented to. Blocks that have
/// one of `but` in them, such as a build's, are not looked at.
pub(crate) fn check(page: &Path, language: &str, but: &[&str], files: &[&str]) -> Result {
    let code = files.iter().map(|file| read(Path::new(file))).collect::<Result<String>>()?;
    match only_in_page(&read(page)?, language, but, &code) {
        None => Ok(()),
        Some(line) => Err(Trouble::failed(format!(
            "{} shows {line:?}, which is not in {}",
            page.display(),
            files.join(" or ")
        ))),
    }
}

/// The page's blocks in a language.
pub(crate) fn blocks<'p>(page: &'p str, language: &str) -> impl Iterator<Item = &'p str> {
    let mut rest = page;
    let opening = format!("```{language}\n");
    std::iter::from_fn(move || {
        let (_, below) = rest.split_once(&opening)?;
        let (block, after) = below.split_once("```")?;
        rest = after;
        Some(block)
    })
}

fn only_in_page<'p>(page: &'p str, language: &str, but: &[&str], code: &str) -> Option<&'p str> {
    let lines: HashSet<&str> = code.lines().map(str::trim).collect();
    let shown = blocks(page, language)
        .filter(|block| !but.iter().any(|but| block.contains(but)))
        .flat_map(str::lines);
    shown.map(str::trim).find(|line| !line.is_empty() && !lines.contains(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_only_the_page_has_is_found() {
        let page =
            "```kotlin\n// app/build.gradle.kts\nno\n```\nWords.\n```kotlin\none()\n\n    two()\n```\n";
        let only = |code| only_in_page(page, "kotlin", &["commandLine(", ".gradle.kts"], code);
        assert_eq!(only("fun f() {\n    one()\n    two()\n}\n"), None);
        assert_eq!(only("fun f() {\n    one()\n}\n"), Some("two()"));
    }

    #[test]
    fn blocks_are_those_of_the_language() {
        let page = "```sh\nno\n```\n```swift\none\n```\n```swift\ntwo\ntwo\n```\n```swift\nnever closed\n";
        assert_eq!(blocks(page, "swift").collect::<Vec<_>>(), ["one\n", "two\ntwo\n"]);
    }
}
