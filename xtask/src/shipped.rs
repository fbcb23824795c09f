//! `cargo xtask shipped`: what ships that others wrote, as notices and as a table.

mod reasons;
mod sizes;
mod table;

use std::path::Path;

use packager::android::{self, ARM64};
use packager::claims::Claims;
use packager::file::{read, write};
use packager::linked::{Crates, PRODUCTS, Product};
use packager::trouble::{Result, Trouble};
use packager::{artifacts, notices};

use self::reasons::Reasons;

/// Writes the notices, and the table with sizes of the library that is built now.
pub(crate) fn run() -> Result {
    let shipped = shipped()?;
    for (product, crates) in &shipped {
        write(&notices::path(product), notices::make(product, crates)?)?;
    }
    let sizes = sizes::of(&android::build(&ARM64)?.symbols)?;
    write(Path::new(table::PATH), table::page(&shipped, &Reasons::read()?, &artifacts::needed()?, &sizes)?)
}

/// The crates of everything that ships.
fn shipped() -> Result<Vec<(&'static Product, Crates)>> {
    PRODUCTS.iter().map(|product| Ok((*product, product.crates()?))).collect()
}

/// The notices and the table in the repository are what would be written now; each names every crate that is linked.
pub(crate) fn test() -> Result {
    let shipped = shipped()?;
    let mut notes = 0;
    for (product, crates) in &shipped {
        let committed = notices::of(product)?;
        is_current(&notices::path(product), &committed, &notices::make(product, crates)?)?;
        notes += notices::name_all(&committed, crates)?;
        let lacking = committed.replace("- zeroize ", "- another ");
        if notices::name_all(&lacking, crates).is_ok() {
            return Err(Trouble::failed("notices that lack a crate are taken for whole"));
        }
    }
    let mut claims = Claims::of("shipped")?;
    claims.claim(
        "Every linked crate has its third-party notice",
        &format!("{notes} crates of {} products are named", PRODUCTS.len()),
        "notices without zeroize are refused, for each product",
    );
    let (reasons, needed) = (Reasons::read()?, artifacts::needed()?);
    let committed = read(Path::new(table::PATH))?;
    let page = |shipped: &[_]| table::page(shipped, &reasons, &needed, &table::sizes(&committed));
    is_current(Path::new(table::PATH), &committed, &page(&shipped)?)?;
    // One that another product still has is in the page for that one.
    if page(&shipped[1..])? == committed {
        return Err(Trouble::failed("a table that lacks a product's crates is taken for current"));
    }
    claims.claim(
        "The table of dependencies is what cargo links",
        &format!("{} lines are as they would be written", committed.lines().count()),
        "without Android's crates it is refused",
    );
    claims.keep()
}

/// Fails if a file would be written otherwise.
fn is_current(path: &Path, committed: &str, made: &str) -> Result {
    if committed == made {
        return Ok(());
    }
    let differs = committed.lines().zip(made.lines()).find(|(one, other)| one != other);
    let (old, new) = differs.unwrap_or(("an end", "more or less"));
    Err(Trouble::failed(format!(
        "{} is not current (`cargo xtask shipped`): it has {old:?}, and would have {new:?}",
        path.display()
    )))
}
