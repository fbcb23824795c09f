//! What the host supplies of itself: the agreement's parts A and B.

use serde::Serialize;
use serde::ser::Serializer;
use zeroize::Zeroize;

use crate::agreement::{Category, Item};
use crate::error::{Error, InputKind};
use crate::secret::redacted;
use datum::no_more_than;
use table::Record;

// A field's way from its form to the host's file is the reading order.
mod domain;
mod uri;
mod datum;
mod text;
mod bytes;
mod picture;
mod code_package;
mod code_package_address;
mod network;
mod table;
mod json;
#[cfg(feature = "development")]
mod schema;

pub use code_package::CodePackage;
pub use code_package_address::CodePackageAddress;
pub use network::DomainConfiguration;
pub use picture::ProfilePicture;
pub use table::{ApplicationInformation, MiniProgram, NetworkConfiguration};

/// How many mini-programs a host may have.
const MINI_PROGRAMS: usize = 64;

const NEEDS_ID: &str = "add \"id\", which tells mini-programs apart";

/// The host's records. As a file they are JSON with these fields' names, and bytes in Base64.
///
/// No text may be empty or blank, or contain control characters. Only introductions and descriptions may contain line
/// feeds and tabs.
#[derive(Clone, Default, PartialEq, Zeroize, uniffi::Record)]
#[cfg_attr(feature = "development", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct HostRecords {
    /// The application.
    pub application: Option<ApplicationInformation>,
    /// Its mini-programs, at most 64, each with an id of its own.
    #[cfg_attr(feature = "development", schemars(default, length(max = MINI_PROGRAMS)))]
    pub mini_programs: Vec<MiniProgram>,
    /// The network configuration.
    pub network: Option<NetworkConfiguration>,
}

redacted!(HostRecords);

impl HostRecords {
    /// Whether every field is what it is said to be.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if let Some(application) = &self.application {
            application.check("application")?;
        }
        no_more_than("mini_programs", self.mini_programs.len(), MINI_PROGRAMS, "mini-programs")?;
        for (at, program) in self.mini_programs.iter().enumerate() {
            let path = format!("mini_programs[{at}]");
            if program.id.is_none() {
                return Err(Error::input(InputKind::Missing, path, NEEDS_ID));
            }
            program.check(&path)?;
            program.is_alone(&path, self.mini_programs.get(..at).unwrap_or_default())?;
        }
        self.network.as_ref().map_or(Ok(()), |network| network.check("network"))
    }

    /// Whether the host supplied the item.
    pub(crate) fn has(&self, item: Item) -> bool {
        self.application.as_ref().is_some_and(|own| own.has(item))
            || self.mini_programs.iter().any(|own| own.has(item))
            || self.network.as_ref().is_some_and(|own| own.has(item))
    }

    /// Copies one item into a snapshot's records, each mini-program in its place. False if the host supplied none.
    pub(crate) fn give(&self, item: Item, into: &mut Self) -> bool {
        if let Some(own) = self.application.as_ref().filter(|own| own.has(item)) {
            own.give(item, into.application.get_or_insert_default());
        }
        if self.mini_programs.iter().any(|own| own.has(item)) {
            into.mini_programs.resize_with(self.mini_programs.len(), MiniProgram::default);
            for (own, to) in self.mini_programs.iter().zip(&mut into.mini_programs) {
                own.give(item, to);
            }
        }
        if let Some(own) = self.network.as_ref().filter(|own| own.has(item)) {
            own.give(item, into.network.get_or_insert_default());
        }
        self.has(item)
    }

    /// Writes one item as `docs/json.md` says.
    pub(crate) fn serialize_item<S: Serializer>(&self, item: Item, serializer: S) -> Result<S::Ok, S::Error> {
        if item == Item::MiniProgramId {
            return serializer.collect_seq(self.mini_programs.iter().filter_map(|own| own.id.as_ref()));
        }
        if MiniProgram::ITEMS.contains(&item) {
            let programs = self.mini_programs.iter().filter(|own| own.has(item));
            return serializer.collect_seq(
                programs.map(|own| OfProgram { id: own.id.as_deref(), value: Of { record: own, item } }),
            );
        }
        if let Some(own) = self.application.as_ref().filter(|own| own.has(item)) {
            return own.export(item, serializer);
        }
        match &self.network {
            Some(own) => own.export(item, serializer),
            None => serializer.serialize_none(),
        }
    }

    /// Wipes what belongs to a category.
    pub(crate) fn purge(&mut self, category: Category) {
        match category {
            Category::Application => {
                self.application.zeroize();
                self.mini_programs.zeroize();
            }
            Category::NetworkConfiguration => self.network.zeroize(),
            Category::Device
            | Category::Identifier
            | Category::Clipboard
            | Category::Location
            | Category::Bluetooth
            | Category::Nfc
            | Category::ProcessList
            | Category::WebView => {}
        }
    }
}

impl MiniProgram {
    /// Whether none of those before it has its id.
    fn is_alone(&self, path: &str, before: &[Self]) -> Result<(), Error> {
        match before.iter().any(|before| before.id == self.id) {
            true => {
                let hint = "give each mini-program an id of its own";
                Err(Error::input(InputKind::Duplicate, format!("{path}.id"), hint))
            }
            false => Ok(()),
        }
    }
}

/// A mini-program's datum, with the id if that was collected too.
#[derive(Serialize)]
struct OfProgram<'a> {
    id: Option<&'a str>,
    value: Of<'a>,
}

/// One item of a mini-program.
struct Of<'a> {
    record: &'a MiniProgram,
    item: Item,
}

impl Serialize for Of<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.record.export(self.item, serializer)
    }
}

#[cfg(test)]
mod tests;
