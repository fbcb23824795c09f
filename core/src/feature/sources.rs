//! The host's sources, each with its own thread, called side by side.

use std::time::Instant;

use crate::agreement::{Item, ItemSet, Origin, Platform};
use crate::error::{Error, InputKind};
use crate::feature::worker::{Answer, Worker};
use crate::feature::{Minimised, Source};
use crate::gate::SystemPermission;
use crate::snapshot::{Missing, Unavailable, Values};

/// The sources of a session, at most one for an item.
#[derive(Debug)]
pub(crate) struct Sources(Vec<Worker>);

/// What the operating system says of items, or why it said nothing.
pub(crate) type Permissions = Vec<(Item, Result<SystemPermission, Unavailable>)>;

/// A call of one source, under way.
struct Call<T> {
    items: ItemSet,
    until: Instant,
    answer: Result<Answer<T>, Unavailable>,
}

/// Reads under way.
pub(crate) struct Reading(Vec<Call<Minimised>>);

impl Sources {
    /// # Errors
    /// [`Error::Input`] if two sources read the same item, or one reads what the platform's reader does.
    pub(crate) fn new(sources: Vec<Source>, platform: Platform) -> Result<Self, Error> {
        let mut covered = ItemSet::default();
        for (at, source) in sources.iter().enumerate() {
            for item in source.items().iter() {
                if covered.contains(item) || item.origin(platform) == Origin::Platform {
                    let hint = format!("{item} is read without it already");
                    return Err(Error::input(InputKind::Duplicate, format!("sources[{at}]"), hint));
                }
                covered.insert(item);
            }
        }
        Ok(Self(sources.into_iter().map(Worker::new).collect()))
    }

    /// Whether a source reads the item.
    pub(crate) fn cover(&self, item: Item) -> bool {
        self.0.iter().any(|worker| worker.source().items().contains(item))
    }

    /// Asks the operating system, through the sources, for those items that need its permission.
    pub(crate) fn ask(&self, items: ItemSet, until: impl Fn(Item) -> Instant) -> Permissions {
        let (diagnoses, needy) = items.partition(Item::is_diagnosis);
        let granted = diagnoses.iter().map(|item| (item, Ok(SystemPermission::Granted)));
        let calls = self.call(needy, until, |source, _, _| source.permission());
        let answered = calls.into_iter().flat_map(|call| {
            let items = call.items;
            let answer = call.wait().and_then(|permission| permission.map_err(Unavailable::from));
            items.iter().map(move |item| (item, answer)).collect::<Vec<_>>()
        });
        granted.chain(answered).collect()
    }

    /// Begins to read the items.
    pub(crate) fn begin(&self, items: ItemSet, until: impl Fn(Item) -> Instant) -> Reading {
        Reading(self.call(items, until, Source::read))
    }

    fn call<T: Send + 'static>(
        &self,
        items: ItemSet,
        until: impl Fn(Item) -> Instant,
        call: fn(&Source, ItemSet, Instant) -> T,
    ) -> Vec<Call<T>> {
        let calls = self.0.iter().filter_map(|worker| {
            let (items, _) = items.partition(|item| worker.source().items().contains(item));
            let until = until(items.iter().next()?);
            Some(Call { items, until, answer: worker.call(move |source| call(source, items, until)) })
        });
        calls.collect()
    }
}

impl<T> Call<T> {
    fn wait(self) -> Result<T, Unavailable> {
        self.answer?.wait(self.until)
    }
}

impl Reading {
    /// The items whose source was called: it may be busy instead.
    pub(crate) fn begun(&self) -> ItemSet {
        self.0.iter().filter(|call| call.answer.is_ok()).flat_map(|call| call.items.iter()).collect()
    }

    /// Waits for each until its deadline, and gives the reasons for what is missing.
    pub(crate) fn finish(self, values: &mut Values) -> Vec<(Item, Missing)> {
        let mut missing = Vec::new();
        for call in self.0 {
            let items = call.items;
            match call.wait() {
                Ok((mut read, reasons)) => {
                    values.absorb(&mut read);
                    missing.extend(reasons);
                }
                Err(reason) => missing.extend(items.iter().map(|item| (item, reason.into()))),
            }
        }
        missing
    }
}
