//! The JSON Schemas: of a file of records, and of each item's value in an export.

use std::borrow::Cow;
use std::collections::HashMap;

use schemars::transform::{RecursiveTransform, Transform};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value as Json, json};

use super::bytes::Bytes;
use super::datum::Own;
use super::network::{ENTRIES, Permissions, Schemes};
use super::table::{Described, Record as _};
use super::text::{NAME, Text};
use super::{
    ApplicationInformation, CodePackage, CodePackageAddress, DomainConfiguration, HostRecords, MiniProgram,
    NetworkConfiguration, ProfilePicture,
};
use crate::agreement::Item;

impl HostRecords {
    /// The JSON Schema of a file of records (draft 2020-12).
    pub fn json_schema() -> Json {
        let mut schema = schemars::schema_for!(HostRecords);
        RecursiveTransform(not_null).transform(&mut schema);
        if let Some(properties) = schema.pointer_mut("/properties").and_then(|value| value.as_object_mut()) {
            let names_it = json!({ "type": "string", "description": "The address of this schema." });
            properties.insert("$schema".to_owned(), names_it);
        }
        schema.to_value()
    }

    /// One item's value in an export.
    pub(crate) fn value_schema(item: Item, generator: &mut SchemaGenerator) -> Option<Schema> {
        if item == Item::MiniProgramId {
            return Some(json_schema!({ "type": "array", "items": { "type": "string" } }));
        }
        if let Some(value) = MiniProgram::describe(item, generator) {
            return Some(json_schema!({
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["id", "value"],
                    "properties": { "id": { "type": ["string", "null"] }, "value": value },
                    "additionalProperties": false,
                },
            }));
        }
        ApplicationInformation::describe(item, generator)
            .or_else(|| NetworkConfiguration::describe(item, generator))
    }
}

/// In a file, what is not said is left out.
fn not_null(schema: &mut Schema) {
    if let Some(Json::Array(types)) = schema.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            schema.insert("type".to_owned(), only);
        }
    }
    if let Some(Json::Array(any)) = schema.get_mut("anyOf") {
        any.retain(|schema| schema.get("type").is_none_or(|name| name != "null"));
        if let [only] = any.as_slice() {
            let only = only.clone();
            schema.remove("anyOf");
            schema.ensure_object().extend(only.as_object().cloned().unwrap_or_default());
        }
    }
}

/// A domain name of two or more labels, the last of which is no number.
const DOMAIN: &str = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+(?![0-9]+(?:$|[:/?]))[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
/// How long a domain name can be.
const DOMAIN_LENGTH: usize = 253;
const PORT: &str = "(?::[1-9][0-9]{0,4})?";

/// Lengths are in characters here and in bytes there: what is too long here is too long there.
fn form(schema: &mut Schema, most: usize, pattern: String) {
    schema.insert("maxLength".to_owned(), most.into());
    schema.insert("pattern".to_owned(), pattern.into());
}

impl Transform for Own {
    /// The type's schema says it.
    fn transform(&mut self, _: &mut Schema) {}
}

impl Transform for Text {
    fn transform(&mut self, schema: &mut Schema) {
        let pattern = match self {
            Self::Id => r"^[^\s\x00-\x1f\x7f-\x9f]+$".to_owned(),
            Self::Line => r"^(?=.*\S)[^\x00-\x1f\x7f-\x9f]+$".to_owned(),
            Self::Lines => r"^(?=\s*\S)[^\x00-\x08\x0b-\x1f\x7f-\x9f]+$".to_owned(),
            Self::PackageName => r"^[A-Za-z][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_][A-Za-z0-9_-]*)+$".to_owned(),
            Self::DomainName => format!("^{DOMAIN}$"),
            Self::ClientAddress => {
                r"^(?:/[^\x00-\x1f\x7f-\x9f]*|[A-Za-z][A-Za-z0-9+.-]*:[!$-;=?-Z_a-z~\[\]]*)$".to_owned()
            }
            Self::ServerAddress => {
                format!(r"^[Hh][Tt][Tt][Pp][Ss]?://{DOMAIN}{PORT}(?:[/?][!$-;=?-Z_a-z~]*)?$")
            }
        };
        let most = if matches!(self, Self::DomainName) { DOMAIN_LENGTH } else { self.rule().most };
        form(schema, most, pattern);
    }
}

impl Transform for Bytes {
    fn transform(&mut self, schema: &mut Schema) {
        schema.insert("contentEncoding".to_owned(), "base64".into());
        let pattern = "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$";
        form(schema, self.base64_length(), pattern.to_owned());
    }
}

impl Transform for Permissions {
    fn transform(&mut self, schema: &mut Schema) {
        schema.insert("maxProperties".to_owned(), ENTRIES.into());
        let name = json!({ "maxLength": NAME, "pattern": "^[A-Za-z0-9._-]+$" });
        schema.insert("propertyNames".to_owned(), name);
    }
}

impl Transform for Schemes {
    fn transform(&mut self, schema: &mut Schema) {
        // A schema's patterns know no option for either case.
        let either = |c: char| format!("[{}{c}]", c.to_ascii_uppercase());
        let schemes: Vec<String> =
            self.names().iter().map(|name| name.chars().map(either).collect()).collect();
        let pattern = format!("^(?:(?:{})://)?{DOMAIN}{PORT}$", schemes.join("|"));
        schema.insert("maxItems".to_owned(), ENTRIES.into());
        schema.insert("items".to_owned(), json!({ "type": "string", "pattern": pattern }));
    }
}

impl JsonSchema for ProfilePicture {
    fn schema_name() -> Cow<'static, str> {
        "ProfilePicture".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let mut schema = json_schema!({
            "type": "string",
            "description": "A picture in Base64: PNG, JPEG, GIF or WebP, at most 1 MiB.",
        });
        Bytes::Picture.transform(&mut schema);
        schema
    }
}

impl Described for String {}
impl Described for CodePackageAddress {}
impl Described for HashMap<String, bool> {}
impl Described for DomainConfiguration {}

impl Described for ProfilePicture {
    fn describe(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "required": ["media_type", "size", "base64"],
            "properties": {
                "media_type": { "enum": ["image/png", "image/jpeg", "image/gif", "image/webp"] },
                "size": { "type": "integer", "minimum": 0 },
                "base64": { "type": "string" },
            },
            "additionalProperties": false,
        })
    }
}

impl Described for CodePackage {
    fn describe(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "required": ["size", "sha256", "base64"],
            "properties": {
                "size": { "type": "integer", "minimum": 0 },
                "sha256": { "type": "string" },
                "base64": { "type": ["string", "null"] },
            },
            "additionalProperties": false,
        })
    }
}
