//! A privacy manifest by itself: whether Apple takes its keys and values.
//!
//! By "Privacy manifest files", "Describing data use in privacy manifests" and the technical notes 3181 to 3184.

mod collected;
mod domain;
mod reason;

use super::finding::{CheckRule, Finding, Level, Place};
use super::plist::{Node, Value};

pub(crate) use self::collected::{COLLECTED, TRACKED, collected, is_functional};
pub(crate) use self::reason::{ACCESSED, declared};

/// The name by which Apple finds it.
pub(crate) const FILE: &str = "PrivacyInfo.xcprivacy";
pub(crate) const TRACKING: &str = "NSPrivacyTracking";
pub(crate) const DOMAINS: &str = "NSPrivacyTrackingDomains";

/// Whose it is: some reasons are a library's only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    App,
    Library,
}

/// Every mistake in it.
pub(crate) fn mistakes(file: &str, root: &Node, owner: Owner) -> Vec<Finding> {
    let mut mistakes = Mistakes { file, found: Vec::new() };
    if root.members().is_empty() {
        mistakes.add(
            root,
            Level::Warning,
            "the privacy manifest says nothing at all".to_owned(),
            "Say at least NSPrivacyTracking, with the value false if nothing is tracked.",
        );
        return mistakes.found;
    }
    mistakes.keys(root, &[TRACKING, DOMAINS, COLLECTED, ACCESSED], Level::Error);
    let tracks = mistakes.typed(root, TRACKING, Type::Boolean).is_some_and(is_true);
    domain::check(&mut mistakes, root, tracks);
    collected::check(&mut mistakes, root, tracks);
    reason::check(&mut mistakes, root, owner);
    mistakes.found
}

/// Apple reads a boolean only, no text that says yes.
pub(crate) fn is_true(node: &Node) -> bool {
    node.value == Value::Boolean(true)
}

/// What a value has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Type {
    Boolean,
    Text,
    Array,
    Dictionary,
}

impl Type {
    const fn is(self, value: &Value) -> bool {
        match (self, value) {
            (Self::Boolean, Value::Boolean(_))
            | (Self::Text, Value::Text(_))
            | (Self::Array, Value::Array(_))
            | (Self::Dictionary, Value::Dictionary(_)) => true,
            (Self::Boolean | Self::Text | Self::Array | Self::Dictionary, _) => false,
        }
    }

    /// With its article.
    const fn name(self) -> &'static str {
        match self {
            Self::Boolean => "a boolean, <true/> or <false/>",
            Self::Text => "a string",
            Self::Array => "an array",
            Self::Dictionary => "a dictionary",
        }
    }
}

/// What was found in one file.
struct Mistakes<'a> {
    file: &'a str,
    found: Vec<Finding>,
}

impl Mistakes<'_> {
    fn add(&mut self, node: &Node, level: Level, why: String, mend: impl Into<String>) {
        self.of(CheckRule::ApplePrivacyManifest, node, level, why, mend);
    }

    fn of(&mut self, rule: CheckRule, node: &Node, level: Level, why: String, mend: impl Into<String>) {
        self.found.push(Finding::at(self.place(node), rule, level, why, mend));
    }

    /// The same, said of the second of two.
    fn again(&mut self, first: &Node, second: &Node, why: String, mend: &str) {
        self.add(second, Level::Warning, why, mend);
        let first = self.place(first);
        if let Some(finding) = self.found.last_mut() {
            finding.also.push(first);
        }
    }

    fn place(&self, node: &Node) -> Place {
        Place::new(self.file, Some(node.line).filter(|line| *line > 0))
    }

    /// Keys of a dictionary that Apple does not have, or that stand there twice.
    fn keys(&mut self, dictionary: &Node, known: &[&str], level: Level) {
        let members = dictionary.members();
        for (at, (key, node)) in members.iter().enumerate() {
            if !known.contains(&key.as_str()) {
                self.add(node, level, format!("Apple has no key {key} there"), nearest(key, known, ""));
            } else if let Some((_, first)) = members[..at].iter().find(|(own, _)| own == key) {
                let mend = "Remove one of them: which of the two counts is not said.";
                self.again(first, node, format!("{key} stands there twice"), mend);
            }
        }
    }

    /// The value of a key, if it is of this type.
    fn typed<'n>(&mut self, dictionary: &'n Node, key: &str, kind: Type) -> Option<&'n Node> {
        let node = dictionary.get(key)?;
        self.is(node, key, kind).then_some(node)
    }

    /// The same of a key that must be there.
    fn required<'n>(&mut self, dictionary: &'n Node, key: &str, kind: Type) -> Option<&'n Node> {
        if dictionary.get(key).is_none() {
            let mend = format!("Add it: {}.", kind.name());
            self.add(dictionary, Level::Error, format!("an entry lacks {key}"), mend);
        }
        self.typed(dictionary, key, kind)
    }

    fn is(&mut self, node: &Node, what: &str, kind: Type) -> bool {
        let is_right = kind.is(&node.value);
        if !is_right {
            let why = format!("{what} is {}, which Apple does not read", node.value.kind());
            let mend = format!("Write it as {}.", kind.name());
            self.of(CheckRule::AppleWrongType, node, Level::Error, why, mend);
        }
        is_right
    }

    /// The elements of a key's array that are of this type.
    fn elements<'n>(&mut self, dictionary: &'n Node, key: &str, kind: Type) -> Vec<&'n Node> {
        let array = self.typed(dictionary, key, Type::Array);
        self.of_type(array, key, kind)
    }

    /// The texts of an array.
    fn texts<'n>(&mut self, array: Option<&'n Node>, key: &str) -> Vec<&'n Node> {
        self.of_type(array, key, Type::Text)
    }

    fn of_type<'n>(&mut self, array: Option<&'n Node>, key: &str, kind: Type) -> Vec<&'n Node> {
        let elements = array.map(Node::elements).unwrap_or_default().iter();
        elements.filter(|node| self.is(node, &format!("an element of {key}"), kind)).collect()
    }

    /// A text that is one of Apple's; none if it is not.
    fn one_of<'n>(&mut self, node: &'n Node, key: &str, known: &[&str], prefix: &str) -> Option<&'n str> {
        let text = node.text()?;
        if known.contains(&text) {
            return Some(text);
        }
        let why = match text.trim() {
            "" => format!("{key} is empty"),
            _ => format!("{text} is none of Apple's values of {key}"),
        };
        self.add(node, Level::Error, why, nearest(text, known, prefix));
        None
    }
}

/// Which of Apple's names somebody may have meant: however it was spelled, and with or without what all begin with.
fn nearest(name: &str, known: &[&str], prefix: &str) -> String {
    let plain = |name: &str| {
        let name = name.trim().to_lowercase();
        name.strip_prefix(&prefix.to_lowercase()).map(str::to_owned).unwrap_or(name)
    };
    let own: String = plain(name).split_whitespace().collect();
    let likeness = |other: &&str| strsim::normalized_damerau_levenshtein(&own, &plain(other));
    let best = known.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    match best.filter(|best| likeness(best) >= 0.7) {
        Some(best) => format!("Write {best}, or remove it."),
        None if known.len() <= 6 => format!("Write one of {}, or remove it.", known.join(", ")),
        None => "Write one of those that Apple lists, or remove it.".to_owned(),
    }
}
