//! What changes in declarations when a policy changes.

use schemars::JsonSchema;
use scruple::{Item, Purpose};
use serde::Serialize;

use crate::Scope;
use crate::declarations::{self, Line};

/// What changes from one policy to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Difference {
    /// What is read now and was not.
    pub reads: Vec<Read>,
    /// What is no longer read.
    pub no_longer_reads: Vec<Read>,
    /// What must be declared now and had not to be.
    pub declare: Vec<Line>,
    /// What need not be declared any more.
    pub no_longer_declare: Vec<Line>,
}

/// An item that is read for a purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Read {
    /// What is read.
    pub item: Item,
    /// What for.
    pub purpose: Purpose,
}

impl Difference {
    /// From one policy's scope to another's. A declaration that other items ask for now is no change.
    pub fn between(before: &Scope, after: &Scope) -> Self {
        let (old, new) = (declarations::lines(before), declarations::lines(after));
        Self {
            reads: without(reads(after), &reads(before), Read::eq),
            no_longer_reads: without(reads(before), &reads(after), Read::eq),
            declare: without(new.clone(), &old, same),
            no_longer_declare: without(old, &new, same),
        }
    }
}

impl Difference {
    /// The JSON Schema of a difference (draft 2020-12).
    pub fn json_schema() -> serde_json::Value {
        schemars::schema_for!(Self).to_value()
    }
}

fn reads(scope: &Scope) -> Vec<Read> {
    let of = |item| scope.purposes(item).iter().map(move |purpose| Read { item, purpose: *purpose });
    scope.items().flat_map(of).collect()
}

fn same(line: &Line, other: &Line) -> bool {
    (line.target, line.place, &line.name) == (other.target, other.place, &other.name)
}

/// What is in the one list and not in the other.
fn without<T>(list: Vec<T>, other: &[T], same: fn(&T, &T) -> bool) -> Vec<T> {
    list.into_iter().filter(|one| !other.iter().any(|two| same(one, two))).collect()
}
