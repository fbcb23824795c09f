//! The Swift package as Apple's machines see it.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::OUTPUT;
use super::manifest::{self, Reasons};
use crate::file::{bytes, write};
use crate::process::printed;
use crate::swift;
use crate::trouble::{Result, Trouble};

/// The package's manifest.
pub(crate) const MANIFEST: &str = "Package.swift";

/// What stands before what is for Linux only, where SwiftPM runs here.
const HERE: &str = "#if os(Linux)";

/// What the package consists of.
#[derive(Debug)]
pub(crate) struct Package(Value);

/// A target of Swift.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Target {
    /// Its name.
    pub(crate) name: String,
    /// Where its sources are.
    pub(crate) path: PathBuf,
    /// The files that go into the app beside its code.
    pub(crate) resources: Vec<String>,
}

/// A product, with the targets that it is made of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Product {
    /// Its name.
    pub(crate) name: String,
    /// Their names.
    pub(crate) targets: Vec<String>,
}

impl Target {
    /// Whether it has a privacy manifest.
    pub(super) fn has_manifest(&self) -> bool {
        self.resources.iter().any(|file| file == manifest::FILE)
    }

    /// What it declares; without a privacy manifest, nothing.
    pub(super) fn declared(&self) -> Result<Reasons> {
        if !self.has_manifest() {
            return Ok(Reasons::new());
        }
        manifest::parse(&bytes(&self.path.join(manifest::FILE))?)
    }

    /// What is wrong with it, by its name.
    pub(super) fn trouble(&self, why: &Trouble) -> Trouble {
        Trouble::failed(format!("{}: {why}", self.name))
    }
}

impl Package {
    /// Asks SwiftPM what a manifest says on Apple's machines, if the environment has these variables.
    ///
    /// It evaluates manifests for the machine that it runs on: so that it says the other half here, each condition is turned
    /// round in a copy.
    pub(crate) fn read(manifest: &str, environment: &[(&str, &str)]) -> Result<Self> {
        if !manifest.contains(HERE) {
            return Err(Trouble::failed(format!("{MANIFEST} has no `{HERE}`")));
        }
        let directory = Path::new(OUTPUT).join("manifest");
        write(&directory.join(MANIFEST), manifest.replace(HERE, "#if !os(Linux)"))?;
        let mut dump = swift::program("swift")?;
        dump.args(["package", "dump-package", "--package-path"]).arg(directory);
        dump.envs(environment.iter().copied());
        Self::parse(&printed(&mut dump)?)
    }

    fn parse(json: &str) -> Result<Self> {
        serde_json::from_str(json)
            .map(Self)
            .map_err(|error| Trouble::failed(format!("SwiftPM said no JSON: {error}")))
    }

    /// The targets of Swift that are no tests.
    pub(crate) fn targets(&self) -> Vec<Target> {
        let regular = list(&self.0["targets"]).filter(|target| target["type"] == "regular");
        regular
            .map(|target| Target {
                name: text(&target["name"]),
                path: text(&target["path"]).into(),
                resources: list(&target["resources"]).map(|file| text(&file["path"])).collect(),
            })
            .collect()
    }

    /// The products, in the manifest's order.
    pub(crate) fn products(&self) -> Vec<Product> {
        list(&self.0["products"])
            .map(|product| Product {
                name: text(&product["name"]),
                targets: list(&product["targets"]).map(text).collect(),
            })
            .collect()
    }

    /// What the manifest says of a target that is a binary.
    pub(crate) fn binary(&self, name: &str) -> Option<&Value> {
        list(&self.0["targets"]).find(|target| target["type"] == "binary" && target["name"] == name)
    }

    /// The oldest system of a kind.
    pub(crate) fn oldest(&self, platform: &str) -> Option<&str> {
        let mut platforms = list(&self.0["platforms"]);
        platforms.find(|known| known["platformName"] == platform)?["version"].as_str()
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_products_and_binaries_are_read() {
        let json = r#"{"platforms": [{"platformName": "ios", "version": "15.0"}],
            "products": [{"name": "A", "targets": ["A"]}],
            "targets": [
                {"name": "A", "type": "regular", "path": "a", "resources": [
                    {"path": "P", "rule": {"copy": {}}}, {"path": "Q", "rule": {"process": {}}}]},
                {"name": "B", "type": "binary", "url": "https://b"},
                {"name": "C", "type": "test", "path": "c", "resources": []}]}"#;
        let package = Package::parse(json).unwrap();
        let resources = ["P", "Q"].map(str::to_owned).to_vec();
        let target = Target { name: "A".to_owned(), path: "a".into(), resources };
        assert_eq!(package.targets(), [target]);
        assert_eq!(package.products(), [Product { name: "A".to_owned(), targets: vec!["A".to_owned()] }]);
        assert_eq!(package.binary("B").unwrap()["url"], "https://b");
        assert!(package.binary("A").is_none());
        assert_eq!((package.oldest("ios"), package.oldest("macos")), (Some("15.0"), None));
        assert!(Package::parse("error").is_err());
    }
}
