//! A file of records.

use zeroize::Zeroizing;

use super::datum::no_more_than;
use super::table::{MiniProgram, Record as _};
use super::{HostRecords, MINI_PROGRAMS, NEEDS_ID};
use crate::error::Error;
use crate::json::{self, Node, Reported};

/// [`HostRecords::from_json`] for the bindings, whose records have no constructors.
#[uniffi::export]
fn host_records_from_json(text: &str) -> Result<HostRecords, Error> {
    HostRecords::from_json(text)
}

impl HostRecords {
    /// The longest file of records, in bytes: the largest picture and five of the largest packages fit into it in
    /// Base64. A host supplies larger records by hand.
    pub const TEXT_LIMIT: usize = 16 * 1024 * 1024;

    /// Reads a file of records.
    ///
    /// # Errors
    /// [`Error::Input`] with line, column and path of the first mistake in the text. It gives a member with an unknown
    /// name by its number, from 0, as in `application[2]`. It contains nothing of the text.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let read = json::read(text, Self::TEXT_LIMIT, |root| {
            let object = root.object(&["$schema", "application", "mini_programs", "network"])?;
            // What was read before a mistake is wiped.
            let mut records = Zeroizing::new(Self::default());
            object.read("$schema", Node::text);
            object.read("application", |node| records.application.get_or_insert_default().read(node));
            object.read("mini_programs", |node| read_programs(node, &mut records.mini_programs));
            object.read("network", |node| records.network.get_or_insert_default().read(node));
            Ok(records)
        });
        Ok(std::mem::take(&mut *read?))
    }
}

/// Reads as many mini-programs as are taken, and one more.
fn read_programs(node: &Node<'_>, programs: &mut Vec<MiniProgram>) -> Result<(), Reported> {
    for node in node.array()?.take(MINI_PROGRAMS + 1) {
        let mut program = MiniProgram::default();
        if let Ok(object) = program.read(&node) {
            object.require_one_of(&["id"], NEEDS_ID);
            if program.id.is_some() {
                object.check(program.is_alone(node.path(), programs));
            }
        }
        programs.push(program);
    }
    node.check(no_more_than(node.path(), programs.len(), MINI_PROGRAMS, "mini-programs"));
    Ok(())
}
