//! Reads JSON that a person wrote, so that each error has a place.
//!
//! serde_json checks the grammar; `RawValue` borrows from the text, so a value's address is its position.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashSet;
use std::io::Read as _;

use serde::Deserialize as _;
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use crate::error::{Error, InputKind, Position};

/// A text, the same text with its comments blanked, and where each value that was visited stands in both.
pub(crate) struct Document<'t> {
    source: &'t str,
    text: Zeroizing<String>,
    places: RefCell<Vec<(String, usize)>>,
}

impl<'t> Document<'t> {
    /// Takes comments (`//` and `/* */`) and a byte-order mark out, keeping every other byte where it was.
    pub(crate) fn new(source: &'t str) -> Result<Self, Error> {
        let source = source.strip_prefix('\u{feff}').unwrap_or(source);
        let mut text = Zeroizing::new(String::with_capacity(source.len()));
        json_comments::CommentSettings::c_style()
            .strip_comments(source.as_bytes())
            .read_to_string(&mut text)
            .map_err(|_| Error::input(InputKind::Syntax, "", "close the comment or the string at the end"))?;
        Ok(Self { source, text, places: RefCell::default() })
    }

    /// The whole text as one value.
    pub(crate) fn root(&'t self) -> Result<Node<'t>, Error> {
        let raw = serde_json::from_str(&self.text).map_err(|error| self.syntax(&error))?;
        Ok(self.node(raw, String::new()))
    }

    /// Adds to an error about a visited field the place where it stands.
    pub(crate) fn place(&self, error: Error) -> Error {
        match error {
            Error::Input { kind, field, hint, position: None } => {
                let offset = self.places.borrow().iter().find(|(path, _)| *path == field).map(|(_, at)| *at);
                Error::Input { kind, field, hint, position: offset.map(|at| self.position(at)) }
            }
            placed @ (Error::Input { .. }
            | Error::NoThread
            | Error::Closed
            | Error::Expired
            | Error::Revoked) => placed,
        }
    }

    fn node(&'t self, raw: &'t RawValue, path: String) -> Node<'t> {
        self.places.borrow_mut().push((path.clone(), self.offset(raw)));
        Node { document: self, raw, path }
    }

    fn offset(&self, raw: &RawValue) -> usize {
        (raw.get().as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize)
    }

    fn position(&self, offset: usize) -> Position {
        let before = self.source.get(..offset).unwrap_or(self.source);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Position {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(column).unwrap_or(u32::MAX),
        }
    }

    fn syntax(&self, error: &serde_json::Error) -> Error {
        let start: usize =
            self.text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
        // serde_json's messages on grammar hold no part of the text; only its own place is cut off.
        let message = error.to_string();
        let hint = message.split(" at line ").next().unwrap_or_default();
        Error::Input {
            kind: InputKind::Syntax,
            field: String::new(),
            hint: hint.to_owned(),
            position: Some(self.position(start + error.column().saturating_sub(1))),
        }
    }
}

/// One value of a document.
#[derive(Clone)]
pub(crate) struct Node<'a> {
    document: &'a Document<'a>,
    raw: &'a RawValue,
    path: String,
}

impl<'a> Node<'a> {
    pub(crate) fn error(&self, kind: InputKind, hint: impl Into<String>) -> Error {
        Error::Input {
            kind,
            field: self.path.clone(),
            hint: hint.into(),
            position: Some(self.document.position(self.document.offset(self.raw))),
        }
    }

    /// The members of an object that may hold these names.
    pub(crate) fn object(&self, names: &[&str]) -> Result<Object<'a>, Error> {
        let known = |name: &str| match names.contains(&name) {
            true => Ok(()),
            false => Err(suggest(name, names)),
        };
        let path = |_, name: &str| match self.path.is_empty() {
            true => name.to_owned(),
            false => format!("{}.{name}", self.path),
        };
        Ok(Object { node: self.clone(), members: self.members_at(path, known)? })
    }

    /// The members of an object that may hold any names. Those are data, so errors call a member by its number.
    pub(crate) fn members(&self) -> Result<Vec<(String, Node<'a>)>, Error> {
        self.members_at(|at, _| format!("{}[{at}]", self.path), |_| Ok(()))
    }

    fn members_at(
        &self,
        path: impl Fn(usize, &str) -> String,
        known: impl Fn(&str) -> Result<(), String>,
    ) -> Result<Vec<(String, Node<'a>)>, Error> {
        let mut members: Vec<(String, Node<'a>)> = Vec::new();
        let mut seen = HashSet::new();
        let mut parts = self.parts("{", "an object")?;
        let pairs = std::iter::from_fn(|| Some((parts.next()?, parts.next()?)));
        for (at, (key, value)) in pairs.enumerate() {
            let name = serde_json::from_str::<Cow<'_, str>>(key.get())
                .map_err(|_| self.wrong("an object with readable names"))?
                .into_owned();
            let path = path(at, &name);
            let key = Node { document: self.document, raw: key, path: path.clone() };
            known(&name).map_err(|hint| key.error(InputKind::UnknownName, hint))?;
            if !seen.insert(name.clone()) {
                return Err(key.error(InputKind::Duplicate, "keep one of the two"));
            }
            members.push((name, self.document.node(value, path)));
        }
        Ok(members)
    }

    /// The elements of an array.
    pub(crate) fn array(&self) -> Result<Vec<Node<'a>>, Error> {
        Ok(self
            .parts("[", "an array")?
            .enumerate()
            .map(|(at, raw)| self.document.node(raw, format!("{}[{at}]", self.path)))
            .collect())
    }

    /// What stands between the brackets, in its order; in an object names and values take turns. The whole text's grammar
    /// is checked already.
    fn parts(&self, bracket: &str, expected: &str) -> Result<impl Iterator<Item = &'a RawValue>, Error> {
        let mut rest = self.raw.get().strip_prefix(bracket).ok_or_else(|| self.wrong(expected))?;
        Ok(std::iter::from_fn(move || {
            let text = rest.trim_start_matches([' ', '\t', '\r', '\n', ',', ':']);
            let part = <&RawValue>::deserialize(&mut serde_json::Deserializer::from_str(text)).ok()?;
            rest = text.get(part.get().len()..)?;
            Some(part)
        }))
    }

    pub(crate) fn text(&self) -> Result<Cow<'a, str>, Error> {
        serde_json::from_str(self.raw.get()).map_err(|_| self.wrong("a string"))
    }

    pub(crate) fn boolean(&self) -> Result<bool, Error> {
        self.raw.get().parse().map_err(|_| self.wrong("true or false"))
    }

    pub(crate) fn integer(&self) -> Result<u64, Error> {
        self.raw.get().parse().map_err(|_| self.wrong("a whole number, not negative"))
    }

    /// One of the given cases, by its stable name.
    pub(crate) fn case<T: Copy>(&self, all: &[T], id: fn(T) -> &'static str) -> Result<T, Error> {
        let name = self.text()?;
        all.iter().copied().find(|case| id(*case) == name).ok_or_else(|| {
            let names: Vec<_> = all.iter().map(|case| id(*case)).collect();
            self.error(InputKind::UnknownName, suggest(&name, &names))
        })
    }

    fn wrong(&self, expected: &str) -> Error {
        let found = match self.raw.get().bytes().next() {
            Some(b'{') => "an object",
            Some(b'[') => "an array",
            Some(b'"') => "a string",
            Some(b't' | b'f') => "a boolean",
            Some(b'n') => "null",
            Some(_) | None => "a number",
        };
        self.error(InputKind::WrongType, format!("expected {expected}, found {found}"))
    }
}

/// An object's members, names checked.
pub(crate) struct Object<'a> {
    node: Node<'a>,
    members: Vec<(String, Node<'a>)>,
}

impl<'a> Object<'a> {
    pub(crate) fn get(&self, name: &str) -> Option<&Node<'a>> {
        self.members.iter().find(|(key, _)| key == name).map(|(_, node)| node)
    }

    pub(crate) fn required(&self, name: &str, hint: &str) -> Result<&Node<'a>, Error> {
        self.get(name).ok_or_else(|| self.node.error(InputKind::Missing, format!("add \"{name}\": {hint}")))
    }
}

/// What would be right instead of an unknown name: the nearest one (with the development feature), the few there
/// are, or where to find the many.
pub(crate) fn suggest(name: &str, names: &[&str]) -> String {
    const FEW: usize = 12;
    let known =
        if names.len() <= FEW { names.join(", ") } else { "the ids of `scruple agreement`".to_owned() };
    match nearest(name, names) {
        Some(nearest) => format!("did you mean `{nearest}`? Known here: {known}"),
        None => format!("known here: {known}"),
    }
}

#[cfg(feature = "development")]
fn nearest<'n>(name: &str, names: &[&'n str]) -> Option<&'n str> {
    // Below this a suggestion confuses more than it helps.
    const SIMILAR: f64 = 0.75;
    names
        .iter()
        .map(|candidate| (strsim::jaro_winkler(name, candidate), *candidate))
        .filter(|(similarity, _)| *similarity >= SIMILAR)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

#[cfg(not(feature = "development"))]
fn nearest<'n>(_: &str, _: &[&'n str]) -> Option<&'n str> {
    None
}
