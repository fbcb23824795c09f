//! A specification with what it includes, merged as XcodeGen does it; every value still knows its file and line.

use crate::check::files::{self, Files};
use crate::check::finding::Place;
use crate::check::plist::{Node, Value};
use crate::check::yaml;

/// Files that include each other end here.
const DEPTH: usize = 16;
/// More than any project's templates bring.
const VALUES: usize = 500_000;
/// A key that ends like this takes the place of what was there.
const REPLACE: &str = ":REPLACE";

/// All of a project's files as one. A line counts on from file to file.
#[derive(Debug)]
pub(super) struct Spec {
    pub(super) root: Node,
    parts: Vec<Part>,
    /// What of it cannot be read.
    pub(super) unread: Vec<Place>,
    /// How many values templates may still bring: templates of templates end here.
    left: usize,
}

/// One file of it.
#[derive(Debug)]
struct Part {
    file: String,
    /// The line before its first one.
    before: u32,
    /// What its paths count from.
    folder: String,
}

impl Spec {
    /// Reads a specification and what it includes.
    pub(super) fn read(files: &mut Files, path: &str) -> Self {
        let root = Node { line: 1, value: Value::Dictionary(Vec::new()) };
        let mut spec = Self { root, parts: Vec::new(), unread: Vec::new(), left: VALUES };
        spec.root = spec.load(files, path, files::parent(path), 0);
        spec
    }

    /// Its files, the first one that which includes the others.
    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|part| part.file.as_str())
    }

    fn load(&mut self, files: &mut Files, path: &str, folder: &str, depth: usize) -> Node {
        let nothing = Node { line: 1, value: Value::Dictionary(Vec::new()) };
        let is_known = self.files().any(|own| own == path);
        if is_known || depth > DEPTH {
            return nothing;
        }
        let before = self.parts.last().map_or(0, |part| part.before.saturating_add(LINES));
        self.parts.push(Part { file: path.to_owned(), before, folder: folder.to_owned() });
        let Some(mut own) = files.read(path, yaml::parse) else {
            self.unread.push(Place::new(path, None));
            return nothing;
        };
        shift(&mut own, before);
        let mut merged = nothing;
        for include in own.get("include").map(list).unwrap_or_default() {
            let named = if include.text().is_some() { Some(include) } else { include.get("path") };
            let is_on = |key| include.get(key).and_then(Node::boolean).unwrap_or(true);
            if !is_on("enable") {
                continue;
            }
            let Some(file) = named.and_then(Node::text).map(|text| files::join(folder, text)) else {
                self.unread.push(self.place(include));
                continue;
            };
            // Somewhere else, made by something, or named by the environment.
            if !files.contains(&file) {
                self.unread.push(self.place(include));
                continue;
            }
            let folder = if is_on("relativePaths") { files::parent(&file) } else { folder };
            let included = self.load(files, &file, folder, depth + 1);
            merged = over(included, merged);
        }
        over(own, merged)
    }

    /// Where a value stands.
    pub(super) fn place(&self, node: &Node) -> Place {
        let part = self.part(node);
        Place::new(part.map_or("", |part| &part.file), Some(node.line - part.map_or(0, |part| part.before)))
    }

    /// The path that a value is, from where its file counts; what the environment says is nobody's here.
    pub(super) fn path(&mut self, node: &Node) -> Option<String> {
        let text = node.text()?;
        if text.contains("${") {
            self.unread.push(self.place(node));
            return None;
        }
        Some(files::join(self.part(node).map_or("", |part| &part.folder), text))
    }

    fn part(&self, node: &Node) -> Option<&Part> {
        self.parts.iter().rev().find(|part| part.before < node.line).or(self.parts.first())
    }

    /// The targets with their templates, one for each of their platforms.
    pub(super) fn targets(&mut self) -> Vec<(String, Node)> {
        let mut found = Vec::new();
        for (name, node) in self.root.get("targets").map(Node::members).unwrap_or_default().to_vec() {
            let mut target = self.templates(&node, 0).map_or(node.clone(), |all| over(node.clone(), all));
            let attributes = target.get("templateAttributes").map(Node::members).unwrap_or_default().to_vec();
            replace(&mut target, "target_name", &name);
            for (attribute, value) in &attributes {
                replace(&mut target, attribute, value.text().unwrap_or_default());
            }
            let platforms = target.get("platform").map(Node::elements).unwrap_or_default().to_vec();
            if platforms.is_empty() {
                found.push((name, target));
                continue;
            }
            let text = |key: &str| target.get(key).and_then(Node::text).map(str::to_owned);
            let (prefix, suffix) = (text("platformPrefix"), text("platformSuffix"));
            for platform in platforms {
                let Some(own) = platform.text() else { continue };
                let suffix = match (&prefix, &suffix) {
                    (None, None) => format!("_{own}"),
                    (_, suffix) => suffix.clone().unwrap_or_default(),
                };
                let name = format!("{}{name}{suffix}", prefix.clone().unwrap_or_default());
                let mut target = target.clone();
                set(&mut target, "platform", platform.clone());
                replace(&mut target, "platform", own);
                found.push((name, target));
            }
        }
        found
    }

    /// What a target's templates say together, each over those before it.
    fn templates(&mut self, target: &Node, depth: usize) -> Option<Node> {
        let mut merged: Option<Node> = None;
        for name in target.get("templates").map(list).unwrap_or_default() {
            let all = self.root.get("targetTemplates");
            let template = all.zip(name.text()).and_then(|(all, name)| all.get(name)).cloned();
            let left = template.as_ref().and_then(|own| self.left.checked_sub(yaml::count(own)));
            let (Some(template), Some(left), true) = (template, left, depth < DEPTH) else {
                self.unread.push(self.place(name));
                continue;
            };
            self.left = left;
            let below = self.templates(&template, depth + 1);
            let below = match (merged, below) {
                (Some(merged), Some(below)) => Some(over(below, merged)),
                (merged, below) => merged.or(below),
            };
            merged = Some(below.map_or(template.clone(), |below| over(template, below)));
        }
        merged
    }
}

/// More lines than any file has.
const LINES: u32 = 10_000_000;

fn shift(node: &mut Node, lines: u32) {
    node.line = node.line.min(LINES).saturating_add(lines);
    match &mut node.value {
        Value::Dictionary(members) => members.iter_mut().for_each(|(_, member)| shift(member, lines)),
        Value::Array(elements) => elements.iter_mut().for_each(|element| shift(element, lines)),
        Value::Text(_) | Value::Boolean(_) | Value::Other(_) => {}
    }
}

/// A value over another one: members one by one, lists one after the other.
fn over(own: Node, other: Node) -> Node {
    let Node { line, value } = own;
    let value = match (value, other.value) {
        (Value::Dictionary(members), Value::Dictionary(mut merged)) => {
            for (key, node) in members {
                if let Some(key) = key.strip_suffix(REPLACE) {
                    merged.retain(|(known, _)| known != key);
                    merged.push((key.to_owned(), node));
                    continue;
                }
                match merged.iter().position(|(known, _)| *known == key) {
                    Some(at) => {
                        let (_, below) = merged.remove(at);
                        merged.insert(at, (key, over(node, below)));
                    }
                    None => merged.push((key, node)),
                }
            }
            Value::Dictionary(merged)
        }
        (Value::Array(elements), Value::Array(mut merged)) => {
            merged.extend(elements);
            Value::Array(merged)
        }
        (value, _) => value,
    };
    Node { line, value }
}

fn set(target: &mut Node, key: &str, node: Node) {
    if let Value::Dictionary(members) = &mut target.value {
        members.retain(|(own, _)| own != key);
        members.push((key.to_owned(), node));
    }
}

/// Puts a value where `${name}` stands, in keys too.
fn replace(node: &mut Node, name: &str, with: &str) {
    let pattern = format!("${{{name}}}");
    match &mut node.value {
        Value::Text(text) => *text = text.replace(&pattern, with),
        Value::Array(elements) => elements.iter_mut().for_each(|own| replace(own, name, with)),
        Value::Dictionary(members) => {
            for (key, own) in members {
                *key = key.replace(&pattern, with);
                replace(own, name, with);
            }
        }
        Value::Boolean(_) | Value::Other(_) => {}
    }
}

/// A list, or the one that stands in its place.
pub(super) fn list(node: &Node) -> &[Node] {
    match &node.value {
        Value::Array(elements) => elements,
        Value::Other(_) => &[],
        Value::Text(_) | Value::Boolean(_) | Value::Dictionary(_) => std::slice::from_ref(node),
    }
}
