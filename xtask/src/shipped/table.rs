//! `docs/dependencies.md`: every dependency that ships, with its licence, its size and why it is there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use packager::artifacts::Dependency;
use packager::linked::{Crates, Id, PRODUCTS, Product};
use packager::trouble::{Result, Trouble};

use super::reasons::Reasons;
use super::sizes::Sizes;

/// Where it is.
pub(super) const PATH: &str = "docs/dependencies.md";

/// What comes before the crates.
const CRATES: &str = "\
# What ships that others wrote

`cargo xtask shipped` writes this page and the notices in `notices/`; `cargo xtask test shipped` fails if a crate that is linked is missing
from either. Crates are what cargo links for the targets and features of each product; what runs only while something is built, such as
derive macros, is not here. The linker drops what nobody calls: `tempfile`, `heck` and `indexmap` come with UniFFI's generator, and no byte
of them is in the library.

The notices are in the AAR `scruple` (`META-INF/THIRD-PARTY-NOTICES.txt`), in `scrupleFFI.xcframework` and the Swift package
(`THIRD-PARTY-NOTICES.txt`), and in the command (`scruple notices`). Bills of materials in CycloneDX 1.6 lie beside what is published:
[RELEASING.md](../RELEASING.md#bills-of-materials). UniFFI is under MPL-2.0; the notices say where its source is.

## Crates

Bytes are those of functions and data in the library for arm64 whose names begin with the crate's, before it is stripped; inlining moves some
from one row to another. [size.md](size.md) has what an app pays.

| crate | version | licence | in | bytes | why |
| --- | --- | --- | --- | ---: | --- |
";

/// What comes before Maven's artifacts.
const ARTIFACTS: &str = "
Rust's standard library is in all three, under MIT or Apache-2.0.

## Maven artifacts

They are no part of Scruple's artifacts; a host's build fetches them, by the POMs.

| artifact | version | licence | bytes | why |
| --- | --- | --- | ---: | --- |
";

/// What comes last.
const SWIFT: &str = "
## Swift

The Swift package has no dependency but the library.
";

/// The artifacts that the POMs name.
const NEEDED: [(&str, &str, &str, &str); 3] = [
    (
        "jna",
        "Apache-2.0 or LGPL-2.1",
        "176 520 of arm64",
        "Kotlin calls the library by it, as UniFFI's bindings do",
    ),
    ("kotlin-stdlib", "Apache-2.0", "what R8 leaves", "Kotlin's own"),
    (
        "kotlinx-coroutines-core",
        "Apache-2.0",
        "what R8 leaves",
        "`collect` and `open` suspend; it brings `kotlin-stdlib-jdk7`, `-jdk8`, `-common` and `annotations`",
    ),
];

/// The page.
pub(super) fn page(
    shipped: &[(&Product, Crates)],
    reasons: &Reasons,
    needed: &[Dependency],
    sizes: &Sizes,
) -> Result<String> {
    let mut text = CRATES.to_owned();
    let mut all: BTreeMap<&Id, (Vec<&str>, &Crates)> = BTreeMap::new();
    for (product, crates) in shipped {
        for (id, _) in crates.iter().filter(|(_, one)| !one.is_own) {
            all.entry(id).or_insert_with(|| (Vec::new(), crates)).0.push(product.name);
        }
    }
    for (id, (products, crates)) in all {
        let size = sizes.get(&id.0.replace('-', "_")).map_or("–".to_owned(), ToString::to_string);
        let within = if products.len() == PRODUCTS.len() { "all".to_owned() } else { products.join(", ") };
        let why = reasons.of(id, crates);
        // Writing to a string does not fail.
        let _ =
            writeln!(text, "| `{}` | {} | {} | {within} | {size} | {why} |", id.0, id.1, crates[id].licence);
    }
    text.push_str(ARTIFACTS);
    let named: BTreeSet<_> = needed.iter().map(|one| one.artifact.as_str()).collect();
    if !named.iter().copied().eq(NEEDED.iter().map(|(name, ..)| *name)) {
        return Err(Trouble::failed(format!(
            "the POMs need {named:?}, which xtask/src/shipped/table.rs does not explain"
        )));
    }
    for (name, licence, size, why) in NEEDED {
        let Some(one) = needed.iter().find(|one| one.artifact == name) else { continue };
        let _ = writeln!(text, "| `{}:{name}` | {} | {licence} | {size} | {why} |", one.group, one.version);
    }
    text.push_str(SWIFT);
    Ok(text)
}

/// The sizes that a page has.
pub(super) fn sizes(page: &str) -> Sizes {
    let row = |line: &str| {
        let cells: Vec<_> = line.split(" | ").collect();
        let name = cells.first()?.strip_prefix("| `")?.trim_end_matches('`').replace('-', "_");
        Some((name, cells.get(4)?.parse().ok()?))
    };
    page.lines().filter_map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use packager::linked::{ANDROID, Crate};

    #[test]
    fn a_page_keeps_its_sizes() {
        let one = Crate {
            licence: "MIT".to_owned(),
            repository: String::new(),
            is_own: false,
            needs: BTreeSet::new(),
        };
        let crates = [(("a-b".to_owned(), "1.0.0".to_owned()), one)].into();
        let needed = NEEDED.map(|(name, ..)| Dependency {
            group: "g".to_owned(),
            artifact: name.to_owned(),
            version: "1".to_owned(),
            kind: "jar",
            scope: "compile".to_owned(),
        });
        let known = Sizes::from([("a_b".to_owned(), 12)]);
        let reasons = Reasons::default();
        let shipped = [(&ANDROID, crates)];
        let page = page(&shipped, &reasons, &needed, &known).unwrap();
        assert!(page.contains("| `a-b` | 1.0.0 | MIT | android | 12 | for  |\n"), "{page}");
        assert_eq!(sizes(&page), known);
        assert!(
            super::page(&shipped, &reasons, &needed[1..], &known)
                .unwrap_err()
                .to_string()
                .contains("the POMs")
        );
    }
}
