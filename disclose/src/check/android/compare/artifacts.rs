//! Scruple's artifacts that an app takes in, against those that read what the policy switches on.

use std::collections::BTreeMap;

use scruple::Item;

use super::super::artifact::every_declaration;
use super::super::{Built, Kinds};
use super::{Asked, Check, FINE, is_fuzzy};
use crate::check::finding::{CheckRule, Finding, Level};
use crate::rules::{self, Element};

impl Check<'_> {
    /// Artifacts of Scruple's that bring what the policy does not need.
    pub(super) fn takes_in(
        &self,
        built: &Built,
        asked: &BTreeMap<&str, Asked<'_>>,
        findings: &mut Vec<Finding>,
    ) {
        for (artifact, place) in &built.artifacts {
            let brings = every_declaration().filter(|own| own.what.artifact == artifact.as_str());
            let mut brings: Vec<&str> = brings
                .filter_map(|own| match own.what.element {
                    Element::Permission { name, .. } => Some(name),
                    Element::Feature { .. } => None,
                })
                .filter(|name| self.app.kind != Kinds::App || asked.contains_key(name))
                .collect();
            brings.sort_unstable();
            brings.dedup();
            let is_needed = self.needed.iter().any(|(_, own)| own.artifact == artifact.as_str());
            let reads = |own: &Item| rules::artifact(*own) == Some(artifact.as_str());
            // An artifact without a permission is known by what it reads.
            let is_plain = every_declaration().all(|own| own.what.artifact != artifact.as_str());
            let item = Item::ALL.iter().find(|own| is_plain && reads(own));
            if let Some(item) = item.filter(|_| !self.scope.items().any(|own| reads(&own))) {
                findings.push(Finding::at(
                    place.clone(),
                    CheckRule::AndroidUnneededArtifact,
                    Level::Note,
                    format!("dev.scruple:{artifact} reads {item}, and the policy does not need it"),
                    format!("Remove the dependency on dev.scruple:{artifact}."),
                ));
            }
            // The artifact that took it in is the one to remove.
            let comes_along = built.artifacts.iter().any(|(other, at)| other != artifact && at == place);
            if brings.is_empty() || is_needed || (comes_along && artifact == "scruple-location") {
                continue;
            }
            let is_precise = brings.contains(&FINE) && is_fuzzy(self.scope);
            let (rule, level, what) = match is_precise {
                true => (CheckRule::AndroidPreciseLocation, Level::Warning, "says fuzzy"),
                false => (CheckRule::AndroidUnneededArtifact, Level::Note, "does not need it"),
            };
            findings.push(Finding::at(
                place.clone(),
                rule,
                level,
                format!("dev.scruple:{artifact} brings {}, and the policy {what}", brings.join(" and ")),
                format!("Remove the dependency on dev.scruple:{artifact}."),
            ));
        }
    }

    /// Artifacts that would read what the policy switches on. A lack of their permissions is said already.
    pub(super) fn leaves_out(&self, built: &Built, findings: &mut Vec<Finding>) {
        let has = |name: &str| built.artifacts.iter().any(|(own, _)| own == name);
        let Some((_, place)) = built.artifacts.first() else { return };
        let lacks = |artifact: &str| {
            self.needed.iter().filter(|(_, own)| own.artifact == artifact).any(|(_, own)| match own.element {
                Element::Permission { name, .. } => {
                    !built.merged.entries.iter().any(|own| own.key.as_deref() == Some(name))
                }
                Element::Feature { .. } => false,
            })
        };
        let mut said = Vec::new();
        for item in self.scope.items() {
            let Some(artifact) = rules::artifact(item).filter(|own| !has(own) && !lacks(own)) else {
                continue;
            };
            if !said.contains(&artifact) {
                said.push(artifact);
                findings.push(Finding::at(
                    place.clone(),
                    CheckRule::AndroidMissingArtifact,
                    Level::Note,
                    format!("dev.scruple:{artifact} is not a dependency, and the policy switches {item} on, which it reads"),
                    format!("Depend on dev.scruple:{artifact}, or switch {item} off in the policy."),
                ));
            }
        }
    }
}
