//! A bill of materials as CycloneDX's JSON: what an artifact is made of, and what comes with it.
//!
//! It has no time and no number of its own: the same artifact has the same bill, byte for byte.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::artifact::VERSION;
use crate::fetched;
use crate::linked::{self, Id, Product};
use crate::process::printed;
use crate::toolchain;
use crate::trouble::{Result, Trouble};

/// CycloneDX's own validator, which knows this version of its specification and no newer one.
const VALIDATOR: &str = "packager/tools/cyclonedx";

/// Where it is made ready.
const WORK: &str = "target/package/cyclonedx";

/// One bill.
#[derive(Clone)]
pub(super) struct Bill {
    /// What it is of.
    subject: Value,
    /// Everything else, by its reference.
    parts: BTreeMap<String, Value>,
    /// Which need which, by their references.
    needs: BTreeMap<String, BTreeSet<String>>,
}

/// What a component is called in its bill.
fn reference(component: &Value) -> String {
    component["bom-ref"].as_str().unwrap_or_default().to_owned()
}

impl Bill {
    /// The bill of something that consists of nothing but itself.
    pub(super) fn of(subject: Value) -> Self {
        let needs = BTreeMap::from([(reference(&subject), BTreeSet::new())]);
        Self { subject, parts: BTreeMap::new(), needs }
    }

    /// The bill of something of ours that is not published to a registry.
    pub(super) fn of_own(kind: &str, name: &str) -> Self {
        Self::of(json!({
            "type": kind, "bom-ref": format!("{name}@{VERSION}"), "name": name, "version": VERSION,
            "licenses": [{"expression": "Apache-2.0 OR MIT"}],
        }))
    }

    /// With a component that those of these references need.
    pub(super) fn with(mut self, component: Value, needs: BTreeSet<String>) -> Self {
        let reference = reference(&component);
        self.parts.insert(reference.clone(), component);
        self.needs.insert(reference, needs);
        self
    }

    /// The subject needs this one too.
    pub(super) fn needing(mut self, part: &str) -> Self {
        self.needs.entry(reference(&self.subject)).or_default().insert(part.to_owned());
        self
    }

    /// With the crates that are linked into a product, and Rust's standard library of the compiler of this version.
    pub(super) fn with_crates(mut self, product: &Product, rust: &str) -> Result<Self> {
        let (crates, digests) = (product.crates()?, linked::digests()?);
        let purl = |(name, version): &Id| format!("pkg:cargo/{name}@{version}");
        for (id, one) in &crates {
            let mut component = json!({
                "type": "library", "bom-ref": purl(id), "name": id.0, "version": id.1, "scope": "required",
                "licenses": [{"expression": one.licence}], "purl": purl(id),
            });
            if !one.is_own {
                let digest = digests.get(id);
                let digest = digest
                    .ok_or_else(|| Trouble::failed(format!("Cargo.lock has no checksum of {}", id.0)))?;
                component["hashes"] = json!([{"alg": "SHA-256", "content": digest}]);
            }
            if !one.repository.is_empty() {
                component["externalReferences"] = json!([{"type": "vcs", "url": one.repository}]);
            }
            self = self.with(component, one.needs.iter().map(purl).collect());
        }
        let std = format!("pkg:github/rust-lang/rust@{rust}#library/std");
        let component = json!({
            "type": "library", "bom-ref": std, "name": "std", "version": rust, "scope": "required",
            "description": "Rust's standard library, with the crates that its own lock file names",
            "licenses": [{"expression": "MIT OR Apache-2.0"}], "purl": std,
        });
        self = self.with(component, BTreeSet::new()).needing(&std);
        let roots = crates.keys().filter(|id| crates.values().all(|one| !one.needs.contains(*id)));
        Ok(roots.map(purl).fold(self, |bill, root| bill.needing(&root)))
    }

    /// The bill of one of its parts: that, and what it needs.
    pub(super) fn part(&self, part: &str) -> Result<Self> {
        let of = |part: &str| {
            let component = self.parts.get(part).cloned();
            component.ok_or_else(|| Trouble::failed(format!("nothing in the bill is called {part}")))
        };
        let mut subject = of(part)?;
        // What it is of is not a part of something here.
        subject.as_object_mut().and_then(|component| component.remove("scope"));
        let needs = |part: &str| self.needs.get(part).cloned().unwrap_or_default();
        let mut bill = Self::of(subject);
        bill.needs.insert(part.to_owned(), needs(part));
        let mut open: Vec<_> = needs(part).into_iter().collect();
        while let Some(next) = open.pop() {
            if !bill.parts.contains_key(&next) {
                open.extend(needs(&next));
                bill = bill.with(of(&next)?, needs(&next));
            }
        }
        Ok(bill)
    }

    /// The bill's text.
    pub(super) fn text(&self) -> String {
        let needs = self.needs.iter().map(|(part, needs)| json!({"ref": part, "dependsOn": needs}));
        let bill = json!({
            "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
            "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
            "metadata": {"lifecycles": [{"phase": "build"}], "component": self.subject},
            "components": self.parts.values().collect::<Vec<_>>(),
            "dependencies": needs.collect::<Vec<_>>(),
        });
        format!("{bill:#}\n")
    }
}

/// The version of the compiler that phones' libraries are built by.
pub(super) fn phones_rust() -> Result<String> {
    version(&printed(toolchain::command("rustc")?.arg("--version"))?)
}

/// The version that a compiler of Rust says it is.
pub(super) fn version(said: &str) -> Result<String> {
    let version = said.split_whitespace().nth(1).map(str::to_owned);
    version.ok_or_else(|| Trouble::failed(format!("rustc says {said:?} of itself")))
}

/// What CycloneDX's schema finds wrong with bills, a line each.
pub(super) fn faults(bills: &[PathBuf]) -> Result<String> {
    let mut java = fetched::java(VALIDATOR, Path::new(WORK))?;
    printed(java.arg(Path::new(VALIDATOR).join("Validate.java")).args(bills))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn component(name: &str) -> Value {
        json!({"type": "library", "bom-ref": name, "name": name, "scope": "required"})
    }

    #[test]
    fn a_part_has_what_it_needs_and_nothing_else() {
        let needs = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        let bill = Bill::of(component("all"))
            .with(component("a"), needs(&["b"]))
            .with(component("b"), needs(&["c"]))
            .with(component("c"), needs(&["b"]))
            .with(component("d"), needs(&[]))
            .needing("a");
        let part: Value = serde_json::from_str(&bill.part("a").unwrap().text()).unwrap();
        let names = |list: &Value, key: &str| -> Vec<String> {
            list.as_array().unwrap().iter().map(|one| one[key].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(part["metadata"]["component"], json!({"type": "library", "bom-ref": "a", "name": "a"}));
        assert_eq!(names(&part["components"], "name"), ["b", "c"]);
        assert_eq!(names(&part["dependencies"], "ref"), ["a", "b", "c"]);
        assert!(bill.part("e").is_err());
    }

    #[test]
    fn a_compiler_says_its_version() {
        assert_eq!(version("rustc 1.85.1 (4eb161250 2025-03-15)\n").unwrap(), "1.85.1");
        assert!(version("").is_err());
    }
}
