//! A configuration's build settings: the target's and the project's, their `.xcconfig` files, and how values name each other.

use super::{Named, Project, STEPS};
use crate::check::files::{self, Files};
use crate::check::plist::{Node, Value};
use crate::check::xcconfig::{self, Line};

/// A build setting that holds in a release for iOS.
#[derive(Debug, Clone)]
pub(crate) struct Setting {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) file: String,
    pub(crate) line: u32,
}

/// All of a configuration, the nearest first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Settings {
    layers: Vec<Setting>,
    target: String,
    configuration: String,
    project: String,
}

impl Settings {
    /// Reads the target's configuration, and the project's of the same name below it.
    pub(super) fn read(
        files: &mut Files,
        project: &Project<'_>,
        target: &str,
        configuration: &str,
        owners: [Option<&Node>; 2],
    ) -> Self {
        let layers = owners.into_iter().flatten().map(|owner| {
            let mut layer = Vec::new();
            for (name, value) in owner.get("buildSettings").map(Node::members).unwrap_or_default() {
                let text = match &value.value {
                    Value::Array(elements) => {
                        elements.iter().filter_map(Node::text).collect::<Vec<_>>().join(" ")
                    }
                    Value::Text(text) => text.clone(),
                    Value::Boolean(_) | Value::Dictionary(_) | Value::Other(_) => continue,
                };
                layer.push((name.clone(), text, project.file.to_owned(), value.line));
            }
            (layer, project.base(files, owner))
        });
        let layers = layers.collect();
        Self::layered(files, layers, target, configuration, project.name)
    }

    /// What owners say themselves, each with the `.xcconfig` that it is based on; the nearest owner first.
    pub(crate) fn layered(
        files: &mut Files,
        owners: Vec<(Vec<Written>, Option<String>)>,
        target: &str,
        configuration: &str,
        project: &str,
    ) -> Self {
        let mut layers = Vec::new();
        for (own, base) in owners {
            layers.extend(in_order(own, configuration));
            if let Some(file) = base {
                let mut layer = Vec::new();
                file_settings(files, &file, &mut Vec::new(), &mut layer);
                layers.extend(in_order(layer, configuration));
            }
        }
        let (target, configuration) = (target.to_owned(), configuration.to_owned());
        Self { layers, target, configuration, project: project.to_owned() }
    }

    /// The file that a setting names, from this folder on.
    pub(crate) fn named(&self, name: &str, folder: &str) -> Option<Named> {
        let setting = self.get(name).filter(|own| !own.value.trim().is_empty())?;
        let path = files::join(folder, &self.expand(&setting.value).0);
        Some(Named { path, file: setting.file.clone(), line: setting.line })
    }

    /// The setting that counts.
    pub(crate) fn get(&self, name: &str) -> Option<&Setting> {
        self.layers.iter().find(|own| own.name == name)
    }

    /// Whether a setting says yes.
    pub(crate) fn is_on(&self, name: &str) -> bool {
        let node = self.get(name).map(|own| Value::Text(self.expand(&own.value).0));
        node.is_some_and(|value| Node { line: 0, value }.boolean() == Some(true))
    }

    /// The settings whose names begin like that, each where it counts.
    pub(crate) fn beginning(&self, prefix: &str) -> Vec<&Setting> {
        let mut found: Vec<&Setting> = Vec::new();
        for setting in self.layers.iter().filter(|own| own.name.starts_with(prefix)) {
            if !found.iter().any(|known| known.name == setting.name) {
                found.push(setting);
            }
        }
        found
    }

    /// Replaces `$(NAME)` and `${NAME}`, and says whether each of them was known.
    pub(crate) fn expand(&self, value: &str) -> (String, bool) {
        let mut is_known = true;
        let expanded = self.expanded(value, &mut STEPS.clone(), &mut is_known);
        (expanded, is_known)
    }

    fn expanded(&self, value: &str, steps: &mut usize, is_known: &mut bool) -> String {
        let mut expanded = String::new();
        let mut rest = value;
        while let Some(start) = rest.find("$(").or_else(|| rest.find("${")).filter(|_| *steps > 0) {
            let close = if rest[start..].starts_with("$(") { ')' } else { '}' };
            let Some(end) = rest[start..].find(close) else { break };
            *steps -= 1;
            // `$(NAME:modifier)`
            let name = rest[start + 2..start + end].split(':').next().unwrap_or_default();
            expanded.push_str(&rest[..start]);
            match name {
                // Paths count from there anyway.
                "SRCROOT" | "PROJECT_DIR" | "SOURCE_ROOT" => expanded.push('.'),
                "TARGET_NAME" | "TARGETNAME" => expanded.push_str(&self.target),
                "PROJECT_NAME" | "PROJECT" => expanded.push_str(&self.project),
                "CONFIGURATION" => expanded.push_str(&self.configuration),
                _ => match self.get(name) {
                    Some(setting) => {
                        expanded.push_str(&self.expanded(&setting.value, steps, is_known));
                    }
                    None if name == "PRODUCT_NAME" => expanded.push_str(&self.target),
                    None => *is_known = false,
                },
            }
            rest = &rest[start + end + 1..];
        }
        expanded + rest
    }
}

/// A name with its conditions, a value, a file and a line.
pub(crate) type Written = (String, String, String, u32);

/// What holds in a release for iOS; what is said for it alone comes before what is said for all.
fn in_order(layer: Vec<Written>, configuration: &str) -> Vec<Setting> {
    let (mut special, mut general) = (Vec::new(), Vec::new());
    for (name, value, file, line) in layer {
        let (plain, conditions) = name.split_once('[').map_or((name.as_str(), None), |(a, b)| (a, Some(b)));
        let setting = Setting { name: plain.trim().to_owned(), value, file, line };
        match conditions {
            None => general.push(setting),
            Some(conditions) if holds(conditions, configuration) => special.push(setting),
            Some(_) => {}
        }
    }
    special.extend(general);
    special
}

/// Whether `sdk=iphoneos*][arch=arm64]` and the like hold.
fn holds(conditions: &str, configuration: &str) -> bool {
    conditions.split([']', '[', ',']).filter(|part| !part.trim().is_empty()).all(|part| {
        let Some((name, pattern)) = part.split_once('=') else { return true };
        let fits = |value: &str| match pattern.trim().split_once('*') {
            Some((start, end)) => value.starts_with(start) && value.ends_with(end),
            None => value == pattern.trim(),
        };
        match name.trim() {
            "sdk" => fits("iphoneos"),
            "arch" => fits("arm64"),
            "config" => fits(configuration),
            _ => true,
        }
    })
}

/// What a file says, and the files that it includes, each once.
fn file_settings(files: &mut Files, path: &str, seen: &mut Vec<String>, layer: &mut Vec<Written>) {
    if seen.iter().any(|known| known == path) || !files.contains(path) {
        return;
    }
    seen.push(path.to_owned());
    let lines = files.read(path, xcconfig::parse).unwrap_or_default();
    // A later line wins over an earlier one, and over what is included before it.
    for line in lines.into_iter().rev() {
        match line {
            Line::Include(other) => {
                file_settings(files, &files::join(files::parent(path), &other), seen, layer);
            }
            Line::Setting { line, name, value } => layer.push((name, value, path.to_owned(), line)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::holds;

    #[test]
    fn conditions_are_those_of_a_release_for_ios() {
        for right in
            ["sdk=iphoneos*]", "sdk=*]", "sdk=iphone*][arch=*]", "arch=arm64", "config=Rel*,sdk=iphoneos"]
        {
            assert!(holds(right, "Release"), "{right}");
        }
        for wrong in ["sdk=macosx*]", "sdk=iphonesimulator*]", "config=Debug]", "sdk=iphoneos*][arch=x86_64]"]
        {
            assert!(!holds(wrong, "Release"), "{wrong}");
        }
    }
}
