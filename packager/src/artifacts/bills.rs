//! The bills of materials of what is not published to Maven: Apple's library, the Swift package, the command.

use std::path::{Path, PathBuf};

use super::bill::{self, Bill};
use super::{apple, command, sbom};
use crate::claims::Claims;
use crate::file::write;
use crate::linked::{APPLE, COMMAND, Product};
use crate::trouble::{Result, Trouble};

/// Where a test writes them.
const TESTED: &str = "target/package/bills";

/// Makes each bill twice, and holds it against CycloneDX's schema and what cargo links.
pub fn test() -> Result {
    let (mut paths, mut named) = (Vec::<PathBuf>::new(), 0);
    let again = all()?;
    for ((name, product, bill), (_, _, again)) in all()?.into_iter().zip(again) {
        let (text, path) = (bill.text(), Path::new(TESTED).join(format!("{name}.cdx.json")));
        if text != again.text() {
            return Err(Trouble::failed(format!("{name}: made twice, its bill differs")));
        }
        named += names_all(product, &text)?;
        if names_all(product, &text.replace("pkg:cargo/uniffi_core@", "pkg:cargo/another@")).is_ok() {
            return Err(Trouble::failed("a bill that lacks a crate is taken for whole"));
        }
        write(&path, text)?;
        paths.push(path);
    }
    sbom::is_valid(&paths)?;
    let mut claims = Claims::of("bills")?;
    claims.claim(
        "Apple's and the command's bills of materials are valid and whole",
        &format!("{} bills, {named} crates by CycloneDX's own schema", paths.len()),
        "a bill of an unknown kind is refused, and one without uniffi_core",
    );
    claims.keep()
}

/// Each of them, with what it is of.
fn all() -> Result<Vec<(&'static str, &'static Product, Bill)>> {
    let rust = bill::phones_rust()?;
    Ok(vec![
        ("library", &APPLE, apple::library_bill(&rust)?),
        ("package", &APPLE, apple::package_bill(&rust)?),
        ("command", &COMMAND, command::bill()?),
    ])
}

/// How many crates a bill names, if they are all that are linked.
pub(super) fn names_all(product: &Product, bill: &str) -> Result<usize> {
    let crates = product.crates()?;
    let purl = |(name, version): &_| format!("\"pkg:cargo/{name}@{version}\"");
    match crates.keys().map(purl).find(|purl| !bill.contains(purl)) {
        None => Ok(crates.len()),
        Some(purl) => Err(Trouble::failed(format!("the bill lacks {purl}"))),
    }
}
