//! The Swift packages beside a project: code of the app's own, which ends up in the app's program.

mod manifest;

use self::manifest::{Manifest, Target};
use super::super::files::{self, Files, Kind};
use super::super::text;
use super::super::xcode::{Named, Product};
use super::bundle::{Bundle, is_in_bundle};
use super::target::look;

const MANIFEST: &str = "Package.swift";

/// A target of a package, or all of a package whose manifest does not say what its targets are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// The package's folder.
    pub(super) folder: String,
    target: Option<String>,
    /// Whether it comes as a framework.
    pub(super) is_dynamic: bool,
}

/// The packages among the files.
pub(super) struct Packages(Vec<(String, Manifest)>);

impl Packages {
    pub(super) fn read(files: &Files) -> Self {
        let all = files.of(Kind::Marker).filter(|path| path.rsplit('/').next() == Some(MANIFEST));
        let all = all.filter_map(|path| {
            let text = text::decode(&files.bytes(path).ok()?).ok()?;
            Some((files::parent(path).to_owned(), manifest::read(&text)))
        });
        Self(all.collect())
    }

    /// What these products have in them.
    pub(super) fn linked(&self, products: &[Named]) -> Vec<Part> {
        let mut found: Vec<Part> = Vec::new();
        for product in products {
            for (folder, manifest) in &self.0 {
                self.product(folder, manifest, &product.path, &mut found);
            }
        }
        found
    }

    fn product(&self, folder: &str, manifest: &Manifest, name: &str, found: &mut Vec<Part>) {
        for product in manifest.products.iter().filter(|own| own.name == name) {
            let known: Vec<&String> = product.targets.iter().filter(|own| manifest.has(own)).collect();
            if known.is_empty() {
                let part = Part { folder: folder.to_owned(), target: None, is_dynamic: product.is_dynamic };
                if !found.contains(&part) {
                    found.push(part);
                    // Whatever it takes in.
                    for (folder, manifest) in self.beside(folder, manifest) {
                        manifest
                            .products
                            .iter()
                            .for_each(|own| self.product(folder, manifest, &own.name, found));
                    }
                }
            }
            for target in known {
                self.target(folder, manifest, target, product.is_dynamic, found);
            }
        }
    }

    fn target(&self, folder: &str, manifest: &Manifest, name: &str, is_dynamic: bool, found: &mut Vec<Part>) {
        let part = Part { folder: folder.to_owned(), target: Some(name.to_owned()), is_dynamic };
        let Some(target) = manifest.targets.iter().find(|own| own.name == name) else { return };
        if found.iter().any(|own| own.folder == part.folder && own.target == part.target) {
            return;
        }
        found.push(part);
        for need in &target.needs {
            match manifest.has(need) {
                true => self.target(folder, manifest, need, is_dynamic, found),
                false => self
                    .beside(folder, manifest)
                    .for_each(|(folder, manifest)| self.product(folder, manifest, need, found)),
            }
        }
    }

    /// The packages that one takes in by their folders.
    fn beside<'a>(
        &'a self,
        folder: &'a str,
        manifest: &'a Manifest,
    ) -> impl Iterator<Item = (&'a str, &'a Manifest)> {
        let paths = manifest.packages.iter().map(move |path| files::join(folder, path));
        paths
            .filter_map(|path| self.0.iter().find(|(own, _)| *own == path))
            .map(|(own, read)| (own.as_str(), read))
    }

    /// A part's code.
    pub(super) fn bundle(&self, files: &mut Files, part: &Part) -> Bundle {
        let manifest = self.0.iter().find(|(folder, _)| *folder == part.folder).map(|(_, manifest)| manifest);
        let targets = manifest.map(|own| own.targets.as_slice()).unwrap_or_default();
        let target = targets.iter().find(|own| Some(&own.name) == part.target.as_ref());
        let mut folders = vec![files::join(&part.folder, "Sources")];
        folders.extend(target.and_then(|own| own.path.as_ref()).map(|path| files::join(&part.folder, path)));
        let compiled = match target {
            Some(target) => of_target(files, &part.folder, target, targets.len() == 1),
            None => of_package(files, &part.folder),
        };
        let mut bundle = Bundle {
            name: part.name(),
            kind: Product::Library,
            has_privacy: true,
            is_looked_at: true,
            place: Some(files::join(&part.folder, MANIFEST)),
            ..Bundle::default()
        };
        // One of a package speaks for all of it.
        let mut privacy: Vec<String> = Vec::new();
        for path in folders.iter().flat_map(|folder| files.under(folder)) {
            let is_one = Kind::of(path) == Some(Kind::Privacy) && !is_in_bundle(path);
            if is_one && !privacy.iter().any(|known| known == path) {
                privacy.push(path.to_owned());
            }
        }
        bundle.read_privacy(files, &privacy);
        look(files, &mut bundle, &compiled);
        bundle
    }
}

impl Manifest {
    fn has(&self, target: &str) -> bool {
        self.targets.iter().any(|own| own.name == target)
    }
}

impl Part {
    /// What it is called: the package, and of one of several targets that too.
    pub(super) fn name(&self) -> String {
        let package = self.folder.rsplit('/').next().unwrap_or(&self.folder);
        match &self.target {
            Some(target) if target != package => format!("{package}/{target}"),
            Some(_) | None => package.to_owned(),
        }
    }
}

fn of_target(files: &Files, package: &str, target: &Target, is_only: bool) -> Vec<String> {
    // The folders in which SwiftPM looks.
    let usual = ["Sources", "Source", "src", "srcs"].map(|own| format!("{own}/{}", target.name));
    let folder = match &target.path {
        Some(path) => files::join(package, path),
        None => usual
            .iter()
            .map(|own| files::join(package, own))
            .find(|folder| files.under(folder).next().is_some())
            // A package of one target may have its sources right there.
            .unwrap_or_else(|| files::join(package, if is_only { "Sources" } else { &usual[0] })),
    };
    let is_of = |path: &str, all: &[String]| {
        all.iter().map(|own| files::join(&folder, own)).any(|own| path == own || files::is_in(path, &own))
    };
    let is_own = |path: &&str| {
        !is_of(path, &target.exclude) && (target.sources.is_empty() || is_of(path, &target.sources))
    };
    files.under(&folder).filter(is_own).map(str::to_owned).collect()
}

fn of_package(files: &Files, folder: &str) -> Vec<String> {
    // A macro runs in the compiler.
    let is_shipped =
        |path: &&str| !path.split('/').any(|part| part.ends_with("Macros") || part.ends_with("Tests"));
    files.under(&files::join(folder, "Sources")).filter(is_shipped).map(str::to_owned).collect()
}
