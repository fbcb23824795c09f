//! What changes in declarations when a policy changes.

use schemars::JsonSchema;
use scruple::{Item, Part, Purpose};
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
    /// What nobody has agreed to yet: whoever agreed to the older policy must be asked again.
    pub ask_again: Vec<Asked>,
    /// What needs no new consent, and yet is more than it was: people are to be told of it.
    pub notices: Vec<Notice>,
}

/// An item that is read for a purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Read {
    /// What is read.
    pub item: Item,
    /// What for.
    pub purpose: Purpose,
}

/// Something to ask for again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Asked {
    /// What is read.
    pub item: Item,
    /// What for.
    pub purpose: Purpose,
    /// What is new about it.
    pub because: Because,
    /// Who agrees to it.
    pub whom: Whom,
}

/// What is new about something that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// It was not read at all.
    NewItem,
    /// It was not read for this purpose.
    NewPurpose,
    /// It was read less precisely.
    MorePrecise,
}

/// Who agrees to something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Whom {
    /// The person who uses the app.
    EndUser,
    /// Whom the application's or the network's data are about (parts A and B of the agreement).
    Customer,
}

/// Something that is more than it was, of what was agreed to before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Notice {
    /// An item may be read more often.
    ShorterInterval {
        /// What is read.
        item: Item,
        /// How long at least between two reads before, in milliseconds.
        before_ms: u64,
        /// And now.
        after_ms: u64,
    },
    /// Values live longer.
    LongerRetention {
        /// How long before, in milliseconds.
        before_ms: u64,
        /// And now.
        after_ms: u64,
    },
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
            ask_again: reads(after).into_iter().filter_map(|read| asked(before, read)).collect(),
            notices: notices(before, after),
        }
    }
}

/// What is new about a read; none if it was agreed to before.
fn asked(before: &Scope, Read { item, purpose }: Read) -> Option<Asked> {
    let known = |item| before.purposes(item).contains(&purpose);
    let is = |other, than| item == other && known(than);
    // Who agreed to the precise place agreed to the area that it lies in.
    if known(item) || is(Item::LocationFuzzy, Item::LocationPrecise) {
        return None;
    }
    let because = if is(Item::LocationPrecise, Item::LocationFuzzy) {
        Because::MorePrecise
    } else if before.contains(item) {
        Because::NewPurpose
    } else {
        Because::NewItem
    };
    let whom = match item.category().part() {
        Part::Application | Part::NetworkConfiguration => Whom::Customer,
        Part::Device | Part::Feature => Whom::EndUser,
    };
    Some(Asked { item, purpose, because, whom })
}

/// Only of what is read before and after: what is new is asked for anyway.
fn notices(before: &Scope, after: &Scope) -> Vec<Notice> {
    let shorter = after.items().filter_map(|item| {
        let (before_ms, after_ms) = (before.interval_ms(item)?, after.interval_ms(item)?);
        (after_ms < before_ms).then_some(Notice::ShorterInterval { item, before_ms, after_ms })
    });
    let (before_ms, after_ms) = (before.retention_ms(), after.retention_ms());
    let reads_both = after.items().any(|item| before.contains(item));
    let longer =
        (reads_both && after_ms > before_ms).then_some(Notice::LongerRetention { before_ms, after_ms });
    shorter.chain(longer).collect()
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
