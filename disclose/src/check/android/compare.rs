//! What an Android app declares against the policy.

use scruple::Item;

use super::App;
use crate::Scope;
use crate::check::finding::{CheckRule, Finding, Level, Place};
use crate::check::manifest;
use crate::rules::{self, Android, Declaration, Duty, Element};

/// Permissions that give an identifier, or amount to one, which the agreement does not list.
const IDENTIFIERS: [(&str, &str); 11] = [
    ("com.google.android.gms.permission.AD_ID", "the advertising id"),
    ("android.permission.ACCESS_ADSERVICES_AD_ID", "the advertising id"),
    ("android.permission.READ_PHONE_STATE", "the phone's number, and device ids on older systems"),
    ("android.permission.READ_PRIVILEGED_PHONE_STATE", "IMEI, IMSI and serial numbers"),
    ("android.permission.READ_PHONE_NUMBERS", "the phone's number"),
    ("android.permission.LOCAL_MAC_ADDRESS", "MAC addresses"),
    ("android.permission.GET_ACCOUNTS", "the names of the person's accounts"),
    ("android.permission.QUERY_ALL_PACKAGES", "the list of installed apps"),
    ("com.google.android.providers.gsf.permission.READ_GSERVICES", "the id of Google's services"),
    ("com.asus.msa.SupplementaryDID.ACCESS", "an open advertising id"),
    ("freemme.permission.msa", "an open advertising id"),
];

const FINE: &str = "android.permission.ACCESS_FINE_LOCATION";

impl App {
    /// Everything that the rules find in it.
    pub(crate) fn check(&self, scope: &Scope) -> Vec<Finding> {
        let needed: Vec<_> =
            rules::declared(scope, |rule| rule.android).map(|(item, own)| (item, own.what)).collect();
        let mut findings = Vec::new();
        if self.is_app {
            self.lacks(&needed, &mut findings);
        }
        self.declares(scope, &needed, &mut findings);
        self.takes_in(scope, &needed, &mut findings);
        findings
    }

    /// Where a lack is reported: at the main manifest.
    fn place(&self) -> (String, Option<u32>) {
        (self.manifests.first().map_or_else(String::new, |first| first.file.clone()), Some(1))
    }

    /// Permissions that the policy needs and the app lacks.
    fn lacks(&self, needed: &[(Item, Android)], findings: &mut Vec<Finding>) {
        let mut seen = Vec::new();
        for (item, Android { artifact, element }) in needed {
            let Element::Permission { name, max_sdk, never_for_location, .. } = element else { continue };
            if seen.contains(name) {
                continue;
            }
            seen.push(*name);
            if let Some((file, line)) = self.removal(name) {
                findings.push(Finding::at(Place::new(file, Some(line)), CheckRule::AndroidMissingPermission, Level::Error, format!("{name} is removed from the merged manifest, and the policy switches {item} on, which needs it"), format!("Remove this element, or switch {item} off in the policy.")));
                continue;
            }
            let artifacts =
                needed.iter().filter(|(_, own)| own.element == *element).map(|(_, own)| own.artifact);
            if artifacts.clone().any(|name| self.artifacts.iter().any(|own| own.name == name)) {
                continue;
            }
            let declared: Vec<_> = self.permissions().filter(|(_, own)| own.name == *name).collect();
            let (file, line) = match declared.first() {
                None => self.place(),
                Some((file, own)) => ((*file).to_owned(), Some(own.line)),
            };
            if declared.is_empty() {
                findings.push(Finding::at(
                    Place::new(file, line),
                    CheckRule::AndroidMissingPermission,
                    Level::Error,
                    format!("{name} is missing, and the policy switches {item} on, which needs it"),
                    format!(
                        "Depend on dev.scruple:{artifact}, whose manifest brings it, or add {}.",
                        xml(name, *max_sdk, *never_for_location)
                    ),
                ));
                continue;
            }
            // One that has no end, or a placeholder for one, reaches far enough.
            let caps: Option<Vec<u32>> =
                declared.iter().map(|(_, own)| own.max_sdk.as_ref()?.parse().ok()).collect();
            let cap = caps.and_then(|caps| caps.into_iter().max());
            let until = max_sdk.map_or(u32::MAX, u32::from);
            if let Some(cap) = cap.filter(|cap| *cap < until) {
                findings.push(Finding::at(Place::new(file, line), CheckRule::AndroidCappedPermission, Level::Error, format!("{name} ends with API level {cap}, and the policy switches {item} on, which needs it on newer systems too"), format!("Write {}.", xml(name, *max_sdk, *never_for_location))));
            }
        }
    }

    /// What the manifests declare, permission by permission and feature by feature.
    fn declares(&self, scope: &Scope, needed: &[(Item, Android)], findings: &mut Vec<Finding>) {
        let precise_while_fuzzy = is_fuzzy(scope);
        for (file, own) in self.permissions() {
            let mut found = |rule, level, why: String, mend: String| {
                findings.push(Finding::at(
                    Place::new(file.to_owned(), Some(own.line)),
                    rule,
                    level,
                    why,
                    mend,
                ));
            };
            let name = own.name.as_str();
            if let Some((_, what)) = IDENTIFIERS.iter().find(|(known, _)| *known == name) {
                found(
                    CheckRule::AndroidIdentifier,
                    Level::Warning,
                    format!("{name} gives {what}, which the agreement does not list"),
                    format!(
                        "Remove it, or add {} if a library brings it; if the app has it for itself, allow this rule.",
                        removal(name)
                    ),
                );
            }
            if name == FINE && precise_while_fuzzy {
                found(
                    CheckRule::AndroidPreciseLocation,
                    Level::Warning,
                    format!("{name} asks for precise location, and the policy says fuzzy"),
                    "Remove it, or say \"location_accuracy\": \"precise\" in the policy; if the app has it for itself, allow this rule.".to_owned(),
                );
                continue;
            }
            let Some(known) = known_permission(name) else { continue };
            let (max_sdk, never_for_location) = known;
            if !needed.iter().any(
                |(_, own)| matches!(own.element, Element::Permission { name: needed, .. } if needed == name),
            ) {
                found(
                    CheckRule::AndroidUnneededPermission,
                    Level::Note,
                    format!("{name} is declared, and the policy does not need it"),
                    "Remove it, unless the app has it for itself.".to_owned(),
                );
                continue;
            }
            // An artifact's manifest brings its attributes into the host's element.
            if self.artifacts.iter().any(|artifact| brings(&artifact.name, name)) {
                continue;
            }
            if never_for_location && !own.never_for_location {
                found(
                    CheckRule::AndroidScanLocation,
                    Level::Note,
                    format!(
                        "{name} is declared without neverForLocation, so that a scan may give the location away"
                    ),
                    format!("Write {}, unless the app scans for places itself.", xml(name, max_sdk, true)),
                );
            }
            let reaches_further = own
                .max_sdk
                .as_ref()
                .is_none_or(|own| own.parse().is_ok_and(|own: u32| Some(own) > max_sdk.map(u32::from)));
            if max_sdk.is_some() && reaches_further {
                found(
                    CheckRule::AndroidMissingMaxSdk,
                    Level::Warning,
                    format!("{name} is asked for on systems that do not need it"),
                    format!("Write {}.", xml(name, max_sdk, never_for_location)),
                );
            }
        }
        for (file, own) in self.features() {
            let is_of =
                |needed: &Android| matches!(needed.element, Element::Feature { name } if name == own.name);
            let is_needed = needed.iter().any(|(_, own)| is_of(own));
            if own.required && (is_needed || every_declaration().any(|own| is_of(&own.what))) {
                findings.push(Finding::at(
                    Place::new(file.to_owned(), Some(own.line)),
                    CheckRule::AndroidRequiredFeature,
                    if is_needed { Level::Warning } else { Level::Note },
                    format!(
                        "{} is required, so the app cannot be installed on a device without it",
                        own.name
                    ),
                    "Add android:required=\"false\", unless the app is of no use without it.".to_owned(),
                ));
            }
        }
    }

    /// Artifacts of Scruple's that bring what the policy does not need.
    fn takes_in(&self, scope: &Scope, needed: &[(Item, Android)], findings: &mut Vec<Finding>) {
        for artifact in &self.artifacts {
            let brings: Vec<&str> = every_declaration()
                .filter(|own| own.what.artifact == artifact.name)
                .filter_map(|own| match own.what.element {
                    Element::Permission { name, .. } => Some(name),
                    Element::Feature { .. } => None,
                })
                .filter(|name| self.removal(name).is_none())
                .collect();
            let is_needed = needed.iter().any(|(_, own)| own.artifact == artifact.name);
            if brings.is_empty() || is_needed {
                continue;
            }
            let is_precise = brings.contains(&FINE) && is_fuzzy(scope);
            let mut brings = brings;
            brings.sort_unstable();
            brings.dedup();
            findings.push(Finding::at(
                Place::new(artifact.file.clone(), Some(artifact.line)),
                if is_precise {
                    CheckRule::AndroidPreciseLocation
                } else {
                    CheckRule::AndroidUnneededArtifact
                },
                if is_precise { Level::Warning } else { Level::Note },
                format!(
                    "dev.scruple:{} brings {}, and the policy {}",
                    artifact.name,
                    brings.join(" and "),
                    if is_precise { "says fuzzy" } else { "does not need it" }
                ),
                format!("Remove the dependency on dev.scruple:{}.", artifact.name),
            ));
        }
    }

    /// What asks, and is not taken away again.
    fn permissions(&self) -> impl Iterator<Item = (&str, &manifest::Permission)> {
        let all = self
            .manifests
            .iter()
            .flat_map(|declared| declared.manifest.permissions.iter().map(move |own| (declared, own)));
        all.filter(|(declared, own)| !own.removes && (declared.is_own || self.removal(&own.name).is_none()))
            .map(|(declared, own)| (declared.file.as_str(), own))
    }

    fn features(&self) -> impl Iterator<Item = (&str, &manifest::Feature)> {
        let own = self.manifests.iter().flat_map(|declared| {
            declared.manifest.features.iter().map(move |own| (declared.file.as_str(), own))
        });
        own.filter(|(_, own)| !own.removes)
    }

    /// Where the app's main manifest takes a permission away.
    fn removal(&self, name: &str) -> Option<(String, u32)> {
        let main = self.manifests.first().filter(|_| self.is_app)?;
        let manifest = &main.manifest;
        let by_name = manifest.permissions.iter().find(|own| own.removes && own.name == name);
        let keeps = manifest.permissions.iter().any(|own| !own.removes && own.name == name);
        let line = by_name.map(|own| own.line).or(manifest.removes_all).filter(|_| !keeps)?;
        Some((main.file.clone(), line))
    }
}

fn is_fuzzy(scope: &Scope) -> bool {
    scope.contains(Item::LocationFuzzy) && !scope.contains(Item::LocationPrecise)
}

/// What any policy could make an app declare.
fn every_declaration() -> impl Iterator<Item = &'static Declaration<Android>> {
    let duty = |item: &Item| -> Duty<Android> { rules::rule(*item).android };
    Item::ALL.iter().flat_map(move |item| duty(item).declarations)
}

/// The highest API level that needs it, and whether it is never for location.
fn known_permission(name: &str) -> Option<(Option<u8>, bool)> {
    every_declaration().find_map(|own| match own.what.element {
        Element::Permission { name: known, max_sdk, never_for_location, .. } if known == name => {
            Some((max_sdk, never_for_location))
        }
        Element::Permission { .. } | Element::Feature { .. } => None,
    })
}

/// Whether an artifact of Scruple's has a permission in its manifest.
fn brings(artifact: &str, permission: &str) -> bool {
    every_declaration().any(|own| {
        own.what.artifact == artifact
            && matches!(own.what.element, Element::Permission { name, .. } if name == permission)
    })
}

fn xml(name: &str, max_sdk: Option<u8>, never_for_location: bool) -> String {
    let max_sdk = max_sdk.map(|level| format!(" android:maxSdkVersion=\"{level}\"")).unwrap_or_default();
    let flags = if never_for_location { " android:usesPermissionFlags=\"neverForLocation\"" } else { "" };
    format!("<uses-permission android:name=\"{name}\"{max_sdk}{flags} />")
}

fn removal(name: &str) -> String {
    format!("<uses-permission android:name=\"{name}\" tools:node=\"remove\" />")
}
