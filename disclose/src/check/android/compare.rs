//! What an Android app declares against the policy.

mod artifacts;
mod variants;

use std::collections::BTreeMap;

use scruple::Item;

use super::artifact::every_declaration;
use super::{App, Built, Kinds};
use crate::Scope;
use crate::check::finding::{CheckRule, Finding, Level, Place};
use crate::check::manifest::{Entry, Tag};
use crate::rules::{self, Android, Element};

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
const COARSE: &str = "android.permission.ACCESS_COARSE_LOCATION";
const BACKGROUND: &str = "android.permission.ACCESS_BACKGROUND_LOCATION";
const SCAN: &str = "android.permission.BLUETOOTH_SCAN";

/// The first API level that grants precise location only together with the approximate one.
const TOGETHER: u32 = 31;

/// Features that Google Play takes to be required, each with the permissions that it concludes that from.
const IMPLIED: [(&str, &[&str]); 2] = [
    (
        "android.hardware.location",
        &[
            COARSE,
            FINE,
            "android.permission.ACCESS_LOCATION_EXTRA_COMMANDS",
            "android.permission.ACCESS_MOCK_LOCATION",
        ],
    ),
    ("android.hardware.bluetooth", &["android.permission.BLUETOOTH", "android.permission.BLUETOOTH_ADMIN"]),
];

impl App {
    /// Everything that the rules find in it, each with the variants in which it is so.
    pub(crate) fn check(&self, scope: &Scope) -> Vec<Finding> {
        let check = Check {
            scope,
            needed: rules::declared(scope, |rule| rule.android).map(|(item, own)| (item, own.what)).collect(),
            app: self,
        };
        let found = self.variants.iter().map(|built| (built.name.as_str(), check.variant(built)));
        variants::together(found.collect())
    }
}

struct Check<'a> {
    scope: &'a Scope,
    needed: Vec<(Item, Android)>,
    app: &'a App,
}

/// A permission that a variant asks for, by all elements that do.
struct Asked<'a> {
    name: &'a str,
    entries: Vec<&'a Entry>,
}

impl Asked<'_> {
    /// The last API level that asks for it, and who says so; none if there is no end that is known.
    fn cap(&self) -> Option<(u32, &Place)> {
        let caps: Option<Vec<_>> = self.entries.iter().map(|own| own.cap()).collect();
        caps?.into_iter().max_by_key(|(level, _)| *level)
    }

    fn reaches(&self, level: u32) -> bool {
        self.cap().is_none_or(|(cap, _)| cap >= level)
    }

    fn never_for_location(&self) -> Option<&Place> {
        self.entries.iter().find_map(|own| own.never_for_location())
    }

    /// Where it stands, and every other place that asks for it.
    fn places(&self) -> (Place, Vec<Place>) {
        let mut all = self.entries.iter().flat_map(|own| [&own.place].into_iter().chain(&own.also)).cloned();
        let first = all.next().unwrap_or_else(|| Place::new("", None));
        (first, all.collect())
    }

    fn finding(&self, rule: CheckRule, level: Level, why: String, mend: String) -> Finding {
        let (place, also) = self.places();
        Finding { also, ..Finding::at(place, rule, level, why, mend) }
    }
}

impl Built {
    /// What it asks for on some system that it runs on.
    fn asked(&self) -> BTreeMap<&str, Asked<'_>> {
        let mut asked: BTreeMap<&str, Asked<'_>> = BTreeMap::new();
        for entry in self.merged.entries.iter().filter(|own| own.tag != Tag::Feature) {
            if let Some(name) = entry.key.as_deref() {
                asked.entry(name).or_insert_with(|| Asked { name, entries: Vec::new() }).entries.push(entry);
            }
        }
        // One that ends before the app's first system is never asked for.
        asked.retain(|_, own| self.min_sdk.is_none_or(|level| own.reaches(level)));
        asked
    }

    fn features(&self) -> impl Iterator<Item = &Entry> {
        self.merged.entries.iter().filter(|own| own.tag == Tag::Feature)
    }

    /// The artifact of Scruple's that a place takes in.
    fn artifact_at(&self, place: &Place) -> Option<&str> {
        self.artifacts.iter().find(|(_, own)| own == place).map(|(name, _)| name.as_str())
    }
}

impl Check<'_> {
    fn variant(&self, built: &Built) -> Vec<Finding> {
        let asked = built.asked();
        let mut findings: Vec<Finding> = built
            .merged
            .conflicts
            .iter()
            .map(|own| {
                let rule = CheckRule::AndroidMergeConflict;
                let found = Finding::at(own.place.clone(), rule, Level::Error, &own.why, &own.mend);
                Finding { also: own.also.clone(), ..found }
            })
            .collect();
        if self.app.kind == Kinds::App && !self.app.is_broken {
            self.lacks(built, &asked, &mut findings);
        }
        for own in asked.values() {
            self.declares(built, own, &asked, &mut findings);
        }
        self.location(built, &asked, &mut findings);
        self.features(built, &asked, &mut findings);
        self.takes_in(built, &asked, &mut findings);
        if self.app.kind == Kinds::App && !self.app.is_broken {
            self.leaves_out(built, &mut findings);
        }
        findings
    }

    /// Permissions that the policy needs and the app lacks.
    fn lacks(&self, built: &Built, asked: &BTreeMap<&str, Asked<'_>>, findings: &mut Vec<Finding>) {
        let mut seen = Vec::new();
        for (item, Android { artifact, element }) in &self.needed {
            let Element::Permission { name, max_sdk, never_for_location, .. } = element else { continue };
            if seen.contains(name) {
                continue;
            }
            seen.push(*name);
            let until = max_sdk.map_or(u32::MAX, u32::from);
            // What only older systems need is not needed by an app that runs on none of them.
            if built.min_sdk.is_some_and(|level| level > until) {
                continue;
            }
            let element = xml(name, *max_sdk, *never_for_location);
            let entries = built.merged.entries.iter().filter(|own| own.tag != Tag::Feature);
            let entries: Vec<&Entry> = entries.filter(|own| own.key.as_deref() == Some(*name)).collect();
            if entries.is_empty() {
                findings.push(self.missing(built, name, *item, artifact, &element));
                continue;
            }
            let own = Asked { name, entries };
            let Some((cap, place)) = own.cap().filter(|(cap, _)| *cap < until) else { continue };
            let (first, mut also) = own.places();
            also.extend((first != *place).then_some(first));
            also.retain(|own| own != place);
            let artifact = [place].into_iter().chain(&also).find_map(|own| built.artifact_at(own));
            let brings = match (asked.get(name), artifact) {
                (None, _) => ", before the first system that the app runs on".to_owned(),
                (Some(_), Some(artifact)) => format!(", which caps what dev.scruple:{artifact} brings"),
                (Some(_), None) if !also.is_empty() => {
                    " by this element, which caps the others too".to_owned()
                }
                (Some(_), None) => String::new(),
            };
            let finding = Finding::at(
                place.clone(),
                CheckRule::AndroidCappedPermission,
                Level::Error,
                format!(
                    "{name} ends with API level {cap}{brings}, and the policy switches {item} on, which needs it on newer systems too"
                ),
                format!(
                    "Write {element}, or add tools:remove=\"android:maxSdkVersion\" to the app's own if a library caps it."
                ),
            );
            findings.push(Finding { also, ..finding });
        }
    }

    fn missing(&self, built: &Built, name: &str, item: Item, artifact: &str, element: &str) -> Finding {
        let rule = CheckRule::AndroidMissingPermission;
        let removed = built.merged.removed.iter().find(|own| own.tag != Tag::Feature && own.key == name);
        let all = built.merged.removes_all();
        if let Some(place) = removed.map(|own| &own.place).or(all) {
            return Finding::at(
                place.clone(),
                rule,
                Level::Error,
                format!(
                    "{name} is removed from the merged manifest, and the policy switches {item} on, which needs it"
                ),
                format!("Remove this element, or switch {item} off in the policy."),
            );
        }
        let unseen = match self.app.has_unseen {
            true => "; it is not in the sources, and a library may bring it: check the APK",
            false => "",
        };
        Finding::at(
            self.app.place.clone(),
            rule,
            Level::Error,
            format!("{name} is missing, and the policy switches {item} on, which needs it{unseen}"),
            format!("Depend on dev.scruple:{artifact}, whose manifest brings it, or add {element}."),
        )
    }

    /// What a permission that is asked for says.
    fn declares(
        &self,
        built: &Built,
        own: &Asked<'_>,
        asked: &BTreeMap<&str, Asked<'_>>,
        findings: &mut Vec<Finding>,
    ) {
        let name = own.name;
        if let Some((_, what)) = IDENTIFIERS.iter().find(|(known, _)| *known == name) {
            findings.push(own.finding(
                CheckRule::AndroidIdentifier,
                Level::Warning,
                format!("{name} gives {what}, which the agreement does not list"),
                format!(
                    "Remove it, or add {} if a library brings it; if the app itself needs it, allow this rule.",
                    removal(name)
                ),
            ));
        }
        let (place, _) = own.places();
        let is_brought = built.artifact_at(&place).is_some();
        // What takes a library in may say how far its permissions go.
        if is_brought && self.app.kind != Kinds::App {
            return;
        }
        // What an artifact brings needlessly is judged with the artifact.
        if name == FINE && is_fuzzy(self.scope) && !is_brought {
            findings.push(own.finding(
                CheckRule::AndroidPreciseLocation,
                Level::Warning,
                format!("{name} asks for precise location, and the policy says fuzzy"),
                "Remove it, or say \"location_accuracy\": \"precise\" in the policy; if the app itself needs it, allow this rule.".to_owned(),
            ));
            return;
        }
        let Some((max_sdk, never_for_location)) = known_permission(name) else { return };
        if !self.needs(name) {
            if is_brought {
                return;
            }
            findings.push(own.finding(
                CheckRule::AndroidUnneededPermission,
                Level::Note,
                format!("{name} is declared, and the policy does not need it"),
                "Remove it, unless the app itself needs it.".to_owned(),
            ));
            return;
        }
        if never_for_location && own.never_for_location().is_none() {
            let (level, why) = match asked.get(FINE).is_some_and(|own| own.reaches(TOGETHER)) {
                true => (Level::Note, "so that a scan may give the location away"),
                false => (
                    Level::Warning,
                    "so without precise location Android 12 and newer hide the devices nearby from a scan",
                ),
            };
            findings.push(own.finding(
                CheckRule::AndroidScanLocation,
                level,
                format!("{name} is declared without neverForLocation, {why}"),
                format!(
                    "Write {} in the app's manifest, unless the app scans for places itself.",
                    xml(name, max_sdk, true)
                ),
            ));
        }
        let needs_no_more = max_sdk.map(u32::from).filter(|level| own.reaches(level.saturating_add(1)));
        if needs_no_more.is_some() && !own.entries.iter().any(|own| has_placeholder(own)) {
            findings.push(own.finding(
                CheckRule::AndroidMissingMaxSdk,
                Level::Warning,
                format!("{name} is asked for on systems that do not need it"),
                format!("Write {} in the app's manifest.", xml(name, max_sdk, never_for_location)),
            ));
        }
    }

    /// What several permissions say together, and what a library makes of the app's own.
    fn location(&self, built: &Built, asked: &BTreeMap<&str, Asked<'_>>, findings: &mut Vec<Finding>) {
        if let Some(own) = asked.get(BACKGROUND) {
            findings.push(own.finding(
                CheckRule::AndroidBackgroundLocation,
                Level::Warning,
                format!("{BACKGROUND} asks for the location while nobody uses the app, and no policy needs that"),
                format!("Remove it, or add {} if a library brings it; if the app itself needs it, allow this rule.", removal(BACKGROUND)),
            ));
        }
        let is_new = built.target_sdk.is_none_or(|level| level >= TOGETHER);
        let fine = asked.get(FINE).filter(|own| is_new && own.reaches(TOGETHER));
        let has_coarse = asked.get(COARSE).is_some_and(|own| own.reaches(TOGETHER));
        // Where the policy needs the approximate one, its lack is said already.
        let is_said = self.needs(COARSE) && self.app.kind == Kinds::App;
        if let Some(own) = fine.filter(|_| !has_coarse && !is_said && self.app.kind != Kinds::Partial) {
            findings.push(own.finding(
                CheckRule::AndroidFineWithoutCoarse,
                Level::Warning,
                format!("{FINE} is asked for without {COARSE}, and Android 12 and newer grant neither then"),
                format!("Add {}.", xml(COARSE, None, false)),
            ));
        }
        let Some(scan) = asked.get(SCAN) else { return };
        let Some(place) = scan.never_for_location() else { return };
        let (first, _) = scan.places();
        let is_own = |place: &Place| built.own.contains(&place.file);
        if is_own(&first) && !is_own(place) {
            let finding = Finding::at(
                first,
                CheckRule::AndroidScanChanged,
                Level::Warning,
                format!(
                    "a library makes the app's own {SCAN} neverForLocation, so its scans no longer find devices that tell the location"
                ),
                "Add android:usesPermissionFlags=\"neverForLocation\" if the app's scans never locate, or tools:remove=\"android:usesPermissionFlags\" if they do.",
            );
            findings.push(Finding { also: vec![place.clone()], ..finding });
        }
    }

    /// Features without which the app cannot be installed, said or implied.
    fn features(&self, built: &Built, asked: &BTreeMap<&str, Asked<'_>>, findings: &mut Vec<Finding>) {
        let is_of = |own: &Android, name: &str| matches!(own.element, Element::Feature { name: known } if known == name);
        let level = |name: &str| match self.needed.iter().any(|(_, own)| is_of(own, name)) {
            true => Some(Level::Warning),
            false => every_declaration().any(|own| is_of(&own.what, name)).then_some(Level::Note),
        };
        for own in built.features().filter(|own| own.is_required()) {
            let Some(name) = own.key.as_deref() else { continue };
            let Some(level) = level(name) else { continue };
            // Another manifest may be the one that requires it.
            let place = own.android("required").map_or(&own.place, |own| &own.place);
            let finding = Finding::at(
                place.clone(),
                CheckRule::AndroidRequiredFeature,
                level,
                format!("{name} is required, so the app cannot be installed on a device without it"),
                "Add android:required=\"false\", unless the app is of no use without it; tools:replace=\"android:required\" says so against a library.",
            );
            let others = [&own.place].into_iter().chain(&own.also).filter(|own| *own != place);
            findings.push(Finding { also: others.cloned().collect(), ..finding });
        }
        // What is not read of it may say that it is not required.
        for (name, permissions) in IMPLIED.iter().filter(|_| self.app.kind != Kinds::Partial) {
            if built.features().any(|own| own.key.as_deref() == Some(name)) {
                continue;
            }
            let implying: Vec<&Asked<'_>> = permissions.iter().filter_map(|own| asked.get(own)).collect();
            let (Some(first), Some(level)) = (implying.first(), level(name)) else { continue };
            let all = Asked { name, entries: implying.iter().flat_map(|own| own.entries.clone()).collect() };
            findings.push(all.finding(
                CheckRule::AndroidRequiredFeature,
                level,
                format!("{} makes Google Play assume that the app requires {name}, so the app cannot be installed on a device without it", first.name),
                format!("Add <uses-feature android:name=\"{name}\" android:required=\"false\" />, unless the app is of no use without it."),
            ));
        }
    }

    fn needs(&self, permission: &str) -> bool {
        let is =
            |own: &Android| matches!(own.element, Element::Permission { name, .. } if name == permission);
        self.needed.iter().any(|(_, own)| is(own))
    }
}

/// An end that is not known here.
fn has_placeholder(entry: &Entry) -> bool {
    entry.android("maxSdkVersion").is_some_and(|own| own.value.parse::<u32>().is_err())
}

fn is_fuzzy(scope: &Scope) -> bool {
    scope.contains(Item::LocationFuzzy) && !scope.contains(Item::LocationPrecise)
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

fn xml(name: &str, max_sdk: Option<u8>, never_for_location: bool) -> String {
    let max_sdk = max_sdk.map(|level| format!(" android:maxSdkVersion=\"{level}\"")).unwrap_or_default();
    let flags = if never_for_location { " android:usesPermissionFlags=\"neverForLocation\"" } else { "" };
    format!("<uses-permission android:name=\"{name}\"{max_sdk}{flags} />")
}

fn removal(name: &str) -> String {
    format!("<uses-permission android:name=\"{name}\" tools:node=\"remove\" />")
}
