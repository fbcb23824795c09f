//! Where links lead: in a page's Markdown, and in the site that was made of it.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use packager::file::{read, tree};
use packager::trouble::{Result, Trouble};

use super::{api, normal};

/// The targets of a text's links, but those to the web and those in blocks of code.
pub(super) fn of_markdown(text: &str) -> impl Iterator<Item = &str> {
    let prose = text.split("```").step_by(2);
    let targets = prose.flat_map(|prose| prose.split("](").skip(1)).filter_map(|rest| rest.split(')').next());
    targets.filter(|target| !target.contains("://"))
}

/// Follows every link of the site's own pages, and counts them. What a language's compiler made has links of its own.
pub(super) fn check(site: &Path) -> Result<usize> {
    let mut pages = HashMap::new();
    for file in tree(site)? {
        let made = file
            .strip_prefix(site)
            .is_ok_and(|path| api::FOLDERS.iter().any(|folder| path.starts_with(folder)));
        if !made && file.extension().is_some_and(|end| end == "html") {
            pages.insert(file.clone(), read(&file)?);
        }
    }
    let ids: HashMap<_, HashSet<_>> =
        pages.iter().map(|(file, html)| (file, attributes(html, "id").collect())).collect();
    let mut count = 0;
    let mut broken = Vec::new();
    for (file, html) in &pages {
        for link in attributes(html, "href").chain(attributes(html, "src")).filter(|link| !is_elsewhere(link))
        {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() { file.clone() } else { normal(&file.with_file_name(path)) };
            let target = if path.ends_with('/') { target.join("index.html") } else { target };
            let has_anchor = anchor.is_empty() || ids.get(&target).is_none_or(|ids| ids.contains(anchor));
            if !target.is_file() || !has_anchor {
                broken.push(format!("{}: {link}", file.display()));
            }
            count += 1;
        }
    }
    broken.sort();
    if broken.is_empty() {
        Ok(count)
    } else {
        Err(Trouble::failed(format!("links of the site lead nowhere:\n{}", broken.join("\n"))))
    }
}

/// Whether a link leaves the site, or carries what it shows.
fn is_elsewhere(link: &str) -> bool {
    ["https:", "http:", "mailto:", "data:"].iter().any(|scheme| link.starts_with(scheme))
}

/// What an attribute says, wherever an element has it.
fn attributes<'h>(html: &'h str, name: &str) -> impl Iterator<Item = &'h str> {
    let opening = format!(" {name}=\"");
    let mut rest = html;
    std::iter::from_fn(move || {
        let (_, value) = rest.split_once(&opening)?;
        let (value, after) = value.split_once('"')?;
        rest = after;
        Some(value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use packager::file::write;

    #[test]
    fn a_link_to_nothing_is_found() {
        let site = tempfile::tempdir().unwrap();
        let page = |name: &str, html: &str| write(&site.path().join(name), html).unwrap();
        page("index.html", r#"<a href="in/b.html#two">b</a> <a href="https://example.org/c">c</a>"#);
        page("in/b.html", r#"<h2 id="two">2</h2> <a href="../index.html">a</a> <img src="../a.svg">"#);
        page("a.svg", "<svg/>");
        // Not ours.
        page("rust/index.html", r#"<a href="nowhere.html">d</a>"#);
        assert_eq!(check(site.path()).unwrap(), 3);
        for wrong in [r##"<a href="#three">3</a>"##, r#"<a href="b.md">b</a>"#, r#"<img src="in">"#] {
            page("wrong.html", wrong);
            assert!(check(site.path()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn links_in_code_are_none() {
        let text = "[a](a.md#b) ![c](c.svg)\n```\n[d](e)\n```\n[f](https://example.org)";
        assert_eq!(of_markdown(text).collect::<Vec<_>>(), ["a.md#b", "c.svg"]);
    }
}
