//! Reads JSON that a person wrote. Of all that is wrong, the first in the text is reported, with its place.
//!
//! A reader goes on after a mistake, so that one before it is found in whatever order fields are read. Names that are
//! not the product's own are the host's data: an error has their number and not them.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashSet;
use std::ops::RangeInclusive;

use crate::error::{Error, InputKind, Position};
use crate::scan::{self, Fault, Kind, Part, Parts, unescaped};
use crate::suggest::{is_near, suggest};

/// Reads a text of at most so many bytes; comments (`//` and `/* */`) and a byte-order mark may be in it.
pub(crate) fn read<T>(
    text: &str,
    limit: usize,
    reader: impl FnOnce(&Node<'_>) -> Result<T, Reported>,
) -> Result<T, Error> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let document = Document { text, first: RefCell::default() };
    if text.len() > limit {
        let hint = format!("expected at most {limit} bytes");
        return Err(document.placed(limit, Error::input(InputKind::TooLong, "", hint)));
    }
    let (root, fault) = scan::document(text);
    let broken = |Fault { at, kind, hint }| (at, Error::input(kind, "", hint));
    let value = match (root, fault) {
        // What is deeper than any file is refused like what is longer, before anybody looks into it.
        (None, Some(fault)) | (Some(_), Some(fault @ Fault { kind: InputKind::TooLong, .. })) => {
            Err(document.report(broken(fault)))
        }
        (root, fault) => {
            let value =
                reader(&Node { document: &document, at: root.unwrap_or_default(), path: String::new() });
            fault.map(|fault| document.report(broken(fault)));
            value
        }
    };
    match document.first.take() {
        Some((at, error)) => Err(document.placed(at, error)),
        None => value.map_err(|Reported(error)| error),
    }
}

/// The proof that a mistake was reported. Who holds it may give up, or go on to what else there is.
pub(crate) struct Reported(Error);

struct Document<'t> {
    text: &'t str,
    /// The first mistake so far, and where it stands.
    first: RefCell<Option<(usize, Error)>>,
}

impl Document<'_> {
    fn report(&self, (at, error): (usize, Error)) -> Reported {
        if self.may_be_first(at) {
            self.first.replace(Some((at, error.clone())));
        }
        Reported(error)
    }

    fn may_be_first(&self, at: usize) -> bool {
        self.first.borrow().as_ref().is_none_or(|(first, _)| at < *first)
    }

    fn placed(&self, at: usize, mut error: Error) -> Error {
        if let Error::Input { position, .. } = &mut error {
            *position = Some(self.position(at));
        }
        error
    }

    fn position(&self, at: usize) -> Position {
        let at = (0..=at.min(self.text.len())).rev().find(|at| self.text.is_char_boundary(*at));
        let before = at.and_then(|at| self.text.get(..at)).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Position {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(column).unwrap_or(u32::MAX),
        }
    }
}

/// One value of a document.
#[derive(Clone)]
pub(crate) struct Node<'a> {
    document: &'a Document<'a>,
    at: usize,
    path: String,
}

impl<'a> Node<'a> {
    /// Reports a mistake in this value.
    pub(crate) fn error(&self, kind: InputKind, hint: impl Into<String>) -> Reported {
        self.document.report((self.at, Error::input(kind, self.path.as_str(), hint)))
    }

    /// Reports what a check of this value found.
    pub(crate) fn check(&self, checked: Result<(), Error>) {
        if let Err(error) = checked {
            self.document.report((self.at, error));
        }
    }

    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// The members of an object that may hold these names.
    pub(crate) fn object(&self, names: &[&'static str]) -> Result<Object<'a>, Reported> {
        let mut parts = self.parts(Kind::Object, "an object")?;
        let (mut members, mut strangers) = (Vec::<Member<'a>>::new(), Vec::new());
        for (number, Part { name: name_at, value: at }) in parts.by_ref().enumerate() {
            let name = self.document.string(name_at.unwrap_or(at));
            let named = |path| Node { document: self.document, at: name_at.unwrap_or(at), path };
            match names.iter().find(|known| **known == name) {
                Some(known) => {
                    let path = self.member(known);
                    if members.iter().any(|member| member.name.path == path) {
                        named(path).error(InputKind::Duplicate, TWICE);
                    } else {
                        let value = Node { document: self.document, at, path: path.clone() };
                        members.push(Member { name: named(path), value });
                    }
                }
                None => {
                    let name_node = named(self.numbered(number));
                    if self.document.may_be_first(name_node.at) {
                        name_node.error(InputKind::UnknownName, suggest(&name, names));
                    }
                    if strangers.len() < names.len() {
                        strangers.push(name);
                    }
                }
            }
        }
        Ok(Object { node: self.clone(), members, strangers, is_whole: parts.is_whole })
    }

    /// The members of an object that may hold any names.
    pub(crate) fn members(&self) -> Result<impl Iterator<Item = (String, Node<'a>)>, Reported> {
        let (parts, node) = (self.parts(Kind::Object, "an object")?, self.clone());
        let mut seen = HashSet::new();
        Ok(parts.enumerate().filter_map(move |(number, Part { name, value: at })| {
            let name_at = name.unwrap_or(at);
            // The host's own text, of which no copy is made.
            let name = node.document.string(name_at);
            let member = Node { document: node.document, at, path: node.numbered(number) };
            if !seen.insert(name.clone()) {
                Node { at: name_at, ..member }.error(InputKind::Duplicate, TWICE);
                return None;
            }
            Some((name.into_owned(), member))
        }))
    }

    /// The elements of an array.
    pub(crate) fn array(&self) -> Result<impl Iterator<Item = Node<'a>>, Reported> {
        let (parts, node) = (self.parts(Kind::Array, "an array")?, self.clone());
        Ok(parts.enumerate().map(move |(number, Part { value: at, .. })| Node {
            document: node.document,
            at,
            path: node.numbered(number),
        }))
    }

    pub(crate) fn text(&self) -> Result<Cow<'a, str>, Reported> {
        self.is(Kind::String).then(|| self.document.string(self.at)).ok_or_else(|| self.wrong("a string"))
    }

    pub(crate) fn boolean(&self) -> Result<bool, Reported> {
        self.raw().parse().map_err(|_| self.wrong("true or false"))
    }

    /// A whole number in its range.
    pub(crate) fn integer(&self, range: &RangeInclusive<u64>, unit: &str) -> Result<u64, Reported> {
        let from_to = from_to(range, unit);
        if !self.is(Kind::Number) {
            return Err(self.wrong(&format!("a whole number {from_to}")));
        }
        let number = self.raw();
        let found = match number.chars().find(|c| ['.', 'e', 'E'].contains(c)) {
            Some('.') => Some("one with a decimal point"),
            Some(_) => Some("one with an exponent"),
            None if number.starts_with('-') => Some("a negative one"),
            None => None,
        };
        if let Some(found) = found {
            let hint = format!("expected a whole number {from_to}, in digits alone, found {found}");
            return Err(self.error(InputKind::WrongType, hint));
        }
        // What no longer fits is out of every range.
        let number = number.parse().ok().filter(|number| range.contains(number));
        number.ok_or_else(|| self.error(InputKind::OutOfRange, from_to))
    }

    /// One of the given cases, by its stable name.
    pub(crate) fn case<T: Copy>(&self, all: &[T], id: fn(T) -> &'static str) -> Result<T, Reported> {
        let name = self.text()?;
        all.iter().copied().find(|case| id(*case) == name).ok_or_else(|| {
            let names: Vec<_> = all.iter().map(|case| id(*case)).collect();
            self.error(InputKind::UnknownName, suggest(&name, &names))
        })
    }

    fn parts(&self, kind: Kind, expected: &str) -> Result<Parts<'a>, Reported> {
        let parts = Parts::new(self.document.text, self.at).filter(|_| self.is(kind));
        parts.ok_or_else(|| self.wrong(expected))
    }

    fn is(&self, kind: Kind) -> bool {
        scan::kind(self.document.text, self.at) == Some(kind)
    }

    fn raw(&self) -> &'a str {
        scan::value(self.document.text, self.at).unwrap_or_default()
    }

    fn member(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }

    fn numbered(&self, number: usize) -> String {
        format!("{}[{number}]", self.path)
    }

    fn wrong(&self, expected: &str) -> Reported {
        let found = match scan::kind(self.document.text, self.at) {
            Some(Kind::Object) => "an object",
            Some(Kind::Array) => "an array",
            Some(Kind::String) => "a string",
            Some(Kind::Number) => "a number",
            Some(Kind::Boolean) => "a boolean",
            Some(Kind::Null) => "null",
            None => "nothing",
        };
        self.error(InputKind::WrongType, format!("expected {expected}, found {found}"))
    }
}

impl<'t> Document<'t> {
    /// The string that begins there. Its escapes are right, since the scanner passed them.
    fn string(&self, at: usize) -> Cow<'t, str> {
        let raw = scan::value(self.text, at).unwrap_or_default();
        unescaped(raw.get(1..raw.len().saturating_sub(1)).unwrap_or_default())
    }
}

const TWICE: &str = "keep one of the two";

/// An object's members, names checked.
pub(crate) struct Object<'a> {
    node: Node<'a>,
    members: Vec<Member<'a>>,
    /// Some of the names that are not known here.
    strangers: Vec<Cow<'a, str>>,
    /// Whether its end was seen: in what is cut off nothing is missing.
    is_whole: bool,
}

struct Member<'a> {
    name: Node<'a>,
    value: Node<'a>,
}

impl<'a> Object<'a> {
    /// Reads a member if it is there and right.
    pub(crate) fn read<T>(
        &self,
        name: &str,
        reader: impl FnOnce(&Node<'a>) -> Result<T, Reported>,
    ) -> Option<T> {
        reader(&self.get(name)?.value).ok()
    }

    /// The same, for a member that has to be there; the hint says what to add.
    pub(crate) fn require<T>(
        &self,
        name: &str,
        hint: &str,
        reader: impl FnOnce(&Node<'a>) -> Result<T, Reported>,
    ) -> Option<T> {
        self.require_one_of(&[name], hint);
        self.read(name, reader)
    }

    /// Reports that none of these members is there. One with a mistyped name is, and was reported for its name.
    pub(crate) fn require_one_of(&self, names: &[&str], hint: &str) {
        let is_meant = |name: &&str| self.strangers.iter().any(|stranger| is_near(stranger, name));
        if self.is_whole && !names.iter().any(|name| self.get(name).is_some() || is_meant(name)) {
            self.node.error(InputKind::Missing, hint);
        }
    }

    /// Reports a name that belongs elsewhere.
    pub(crate) fn misplaced(&self, name: &str, hint: &str) {
        if let Some(member) = self.get(name) {
            member.name.error(InputKind::UnknownName, hint);
        }
    }

    /// Reports what a check of the whole found, at the member that it names.
    pub(crate) fn check(&self, checked: Result<(), Error>) {
        let Err(Error::Input { field, .. }) = &checked else { return };
        let member = self.members.iter().find(|member| member.value.path == *field);
        member.map_or(&self.node, |member| &member.value).check(checked);
    }

    fn get(&self, name: &str) -> Option<&Member<'a>> {
        let path = self.node.member(name);
        self.members.iter().find(|member| member.name.path == path)
    }
}

/// A range in words.
pub(crate) fn from_to(range: &RangeInclusive<u64>, unit: &str) -> String {
    format!("from {} to {} {unit}", range.start(), range.end())
}
