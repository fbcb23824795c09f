//! The variants of an app: its flavours by its build types.

use std::collections::BTreeSet;

use super::module::Loaded;

/// More variants than any app has.
const VARIANTS: usize = 512;

/// More dimensions than any app has.
const DIMENSIONS: usize = 32;

/// One variant of an app that ships.
#[derive(Debug)]
pub(super) struct Variant {
    pub(super) name: String,
    pub(super) flavours: Vec<String>,
    pub(super) build_type: String,
}

impl Variant {
    /// The variants of an app that ship, and whether there are more.
    pub(super) fn all(app: &Loaded) -> (Vec<Self>, bool) {
        let build = &app.build;
        let mut is_cut = build.is_cut || build.dimensions.len() > DIMENSIONS;
        let mut dimensions: Vec<Vec<&str>> = Vec::new();
        for dimension in build.dimensions.iter().take(DIMENSIONS) {
            let of =
                build.flavours.iter().filter(|own| own.dimension.as_ref().is_none_or(|own| own == dimension));
            dimensions.push(of.map(|own| own.name.as_str()).collect());
        }
        // Without dimensions that can be read, each flavour is a variant of its own.
        if dimensions.iter().all(Vec::is_empty) {
            dimensions = vec![build.flavours.iter().map(|own| own.name.as_str()).collect()];
        }
        let mut flavours: Vec<Vec<&str>> = vec![Vec::new()];
        for names in dimensions.iter().filter(|names| !names.is_empty()) {
            is_cut |= flavours.len() * names.len() > VARIANTS;
            let longer =
                flavours.iter().flat_map(|own| names.iter().map(|name| [own.as_slice(), &[*name]].concat()));
            flavours = longer.take(VARIANTS).collect();
        }
        let mut types: Vec<&str> =
            build.build_types.iter().filter(|own| !own.is_debuggable).map(|own| own.name.as_str()).collect();
        if !build.build_types.iter().any(|own| own.name == "release") {
            types.push("release");
        }
        let named = |flavours: &[&str], build_type: &str| Variant {
            name: camel(flavours.iter().copied().chain([build_type])),
            flavours: flavours.iter().map(ToString::to_string).collect(),
            build_type: build_type.to_owned(),
        };
        is_cut |= flavours.len() * types.len() > VARIANTS;
        let mut variants: Vec<Variant> = flavours
            .iter()
            .flat_map(|own| types.iter().map(|name| named(own, name)))
            .take(VARIANTS)
            .collect();
        // A convention plugin may have made flavours that only their manifests show.
        let known: Vec<String> = variants.iter().flat_map(Variant::sets).collect();
        let is_known = |set: &str| {
            known.iter().any(|own| own == set) || build.build_types.iter().any(|own| own.name == set)
        };
        let others = app.manifests.keys().filter(|set| !is_known(set) && may_ship(set));
        let others: Vec<Variant> = others
            .map(|set| Variant {
                name: set.clone(),
                flavours: vec![set.clone()],
                build_type: "release".to_owned(),
            })
            .collect();
        variants.extend(others);
        (variants, is_cut)
    }

    /// A library's variant that an app's takes: its flavours, where it has several dimensions, and its build type.
    pub(super) fn of_library(flavours: Vec<String>, build_type: String) -> Self {
        let name = camel(flavours.iter().map(String::as_str).chain([build_type.as_str()]));
        Self { name, flavours, build_type }
    }

    /// The only variant of what is no Gradle module.
    pub(super) fn only() -> Self {
        Self { name: String::new(), flavours: Vec::new(), build_type: String::new() }
    }

    /// Its source sets, the strongest first.
    pub(super) fn sets(&self) -> Vec<String> {
        let mut sets = vec![self.name.clone(), self.build_type.clone()];
        if self.flavours.len() > 1 {
            sets.push(camel(self.flavours.iter().map(String::as_str)));
        }
        sets.extend(self.flavours.iter().cloned());
        sets.push("main".to_owned());
        let mut seen = BTreeSet::new();
        sets.retain(|set| seen.insert(set.clone()));
        sets
    }

    /// Whether a configuration of this prefix is for it.
    pub(super) fn has(&self, prefix: &str) -> bool {
        prefix.is_empty()
            || prefix == self.name
            || prefix == self.build_type
            || self.flavours.iter().any(|own| own == prefix)
            || camel(self.flavours.iter().map(String::as_str)) == prefix
    }
}

/// `full`, `release`: `fullRelease`.
fn camel<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut name = String::new();
    for word in words {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if !name.is_empty() => name.extend(first.to_uppercase().chain(letters)),
            Some(_) | None => name.push_str(word),
        }
    }
    name
}

/// Whether a source set may be of something that ships: neither of tests nor of what is debugged or measured.
fn may_ship(set: &str) -> bool {
    let lower = set.to_ascii_lowercase();
    !lower.starts_with("test")
        && !set.contains("Test")
        && !lower.ends_with("debug")
        && !lower.contains("benchmark")
        && !lower.contains("nonminified")
}
