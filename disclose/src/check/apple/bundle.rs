//! One bundle with a program of its own: an app, an extension in it, or code that it takes in.

use super::super::files::{self, Files};
use super::super::finding::{CheckRule, Finding, Level, Place};
use super::super::plist::{self, Node};
use super::super::sources::Use;
pub(super) use super::super::xcode::Key;
use super::super::xcode::{Named, Product};

/// Everything that a bundle declares, and what it uses.
#[derive(Debug, Default)]
pub(super) struct Bundle {
    /// The app whose it is.
    pub(super) app: String,
    /// Its own name.
    pub(super) name: String,
    pub(super) kind: Product,
    /// The file that makes it one, where it has no Info.plist.
    pub(super) place: Option<String>,
    /// What it says of itself, configuration by configuration.
    pub(super) builds: Vec<Declared>,
    /// The privacy manifests that it has.
    pub(super) privacy: Vec<(String, Node)>,
    /// Whether what it has of them was handed over: of what was not, nothing is missing.
    pub(super) has_privacy: bool,
    /// Privacy manifests that lie there, and that it does not copy.
    pub(super) left: Vec<String>,
    /// Privacy manifests that it copies by another name, by which Apple does not find them.
    pub(super) misnamed: Vec<String>,
    /// What it uses that needs a reason, each with its file.
    pub(super) uses: Vec<(String, Use)>,
    /// Whether all of its sources, or its program, were looked at.
    pub(super) is_looked_at: bool,
    /// The products of Scruple's that it links; none if that is not known.
    pub(super) products: Option<Vec<Named>>,
    /// The packages beside the project whose code is in its program.
    pub(super) packages: Vec<String>,
    /// The files with its texts, and every language that it has.
    pub(super) texts: Vec<String>,
    pub(super) languages: Vec<String>,
    /// The language of the texts in its Info.plist.
    pub(super) language: String,
}

/// What one configuration declares.
#[derive(Debug, Default)]
pub(super) struct Declared {
    pub(super) configuration: String,
    /// Where a lack is reported.
    pub(super) file: String,
    pub(super) line: Option<u32>,
    /// Of Info.plist and of the build settings that stand for it.
    pub(super) keys: Vec<Key>,
    pub(super) entitlements: Vec<Key>,
    /// Settings that Xcode makes nothing of.
    pub(super) ignored: Vec<Key>,
    /// What settings name and is not there.
    pub(super) absent: Option<Named>,
    pub(super) has_info: bool,
    pub(super) has_entitlements: bool,
}

impl Key {
    pub(super) fn place(&self) -> Place {
        Place::new(self.file.clone(), line(&self.node))
    }
}

impl Declared {
    pub(super) fn key(&self, name: &str) -> Option<&Key> {
        self.keys.iter().find(|own| own.name == name)
    }

    /// Where a lack is reported. What is packed has no lines.
    pub(super) fn place(&self) -> Place {
        Place::new(self.file.clone(), self.line.filter(|_| !self.file.contains("!/")))
    }

    pub(super) fn lack(&self, rule: CheckRule, why: String, mend: impl Into<String>) -> Finding {
        Finding::at(self.place(), rule, Level::Error, why, mend)
    }
}

impl Bundle {
    /// What the finding is said of: the app, or a part of it.
    pub(super) fn shown(&self) -> &str {
        if self.name.is_empty() { "." } else { &self.name }
    }

    /// Where a lack of the whole bundle is reported.
    pub(super) fn place(&self) -> Place {
        let first = self.builds.first().map(Declared::place);
        first.unwrap_or_else(|| Place::new(self.place.clone().unwrap_or_else(|| self.app.clone()), None))
    }

    pub(super) fn read_privacy(&mut self, files: &mut Files, paths: &[String]) {
        for path in paths {
            if let Some(root) = files.read(path, plist::parse) {
                self.privacy.push((path.clone(), root));
            }
        }
    }
}

/// The members of a property list's root.
pub(super) fn keys(file: &str, root: &Node) -> Vec<Key> {
    let key =
        |(name, node): &(String, Node)| Key { file: file.to_owned(), name: name.clone(), node: node.clone() };
    root.members().iter().map(key).collect()
}

/// A binary file has none.
pub(super) fn line(node: &Node) -> Option<u32> {
    Some(node.line).filter(|line| *line > 0)
}

/// Whether it is packed into something that describes itself, or another program fetched it.
pub(super) fn is_in_bundle(path: &str) -> bool {
    let bundles =
        [".framework", ".xcframework", ".bundle", ".appex", ".xcassets", ".xcodeproj", ".xcworkspace"];
    let is = |part: &str| part == files::PODS || bundles.iter().any(|bundle| part.ends_with(bundle));
    files::parent(path).split('/').any(is)
}
