//! Manifests merged into one, as Google's manifest merger does it for what is checked: its node and attribute instructions,
//! its policies, its conflicts. `merge/oracle.rs` holds it against that merger over a table of projects.

#[cfg(test)]
mod oracle;
mod validate;

use super::finding::Place;
use super::manifest::{Attribute, Entry, Manifest, Tag};

/// What is merged, and for what.
#[derive(Debug, Clone, Default)]
pub(crate) struct Input {
    /// The variant's own manifests, the strongest first; the main one is the last of them.
    pub(crate) own: Vec<Manifest>,
    /// Its libraries', the strongest first.
    pub(crate) libraries: Vec<Manifest>,
    /// What a build merged before: it adds what nobody else says.
    pub(crate) made: Option<Manifest>,
    /// What the build file says; without it nothing is concluded from levels.
    pub(crate) min_sdk: Option<u32>,
    pub(crate) target_sdk: Option<u32>,
}

/// What the app declares in the end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Merged {
    pub(crate) entries: Vec<Entry>,
    /// What an instruction took away, and where it stands.
    pub(crate) removed: Vec<Removed>,
    /// Why the build fails.
    pub(crate) conflicts: Vec<Conflict>,
    removes_all: Option<Place>,
}

impl Merged {
    /// Where an instruction takes away whatever libraries bring.
    pub(crate) fn removes_all(&self) -> Option<&Place> {
        self.removes_all.as_ref()
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Removed {
    pub(crate) tag: Tag,
    pub(crate) key: String,
    pub(crate) place: Place,
}

/// Two things that cannot be merged, or an instruction that makes no sense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Conflict {
    pub(crate) why: String,
    pub(crate) mend: String,
    pub(crate) place: Place,
    pub(crate) also: Vec<Place>,
}

/// Merges an app's manifests.
pub(crate) fn app(input: &Input) -> Merged {
    let mut merger = Merger { packages: packages(&input.libraries), ..Merger::default() };
    let mut manifests = input.own.iter();
    let Some(first) = manifests.next() else { return Merged::default() };
    merger.start(first);
    for own in manifests {
        merger.take(own, Role::Own);
    }
    let levels = Levels { min_sdk: input.min_sdk, target_sdk: input.target_sdk };
    for library in &input.libraries {
        merger.take(library, Role::Library(levels));
    }
    if let Some(made) = &input.made {
        // It says all the others say once more, and may be older than they are.
        let conflicts = merger.conflicts.len();
        merger.take(made, Role::Own);
        merger.conflicts.truncate(conflicts);
        merger.entries.iter_mut().for_each(|own| own.entry.also.retain(|place| place.file != made.file));
    }
    merger.finish()
}

/// Merges a library's own manifests, the strongest first, into the one that its archive holds: instructions stay in it.
pub(crate) fn library(own: &[Manifest], package: Option<String>, min_sdk: Option<u32>) -> Option<Manifest> {
    let (first, others) = own.split_first()?;
    let mut merger = Merger::default();
    merger.start(first);
    for other in others {
        merger.take(other, Role::Own);
    }
    merger.restore();
    let main = own.last()?;
    Some(Manifest {
        file: main.file.clone(),
        package: package.or_else(|| main.package.clone()),
        min_sdk: min_sdk.or(main.min_sdk),
        target_sdk: None,
        overrides: merger.overrides,
        entries: merger.entries.into_iter().map(|own| own.entry).collect(),
        has_launcher: false,
    })
}

fn packages(libraries: &[Manifest]) -> Vec<String> {
    libraries.iter().filter_map(|own| own.package.clone()).collect()
}

#[derive(Debug, Clone, Copy)]
struct Levels {
    min_sdk: Option<u32>,
    target_sdk: Option<u32>,
}

#[derive(Debug, Clone, Copy)]
enum Role {
    Own,
    Library(Levels),
}

#[derive(Debug, Default)]
struct Merger {
    entries: Vec<Open>,
    overrides: Vec<String>,
    removed: Vec<Removed>,
    conflicts: Vec<Conflict>,
    /// What a selector may name.
    packages: Vec<String>,
}

/// An entry while others are merged into it.
#[derive(Debug)]
struct Open {
    entry: Entry,
    /// Its instruction before a weaker one was written over it, for the manifests weaker still.
    instruction: Option<Option<String>>,
}

impl Merger {
    fn start(&mut self, first: &Manifest) {
        validate::manifest(first, &mut self.conflicts);
        self.entries = first.entries.iter().cloned().map(|entry| Open { entry, instruction: None }).collect();
        self.overrides.clone_from(&first.overrides);
    }

    /// Merges a weaker manifest in.
    fn take(&mut self, weaker: &Manifest, role: Role) {
        validate::manifest(weaker, &mut self.conflicts);
        let implied = match role {
            Role::Own => Vec::new(),
            Role::Library(levels) => {
                self.compare_levels(weaker, levels);
                implied(weaker, levels)
            }
        };
        for lower in &weaker.entries {
            self.take_entry(lower, weaker.package.as_deref());
        }
        for name in implied {
            if !self.entries.iter().any(|own| own.entry.key.as_deref() == Some(name)) {
                let place = Place::new(weaker.file.clone(), None);
                let entry = Entry::new(Tag::Permission, name, place);
                self.entries.push(Open { entry, instruction: None });
            }
        }
        for own in &weaker.overrides {
            if !self.overrides.contains(own) {
                self.overrides.push(own.clone());
            }
        }
    }

    fn take_entry(&mut self, lower: &Entry, package: Option<&str>) {
        // The merger looks for an instruction to remove all at the first of the kind only.
        let first = self.entries.iter().position(|own| own.entry.tag == lower.tag);
        if let Some(first) = first.map(|at| &self.entries[at].entry) {
            if instruction(first) == Some("removeAll") && selects(first, package).unwrap_or(true) {
                let place = first.place.clone();
                self.note_removed(lower, place);
                return;
            }
        }
        let same = |own: &Open| own.entry.tag == lower.tag && own.entry.key == lower.key;
        let found = match lower.key {
            Some(_) => self.entries.iter().position(same),
            None => self.entries.iter().position(same).or(first),
        };
        let Some(at) = found else {
            self.entries.push(Open { entry: lower.clone(), instruction: None });
            return;
        };
        let operation = self.operation(at, lower, package);
        match operation {
            Operation::Merge => self.merge_entry(at, lower),
            Operation::Drop => {
                let place = self.entries[at].entry.place.clone();
                if matches!(instruction(&self.entries[at].entry), Some("remove" | "removeAll")) {
                    self.note_removed(lower, place);
                }
            }
            Operation::Strict => {
                let higher = &self.entries[at].entry;
                if validate::differ(higher, lower) {
                    let conflict = Conflict {
                        why: format!(
                            "{} is marked tools:node=\"strict\", and another manifest says it differently",
                            shown(higher)
                        ),
                        mend: "Write both alike, or remove tools:node.".to_owned(),
                        place: higher.place.clone(),
                        also: vec![lower.place.clone()],
                    };
                    self.conflicts.push(conflict);
                }
            }
            Operation::Nothing => {}
        }
    }

    /// What the two instructions make of them; a weaker one counts for the manifests that are weaker still.
    fn operation(&mut self, at: usize, lower: &Entry, package: Option<&str>) -> Operation {
        let open = &mut self.entries[at];
        let own = instruction(&open.entry).map(str::to_owned);
        let mut operation = match own.as_deref() {
            None | Some("merge" | "mergeOnlyAttributes") => Operation::Merge,
            Some("remove" | "replace") => Operation::Drop,
            Some("strict") => Operation::Strict,
            // One that this merger does not know of leaves both as they are.
            Some(_) => Operation::Nothing,
        };
        if let Some(weaker) = instruction(lower) {
            if matches!(own.as_deref(), None | Some("merge")) && matches!(weaker, "remove" | "removeAll") {
                operation = Operation::Drop;
            }
            let weaker = weaker.to_owned();
            open.instruction.get_or_insert(own);
            set_instruction(&mut open.entry, Some(weaker), &lower.place);
        }
        let is_selectable = matches!(instruction(&open.entry), Some("remove" | "removeAll"));
        if is_selectable && selects(&open.entry, package) == Some(false) {
            operation = Operation::Merge;
        }
        operation
    }

    fn merge_entry(&mut self, at: usize, lower: &Entry) {
        let higher = &mut self.entries[at].entry;
        if let Some(selector) = higher.tools("selector") {
            let unknown = selector.split(',').find(|own| !self.packages.iter().any(|known| known == own));
            if let Some(unknown) = unknown {
                let conflict = Conflict {
                    why: format!("tools:selector names {unknown}, which is no library of this app"),
                    mend: "Name a library's package, or remove the selector.".to_owned(),
                    place: higher.place.clone(),
                    also: Vec::new(),
                };
                self.conflicts.push(conflict);
                return;
            }
        }
        if higher.place != lower.place && !higher.also.contains(&lower.place) {
            higher.also.push(lower.place.clone());
        }
        for attribute in &lower.attributes {
            if let Some(conflict) = merge_attribute(higher, attribute, lower) {
                self.conflicts.push(conflict);
            }
        }
        if let Some(why) = validate::twice(higher) {
            let (mend, also) = (validate::TWICE.to_owned(), vec![lower.place.clone()]);
            self.conflicts.push(Conflict { why, mend, place: higher.place.clone(), also });
        }
        // A feature is required unless it says no, and one that requires it is enough.
        if higher.tag == Tag::Feature
            && lower.android("required").is_none()
            && !is_marked(higher, "replace", "required")
        {
            if let Some(own) =
                higher.attributes.iter_mut().find(|own| !own.is_tools && own.name == "required")
            {
                if !is_true(&own.value) {
                    own.value = "true".to_owned();
                    own.place = lower.place.clone();
                }
            }
        }
    }

    fn note_removed(&mut self, lower: &Entry, place: Place) {
        if let Some(key) = &lower.key {
            self.removed.push(Removed { tag: lower.tag, key: key.clone(), place });
        }
    }

    /// A library that asks for newer systems than the app runs on.
    fn compare_levels(&mut self, library: &Manifest, levels: Levels) {
        let (Some(own), Some(theirs)) = (levels.min_sdk, library.min_sdk) else { return };
        let package = library.package.as_deref().unwrap_or_default();
        let is_overridden = self.overrides.iter().any(|own| match own.strip_suffix(".*") {
            Some(prefix) => package.starts_with(prefix),
            None => own == package,
        });
        if own < theirs && !is_overridden {
            self.conflicts.push(Conflict {
                why: format!("a library needs API level {theirs}, and the app runs from {own} on"),
                mend: format!("Set minSdk to {theirs}, or name {package} in tools:overrideLibrary."),
                place: Place::new(library.file.clone(), Some(1)),
                also: Vec::new(),
            });
        }
    }

    /// Gives entries the instructions back that weaker ones were written over.
    fn restore(&mut self) {
        for open in &mut self.entries {
            if let Some(own) = open.instruction.take() {
                let place = open.entry.place.clone();
                set_instruction(&mut open.entry, own, &place);
            }
        }
    }

    fn finish(mut self) -> Merged {
        self.restore();
        let mut merged = Merged { removed: self.removed, conflicts: self.conflicts, ..Merged::default() };
        for Open { entry, .. } in self.entries {
            let goes = match instruction(&entry) {
                Some("removeAll") => true,
                Some("remove") => entry.tools("selector").is_none(),
                Some(_) | None => false,
            };
            match (goes, entry.key.clone()) {
                (false, _) => merged.entries.push(entry),
                (true, Some(key)) => merged.removed.push(Removed { tag: entry.tag, key, place: entry.place }),
                (true, None) if entry.tag == Tag::Permission => merged.removes_all = Some(entry.place),
                (true, None) => {}
            }
        }
        merged
    }
}

enum Operation {
    Merge,
    /// The weaker one goes.
    Drop,
    Strict,
    Nothing,
}

/// Merges a weaker entry's attribute into a stronger entry.
fn merge_attribute(higher: &mut Entry, lower: &Attribute, from: &Entry) -> Option<Conflict> {
    let is_required = higher.tag == Tag::Feature && !lower.is_tools && lower.name == "required";
    let is_replaced = !lower.is_tools && is_marked(higher, "replace", &lower.name);
    let is_removed = !lower.is_tools && is_marked(higher, "remove", &lower.name);
    let name = shown(higher);
    let same = |own: &&mut Attribute| own.is_tools == lower.is_tools && own.name == lower.name;
    let Some(own) = higher.attributes.iter_mut().find(same) else {
        // The stronger feature is required already.
        let adds_nothing = is_required && !is_true(&lower.value);
        if !is_removed && !adds_nothing {
            higher.attributes.push(lower.clone());
        }
        return None;
    };
    if lower.is_tools {
        if lower.name != "node" {
            let more = lower.value.split(',').map(str::trim);
            let more: Vec<_> =
                more.filter(|word| !own.value.split(',').any(|own| own.trim() == *word)).collect();
            if !more.is_empty() {
                own.value = format!("{},{}", own.value, more.join(","));
            }
        }
        return None;
    }
    if is_replaced || own.value == lower.value {
        return None;
    }
    if is_required {
        if is_true(&lower.value) && !is_true(&own.value) {
            (own.value, own.place) = ("true".to_owned(), lower.place.clone());
        }
        return None;
    }
    // What a placeholder stands for is not known here.
    if own.value.contains("${") || lower.value.contains("${") {
        return None;
    }
    Some(Conflict {
        why: format!(
            "the manifests cannot be merged: {name} has android:{}=\"{}\" here and \"{}\" elsewhere",
            lower.name, own.value, lower.value
        ),
        mend: format!(
            "Write both alike, or add tools:replace=\"android:{}\" to the one that counts.",
            lower.name
        ),
        place: own.place.clone(),
        also: vec![from.place.clone()],
    })
}

/// Whether `tools:replace` or `tools:remove` lists an attribute; the prefix may be left out.
fn is_marked(entry: &Entry, instruction: &str, attribute: &str) -> bool {
    let listed = entry.tools(instruction).unwrap_or_default().split(',').map(str::trim);
    listed.map(|name| name.rsplit(':').next().unwrap_or(name)).any(|name| name == attribute)
}

/// A reference to a resource counts as true.
fn is_true(value: &str) -> bool {
    value.eq_ignore_ascii_case("true") || value.starts_with(['@', '?'])
}

fn instruction(entry: &Entry) -> Option<&str> {
    entry.tools("node")
}

fn set_instruction(entry: &mut Entry, value: Option<String>, place: &Place) {
    entry.attributes.retain(|own| !(own.is_tools && own.name == "node"));
    if let Some(value) = value {
        entry.attributes.push(Attribute {
            is_tools: true,
            name: "node".to_owned(),
            value,
            place: place.clone(),
        });
    }
}

/// Whether an entry's selector, if it has one, means the library of this package.
fn selects(entry: &Entry, package: Option<&str>) -> Option<bool> {
    let selector = entry.tools("selector")?;
    Some(package.is_some_and(|package| selector.split(',').any(|own| own == package)))
}

/// The permissions that a library built for very old systems had without asking.
fn implied(library: &Manifest, levels: Levels) -> Vec<&'static str> {
    let Some(own) = levels.target_sdk else { return Vec::new() };
    let Some(theirs) = library.target_sdk.or(library.min_sdk) else { return Vec::new() };
    if own <= theirs || own < 4 {
        return Vec::new();
    }
    let asks = |name: &str| {
        library.entries.iter().any(|own| own.tag == Tag::Permission && own.key.as_deref() == Some(name))
    };
    let mut implied = Vec::new();
    if theirs < 4 {
        implied.extend([WRITE_STORAGE, "android.permission.READ_PHONE_STATE"]);
    }
    if theirs < 4 || asks(WRITE_STORAGE) {
        implied.push("android.permission.READ_EXTERNAL_STORAGE");
    }
    if own >= 16 && theirs < 16 {
        let pairs = [
            ("android.permission.READ_CONTACTS", "android.permission.READ_CALL_LOG"),
            ("android.permission.WRITE_CONTACTS", "android.permission.WRITE_CALL_LOG"),
        ];
        implied.extend(pairs.into_iter().filter(|(asked, _)| asks(asked)).map(|(_, implied)| implied));
    }
    implied
}

const WRITE_STORAGE: &str = "android.permission.WRITE_EXTERNAL_STORAGE";

/// As it is called in a finding.
fn shown(entry: &Entry) -> String {
    entry.key.clone().unwrap_or_else(|| "an element without a name".to_owned())
}
