//! A bundle's privacy manifests against the policy, and against what the bundle uses.

use std::collections::BTreeMap;

use scruple::Item;

use super::bundle::{Bundle, line};
use super::needed::{self, Needed, PRODUCTS};
use crate::Scope;
use crate::check::finding::{CheckRule, Finding, Level, Place};
use crate::check::plist::Node;
use crate::check::privacy_manifest::{self as manifest, is_true};
use crate::check::reasons::{CATEGORIES, PREFIX};
use crate::check::sources::Use;
use crate::check::xcode::Product;

/// As many places as a person reads.
const PLACES: usize = 10;

impl Bundle {
    /// What the app collects through Scruple, and whether it tracks.
    pub(super) fn collects(&self, scope: &Scope, needed: &Needed, findings: &mut Vec<Finding>) {
        if self.has_privacy {
            self.omits(needed, findings);
        }
        let reads_idfa = scope.contains(Item::IdentifierIdfa);
        for (file, root) in &self.privacy {
            let flag = root.get(manifest::TRACKING);
            let tracks = flag.is_some_and(is_true);
            let place = Place::new(file.clone(), line(flag.unwrap_or(root)));
            let (level, why, mend) = match (reads_idfa, tracks) {
                (true, false) => (
                    Level::Error,
                    "NSPrivacyTracking is not true, and the policy reads the IDFA",
                    "Set NSPrivacyTracking to true, or switch identifier.idfa off in the policy.",
                ),
                (false, true) => (
                    Level::Note,
                    "NSPrivacyTracking is true, and the policy reads no IDFA",
                    "Set it to false, unless the app tracks by itself.",
                ),
                (true, true) | (false, false) => continue,
            };
            findings.push(Finding::at(place, CheckRule::AppleTracking, level, why, mend));
        }
    }

    fn omits(&self, needed: &Needed, findings: &mut Vec<Finding>) {
        let Some((file, root)) = self.privacy.first() else {
            if !needed.collected.is_empty() {
                findings.push(self.lacks_manifest("collects data through Scruple"));
            }
            return;
        };
        for (item, wanted) in &needed.collected {
            let data_type = wanted.data_type;
            let entries = self.privacy.iter().flat_map(|(file, root)| {
                manifest::collected(root).map(move |(entry, name)| (file, entry, name))
            });
            let entry = entries.into_iter().find(|(.., name)| *name == data_type);
            let (file, place, level, why) = match entry {
                None => (
                    file,
                    root.get(manifest::COLLECTED).unwrap_or(root),
                    Level::Error,
                    format!(
                        "{data_type} is missing, and the policy switches {item} on, which is data of that kind"
                    ),
                ),
                Some((file, entry, _))
                    if wanted.tracking && !entry.get(manifest::TRACKED).is_some_and(is_true) =>
                {
                    let why = format!("{data_type} is not said to be used for tracking, and {item} is");
                    (file, entry, Level::Error, why)
                }
                // What is tracked with is for whatever the host says.
                Some((file, entry, _)) if !wanted.tracking && !manifest::is_functional(entry) => {
                    let why = format!(
                        "{data_type} is not said to serve the app's functionality, and {item} is read for that"
                    );
                    (file, entry, Level::Warning, why)
                }
                Some(_) => continue,
            };
            findings.push(Finding::at(
                Place::new(file.clone(), line(place)),
                CheckRule::AppleOmittedDataType,
                level,
                why,
                "Take over the entry that `scruple disclose --target ios` writes.",
            ));
        }
    }

    /// There is none, or none that gets into the bundle.
    fn lacks_manifest(&self, because: &str) -> Finding {
        let mut finding = Finding::at(
            self.place(),
            CheckRule::AppleMissingPrivacyManifest,
            Level::Error,
            format!("{} has no {}, and {because}", self.shown(), manifest::FILE),
            "Add the one that `scruple disclose --target ios` writes.",
        );
        let places = |paths: &[String]| paths.iter().map(|path| Place::new(path.clone(), None)).collect();
        if !self.misnamed.is_empty() {
            finding.why.push_str("; what it copies has another name, by which Apple does not find it");
            finding.mend = format!("Call it {}.", manifest::FILE);
            finding.also = places(&self.misnamed);
        } else if !self.left.is_empty() {
            let target = self.shown();
            finding
                .why
                .push_str(&format!("; what lies in the folder is not among the files that {target} copies"));
            finding.mend = format!("Make it a member of the target {target}.");
            finding.also = places(&self.left);
        }
        finding
    }

    /// Each use that needs a reason against the reasons that are given. An app speaks for its parts that have no privacy manifest
    /// of their own, and its reasons hold for those that have.
    pub(super) fn reasons(
        &self,
        scope: &Scope,
        app: Option<&Self>,
        parts: &[&Self],
        findings: &mut Vec<Finding>,
    ) {
        let is_part = self.kind == Product::Library;
        if !self.has_privacy || (is_part && self.privacy.is_empty()) {
            return;
        }
        let above = app.filter(|_| is_part).into_iter().flat_map(|app| &app.privacy);
        let roots = self.privacy.iter().chain(above).map(|(_, root)| root);
        let declared: Vec<&str> = roots.flat_map(manifest::declared).map(|(name, ..)| name).collect();
        // A framework of an app's is in the app once, a package in each program that links it.
        let is_in = |part: &Self| self.kind == Product::App || self.packages.contains(&part.name);
        let spoken_for = parts.iter().filter(|part| !is_part && is_in(part) && part.privacy.is_empty());
        let of_parts = spoken_for.flat_map(|part| part.uses.iter().cloned());
        let all: Vec<(String, Use)> = self.uses.iter().cloned().chain(of_parts).collect();
        let mut undeclared: BTreeMap<&[&str], Vec<&(String, Use)>> = BTreeMap::new();
        for used in &all {
            if !used.1.categories.iter().any(|category| declared.contains(category)) {
                undeclared.entry(&used.1.categories).or_default().push(used);
            }
        }
        for (categories, uses) in undeclared {
            findings.push(self.lacks_reason(categories, &uses));
        }
        self.repeats(findings);
        if !is_part {
            self.needless_reasons(scope, parts, findings);
        }
    }

    fn lacks_reason(&self, categories: &[&str], uses: &[&(String, Use)]) -> Finding {
        let mut names: Vec<&str> = uses.iter().map(|(_, own)| own.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let mut places: Vec<Place> = Vec::new();
        for (file, own) in uses {
            // The first of each file: who mends the manifest looks at one.
            if !places.iter().any(|known| known.file == *file) {
                places.push(Place::new(file.clone(), Some(own.line).filter(|line| *line > 0)));
            }
        }
        let count = match places.len() {
            0..=PLACES => String::new(),
            files => format!(" in {files} files"),
        };
        places.truncate(PLACES);
        let wanted: Vec<String> = categories.iter().map(|name| format!("{PREFIX}{name}")).collect();
        let (place, why) = match self.privacy.first() {
            Some((file, root)) => (
                Place::new(file.clone(), line(root.get(manifest::ACCESSED).unwrap_or(root))),
                format!(
                    "{} uses {}{count}, and gives no reason of {}",
                    self.shown(),
                    names.join(", "),
                    wanted.join(" or ")
                ),
            ),
            None => {
                let why = format!(
                    "{} uses {}{count}, for which Apple asks a reason of {}, and has no {}",
                    self.shown(),
                    names.join(", "),
                    wanted.join(" or "),
                    manifest::FILE
                );
                (self.place(), why)
            }
        };
        let level = if uses.iter().any(|(_, own)| own.is_certain) { Level::Error } else { Level::Warning };
        let reasons =
            CATEGORIES.iter().filter(|own| categories.contains(&own.name)).flat_map(|own| own.reasons);
        let reasons = reasons.filter(|own| own.is_for_apps).map(|own| format!("{} ({})", own.code, own.why));
        let reasons: Vec<String> = reasons.collect();
        let mend = format!("Add an entry with the reason that is true: {}.", reasons.join(", "));
        let mut finding = Finding::at(place, CheckRule::AppleRequiredReason, level, why, mend);
        finding.also = places;
        finding
    }

    /// What a linked product's own manifest says, and the app's has to say too.
    fn repeats(&self, findings: &mut Vec<Finding>) {
        for product in PRODUCTS {
            let linked = self.products.iter().flatten().find(|own| own.path == product.name);
            let (Some(own), Some((category, reason))) = (linked, product.reason()) else { continue };
            let mut declared = self.privacy.iter().flat_map(|(_, root)| manifest::declared(root));
            if declared.any(|(name, _, reasons)| name == category && reasons.contains(&reason)) {
                continue;
            }
            let first = self.privacy.first();
            let place = first.map_or_else(
                || self.place(),
                |(file, root)| Place::new(file.clone(), line(root.get(manifest::ACCESSED).unwrap_or(root))),
            );
            let mut finding = Finding::at(
                place,
                CheckRule::AppleRequiredReason,
                Level::Error,
                format!(
                    "{} links {}, and does not repeat its reason {reason} of {PREFIX}{category}",
                    self.shown(),
                    product.name
                ),
                "Add the entry: Apple's check does not look into what is linked statically.",
            );
            finding.also.push(Place::new(own.file.clone(), Some(own.line)));
            findings.push(finding);
        }
    }

    /// Reasons for what is not used. What an app links of others may use it.
    fn needless_reasons(&self, scope: &Scope, parts: &[&Self], findings: &mut Vec<Finding>) {
        if !self.is_looked_at {
            return;
        }
        // What the policy reads by a product, and what a product that is linked says.
        let is_linked = |name: &str| self.products.iter().flatten().any(|own| own.path == name);
        let is_read = |items: &[Item]| items.iter().any(|item| scope.contains(*item));
        let products = PRODUCTS.iter().filter(|own| is_linked(own.name) || is_read(own.items));
        let of_products: Vec<&str> =
            products.filter_map(needed::Product::reason).map(|(category, _)| category).collect();
        let is_used = |name: &str| {
            let all = parts.iter().flat_map(|part| &part.uses).chain(&self.uses);
            of_products.contains(&name) || all.into_iter().any(|(_, own)| own.categories.contains(&name))
        };
        for (file, root) in &self.privacy {
            for (name, entry, _) in manifest::declared(root) {
                if CATEGORIES.iter().any(|own| own.name == name) && !is_used(name) {
                    findings.push(unneeded(self, file, entry, name));
                }
            }
        }
    }
}

fn unneeded(bundle: &Bundle, file: &str, entry: &Node, name: &str) -> Finding {
    Finding::at(
        Place::new(file.to_owned(), line(entry)),
        CheckRule::AppleUnneededReason,
        Level::Note,
        format!("a reason of {PREFIX}{name} is given, and {} itself uses nothing of it", bundle.shown()),
        "Remove the entry, unless what the app links uses it and does not say so.",
    )
}
