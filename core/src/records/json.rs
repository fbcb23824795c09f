//! A file of records.

use zeroize::Zeroizing;

use super::HostRecords;
use super::table::{MiniProgram, Record as _};
use crate::error::Error;
use crate::json::Document;

/// [`HostRecords::from_json`] for the bindings, whose records have no constructors.
#[uniffi::export]
fn host_records_from_json(text: &str) -> Result<HostRecords, Error> {
    HostRecords::from_json(text)
}

impl HostRecords {
    /// Reads a file of records.
    ///
    /// # Errors
    /// [`Error::Input`] with line, column and path of the first thing that is not as it ought to be. No value is in it.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let document = Document::new(text)?;
        let object = document.root()?.object(&["$schema", "application", "mini_programs", "network"])?;
        // What was read before a mistake is wiped.
        let mut records = Zeroizing::new(Self::default());
        if let Some(schema) = object.get("$schema") {
            schema.text()?;
        }
        if let Some(node) = object.get("application") {
            records.application.get_or_insert_default().read(node)?;
        }
        if let Some(node) = object.get("mini_programs") {
            for node in node.array()? {
                let mut program = Zeroizing::new(MiniProgram::default());
                program.read(&node)?;
                records.mini_programs.push(std::mem::take(&mut *program));
            }
        }
        if let Some(node) = object.get("network") {
            records.network.get_or_insert_default().read(node)?;
        }
        records.check().map_err(|error| document.place(error))?;
        Ok(std::mem::take(&mut *records))
    }
}
