//! One file for an auditor, with versions, hashes and results.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use anstream::println;
use packager::claims::{Claim, OUTPUT, kept};
use packager::process::printed;
use packager::trouble::{Result, Trouble};
use packager::{android, file};

use super::{CARGO, MAVEN};

/// Writes and prints what was proven, of every step of the stage in each lane. Without one of them there is no table.
pub(crate) fn make() -> Result {
    let mut rows = Vec::new();
    for step in [CARGO, MAVEN].iter().flat_map(|stage| stage.steps) {
        let claims = kept(step.name);
        if claims.is_empty() {
            return Err(Trouble::failed(format!("no table: the step {} has not passed", step.name)));
        }
        rows.extend(claims);
    }
    let page = page(&rows)?;
    let path = Path::new(OUTPUT).join("proof.md");
    file::write(&path, &page)?;
    println!("{page}\nThis is {}.", path.display());
    Ok(())
}

/// Versions, hashes and results.
fn page(rows: &[Claim]) -> Result<String> {
    let mut page = "# What was proven\n\n".to_owned();
    let commit = printed(Command::new("git").args(["describe", "--always", "--dirty", "--abbrev=40"]))?;
    let rust = printed(Command::new("rustc").arg("--version"))?;
    let _ =
        writeln!(page, "Scruple {}, commit {}, {}.\n", env!("CARGO_PKG_VERSION"), commit.trim(), rust.trim());
    page.push_str("| what ships | SHA-256 |\n| --- | --- |\n");
    let libraries =
        android::ABIS.iter().map(|abi| Path::new("target/android").join(abi.name).join("libscruple_ffi.so"));
    for file in libraries.chain([Path::new("target/release/scruple").to_owned()]) {
        let sum = printed(Command::new("sha256sum").arg(&file))?;
        let _ =
            writeln!(page, "| {} | {} |", file.display(), sum.split_whitespace().next().unwrap_or_default());
    }
    page.push_str("\n| claim | result | control |\n| --- | --- | --- |\n");
    for Claim { claim, result, control } in rows {
        let _ = writeln!(page, "| {claim} | {result} | {control} |");
    }
    Ok(page)
}
