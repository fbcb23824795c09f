//! What every field of a record can do: be read from a file, be checked, be exported.

use serde::Serialize;
use serde::ser::Serializer;

use crate::error::{Error, InputKind};
use crate::json::{Node, Object, Reported};

/// A value of a record's field.
pub(super) trait Datum: Default + Serialize {
    /// What tells fields of one type apart.
    type Form: Copy;

    /// Reads it in place: what is in a wrong format is reported, and wiped with its record.
    fn read(&mut self, node: &Node<'_>, form: Self::Form) -> Result<(), Reported>;

    /// Whether it is in its format. The error names the field.
    fn check(&self, field: &str, form: Self::Form) -> Result<(), Error>;

    /// Writes it as an export has it.
    fn export<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }
}

/// The form of a type that has only one.
#[derive(Clone, Copy)]
pub(super) struct Own;

/// Reads an object's member if it is there.
pub(super) fn read<D: Datum>(object: &Object<'_>, name: &str, field: &mut Option<D>, form: D::Form) {
    object.read(name, |node| field.get_or_insert_default().read(node, form));
}

/// Checks a record's field if it is there.
pub(super) fn check<D: Datum>(path: &str, name: &str, field: &Option<D>, form: D::Form) -> Result<(), Error> {
    match field {
        Some(value) => value.check(&format!("{path}.{name}"), form),
        None => Ok(()),
    }
}

/// Writes a record's field, or null.
pub(super) fn export<D: Datum, S: Serializer>(field: &Option<D>, serializer: S) -> Result<S::Ok, S::Error> {
    match field {
        Some(value) => value.export(serializer),
        None => serializer.serialize_none(),
    }
}

pub(super) fn require(is_so: bool, field: &str, hint: &str) -> Result<(), Error> {
    if is_so { Ok(()) } else { Err(Error::input(InputKind::Malformed, field, hint)) }
}

pub(super) fn no_more_than(field: &str, length: usize, most: usize, of_what: &str) -> Result<(), Error> {
    if length <= most {
        return Ok(());
    }
    Err(Error::input(InputKind::TooLong, field, at_most(most, of_what)))
}

pub(super) fn at_most(most: usize, of_what: &str) -> String {
    format!("expected at most {most} {of_what}")
}
