//! What each product declares to Apple.

use std::fmt::{self, Display};
use std::path::Path;

use super::manifest::{self, Reasons};
use super::package::{self, Package};
use super::reasons::CATEGORIES;
use crate::file::read;
use crate::trouble::{Result, Trouble};

/// For the host's own tests, so no app ships it.
const TESTING: &str = "ScrupleTesting";

/// By the product's name, in the manifest's order.
#[derive(Debug)]
pub(crate) struct Declared(Vec<(String, Reasons)>);

impl Declared {
    /// Reads what the products of the Swift package declare.
    pub(crate) fn read() -> Result<Self> {
        Self::of(&Package::read(&read(Path::new(package::MANIFEST))?, &[])?)
    }

    /// What the products declare; fails if one says nothing at all.
    pub(super) fn of(package: &Package) -> Result<Self> {
        let targets = package.targets();
        let mut declared = Vec::new();
        for product in package.products().into_iter().filter(|product| product.name != TESTING) {
            let mut reasons = Reasons::new();
            for target in targets.iter().filter(|target| product.targets.contains(&target.name)) {
                if !target.has_manifest() {
                    let why = Trouble::failed(format!("it has no {} to copy", manifest::FILE));
                    return Err(target.trouble(&why));
                }
                reasons.extend(target.declared().map_err(|why| target.trouble(&why))?);
            }
            declared.push((product.name, reasons));
        }
        Ok(Self(declared))
    }

    /// How many products there are.
    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    /// The table's lines.
    fn lines(&self) -> Vec<[&str; 4]> {
        let mut lines = vec![["product", "API category", "reason", "why"]];
        for (product, reasons) in &self.0 {
            if reasons.is_empty() {
                lines.push([product, "none", "", ""]);
            }
            for (name, codes) in reasons {
                let allowed = CATEGORIES.iter().filter(|category| category.name == *name);
                let allowed = allowed.flat_map(|category| category.reasons);
                for reason in allowed.filter(|reason| codes.contains(&reason.code)) {
                    lines.push([product, name, reason.code, reason.why]);
                }
            }
        }
        lines
    }
}

impl Display for Declared {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let lines = self.lines();
        let width = |column: usize| lines.iter().map(|line| line[column].len()).max().unwrap_or(0);
        let widths = [width(0), width(1), width(2)];
        for (at, [product, name, code, why]) in lines.iter().enumerate() {
            let start = if at == 0 { "" } else { "\n" };
            let line = format!("{product:0$}  {name:1$}  {code:2$}  {why}", widths[0], widths[1], widths[2]);
            write!(f, "{start}{}", line.trim_end())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_product_has_its_lines() {
        let declared = Declared(vec![
            ("Scruple".to_owned(), Reasons::new()),
            ("ScrupleStorage".to_owned(), [("DiskSpace", vec!["85F4.1"])].into()),
        ]);
        let expected = "\
product         API category  reason  why
Scruple         none
ScrupleStorage  DiskSpace     85F4.1  shown to the person, on the device only";
        assert_eq!(declared.to_string(), expected);
    }
}
