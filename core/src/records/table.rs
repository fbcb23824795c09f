//! The table: a row for each item of the agreement's parts A and B.

use std::collections::HashMap;

#[cfg(feature = "development")]
use schemars::{Schema, SchemaGenerator};
use serde::ser::Serializer;
use zeroize::Zeroize;

use super::code_package::CodePackage;
use super::code_package_address::CodePackageAddress;
use super::datum::{Own, check, export, read};
use super::network::{DomainConfiguration, Permissions};
use super::picture::ProfilePicture;
use super::text::Text;
use crate::agreement::{Category, Item};
use crate::error::Error;
use crate::json::{Node, Object, Reported};
use crate::secret::redacted;

/// What a record does by its rows.
pub(super) trait Record: Sized {
    /// The items that it has fields for.
    const ITEMS: &'static [Item];

    /// Reads an object of fields, each absent or in its format, and returns it for what is asked of it as a whole.
    fn read<'a>(&mut self, node: &Node<'a>) -> Result<Object<'a>, Reported>;

    /// Whether each field is absent or in its format.
    fn check(&self, path: &str) -> Result<(), Error>;

    /// Whether the item's field is there.
    fn has(&self, item: Item) -> bool;

    /// Copies the item's field.
    fn give(&self, item: Item, into: &mut Self);

    /// Writes the item's field.
    fn export<S: Serializer>(&self, item: Item, serializer: S) -> Result<S::Ok, S::Error>;

    /// The schema of what [`Record::export`] writes.
    #[cfg(feature = "development")]
    fn describe(item: Item, generator: &mut SchemaGenerator) -> Option<Schema>;
}

/// A type whose values are exported, and their schema.
#[cfg(feature = "development")]
pub(super) trait Described: schemars::JsonSchema {
    fn describe(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<Self>()
    }
}

/// A record's rows: field, type, item and form.
macro_rules! records {
    ($($(#[$meta:meta])* $record:ident {
        $($(#[$doc:meta])* $field:ident: $type:ty = $item:ident, $form:expr;)+
    })+) => {$(
        #[derive(Clone, Default, PartialEq, uniffi::Record)]
        #[cfg_attr(feature = "development", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
        $(#[$meta])*
        pub struct $record {
            $(
                $(#[$doc])*
                #[cfg_attr(feature = "development", schemars(transform = $form))]
                pub $field: Option<$type>,
            )+
        }

        redacted!($record);

        impl Record for $record {
            const ITEMS: &'static [Item] = &[$(Item::$item),+];

            fn read<'a>(&mut self, node: &Node<'a>) -> Result<Object<'a>, Reported> {
                let object = node.object(&[$(stringify!($field)),+])?;
                $(read(&object, stringify!($field), &mut self.$field, $form);)+
                Ok(object)
            }

            fn check(&self, path: &str) -> Result<(), Error> {
                $(check(path, stringify!($field), &self.$field, $form)?;)+
                Ok(())
            }

            fn has(&self, item: Item) -> bool {
                $((item == Item::$item && self.$field.is_some()) ||)+ false
            }

            fn give(&self, item: Item, into: &mut Self) {
                $(if item == Item::$item { into.$field.clone_from(&self.$field); })+
            }

            fn export<S: Serializer>(&self, item: Item, serializer: S) -> Result<S::Ok, S::Error> {
                $(if item == Item::$item { return export(&self.$field, serializer); })+
                serializer.serialize_none()
            }

            #[cfg(feature = "development")]
            fn describe(item: Item, generator: &mut SchemaGenerator) -> Option<Schema> {
                $(if item == Item::$item { return Some(<$type as Described>::describe(generator)); })+
                None
            }
        }
    )+};
}

records! {
    /// An application, as far as the host describes it.
    #[derive(Zeroize)]
    ApplicationInformation {
        /// The user's profile picture.
        profile_picture: ProfilePicture = ApplicationProfilePicture, Own;
        /// The creator's id, at most 256 bytes, without white space.
        creator_id: String = ApplicationCreatorId, Text::Id;
        /// The name, at most 256 bytes.
        name: String = ApplicationName, Text::Line;
        /// The id on the platform, at most 256 bytes, without white space.
        id: String = ApplicationId, Text::Id;
        /// The package name or bundle identifier, at most 256 bytes. It has two or more parts of letters, digits, `_`
        /// and `-`, with dots between them, and begins with a letter.
        package_name: String = ApplicationPackageName, Text::PackageName;
    }

    /// A mini-program, as far as the host describes it.
    #[derive(Zeroize)]
    #[cfg_attr(feature = "development", schemars(extend("required" = ["id"])))]
    MiniProgram {
        /// The id, at most 256 bytes, without white space. A host must set it. A snapshot has it if the item was
        /// collected.
        id: String = MiniProgramId, Text::Id;
        /// The name, at most 256 bytes.
        name: String = MiniProgramName, Text::Line;
        /// The classification tag, at most 256 bytes.
        classification_tag: String = MiniProgramClassificationTag, Text::Line;
        /// The introduction, at most 4 KiB.
        introduction: String = MiniProgramIntroduction, Text::Lines;
        /// The description, at most 4 KiB.
        description: String = MiniProgramDescription, Text::Lines;
        /// The version's number, at most 256 bytes.
        version_number: String = MiniProgramVersionNumber, Text::Line;
        /// The version's description, at most 4 KiB.
        version_description: String = MiniProgramVersionDescription, Text::Lines;
        /// The code package.
        code_package: CodePackage = MiniProgramCodePackage, Own;
        /// The code package's addresses.
        code_package_address: CodePackageAddress = MiniProgramCodePackageAddress, Own;
        /// The domain name: two or more labels in ASCII (A-labels), without a scheme, a port or a dot at the end.
        domain_name: String = MiniProgramDomainName, Text::DomainName;
    }

    /// The network configuration, as far as the host describes it.
    NetworkConfiguration {
        /// Permissions by name, at most 256, and whether each is granted. A name consists of letters, digits, `.`, `_`
        /// and `-`.
        permissions: HashMap<String, bool> = NetworkPermissionConfiguration, Permissions;
        /// The domains that mini-programs may reach.
        domains: DomainConfiguration = NetworkDomainConfiguration, Own;
    }
}

impl Zeroize for NetworkConfiguration {
    fn zeroize(&mut self) {
        // A map's keys cannot be changed in place; taken out, they can be wiped.
        for (mut name, mut given) in self.permissions.take().into_iter().flatten() {
            name.zeroize();
            given.zeroize();
        }
        self.domains.zeroize();
    }
}

/// Every item of parts A and B has its row, and no other item has one.
const _: () = {
    let mut items = Item::ALL;
    while let [item, others @ ..] = items {
        let is_of_the_host =
            matches!(item.category(), Category::Application | Category::NetworkConfiguration);
        let rows = rows(*item, ApplicationInformation::ITEMS)
            + rows(*item, MiniProgram::ITEMS)
            + rows(*item, NetworkConfiguration::ITEMS);
        assert!(rows == is_of_the_host as usize, "an item of the host's has one row, another none");
        items = others;
    }
};

const fn rows(item: Item, mut of: &[Item]) -> usize {
    let mut rows = 0;
    while let [other, others @ ..] = of {
        rows += (*other as usize == item as usize) as usize;
        of = others;
    }
    rows
}
