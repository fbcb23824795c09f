//! What the host supplies of itself: the agreement's parts A and B.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use fluent_uri::Uri;
use rustls_pki_types::ServerName;
use serde::Serialize;
use serde::ser::{SerializeStruct as _, Serializer};
use sha2::{Digest as _, Sha256};
use zeroize::{Zeroize, Zeroizing};

use crate::agreement::{Category, Item, of_sources};
use crate::error::{Error, InputKind};
use crate::json::{Document, Node, Object};
use crate::secret::redacted;

/// The host's records. As a file they are JSON with these fields' names, bytes in Base64.
///
/// No text is empty or blank, and none has control characters; only introductions and descriptions have line feeds
/// and tabs.
#[derive(Clone, Default, PartialEq, Zeroize, uniffi::Record)]
#[cfg_attr(feature = "development", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct HostRecords {
    /// The application.
    pub application: Option<Application>,
    /// Its mini-programs, at most 64, each with an id of its own.
    #[cfg_attr(feature = "development", schemars(default, length(max = 64)))]
    pub mini_programs: Vec<MiniProgram>,
    /// The network configuration.
    pub network: Option<NetworkConfiguration>,
}

/// An application, as far as the host says.
#[derive(Clone, Default, PartialEq, Zeroize, uniffi::Record)]
#[cfg_attr(feature = "development", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Application {
    /// The user's profile picture.
    pub profile_picture: Option<ProfilePicture>,
    /// The creator's id, at most 256 bytes, without white space.
    #[cfg_attr(feature = "development", schemars(transform = schema::id))]
    pub creator_id: Option<String>,
    /// The name, at most 256 bytes.
    #[cfg_attr(feature = "development", schemars(transform = schema::line))]
    pub name: Option<String>,
    /// The id on the platform, at most 256 bytes, without white space.
    #[cfg_attr(feature = "development", schemars(transform = schema::id))]
    pub id: Option<String>,
    /// The package name or bundle identifier, at most 256 bytes: two or more parts of letters, digits, `_` and `-`,
    /// the first of which begins with a letter.
    #[cfg_attr(feature = "development", schemars(transform = schema::package_name))]
    pub package_name: Option<String>,
}

/// A picture: PNG, JPEG, GIF or WebP, at most 1 MiB.
#[derive(Clone, Default, PartialEq, Eq, Zeroize, uniffi::Record)]
pub struct ProfilePicture {
    /// The file's bytes.
    pub bytes: Vec<u8>,
}

/// A mini-program, as far as the host says.
#[derive(Clone, Default, PartialEq, Zeroize, uniffi::Record)]
#[cfg_attr(
    feature = "development",
    derive(schemars::JsonSchema),
    schemars(deny_unknown_fields, extend("required" = ["id"]))
)]
pub struct MiniProgram {
    /// The id, at most 256 bytes, without white space. A host must say it; a snapshot has it if that item was
    /// collected.
    #[cfg_attr(feature = "development", schemars(transform = schema::id))]
    pub id: Option<String>,
    /// The name, at most 256 bytes.
    #[cfg_attr(feature = "development", schemars(transform = schema::line))]
    pub name: Option<String>,
    /// The classification tag, at most 256 bytes.
    #[cfg_attr(feature = "development", schemars(transform = schema::line))]
    pub classification_tag: Option<String>,
    /// The introduction, at most 4 KiB.
    #[cfg_attr(feature = "development", schemars(transform = schema::lines))]
    pub introduction: Option<String>,
    /// The description, at most 4 KiB.
    #[cfg_attr(feature = "development", schemars(transform = schema::lines))]
    pub description: Option<String>,
    /// The version's number, at most 256 bytes.
    #[cfg_attr(feature = "development", schemars(transform = schema::line))]
    pub version_number: Option<String>,
    /// The version's description, at most 4 KiB.
    #[cfg_attr(feature = "development", schemars(transform = schema::lines))]
    pub version_description: Option<String>,
    /// The code package.
    pub code_package: Option<CodePackage>,
    /// Where the code package lies.
    pub code_package_address: Option<CodePackageAddress>,
    /// The domain name: two or more labels in ASCII (A-labels), without scheme, port and dot at the end.
    #[cfg_attr(feature = "development", schemars(transform = schema::domain_name))]
    pub domain_name: Option<String>,
}

/// A code package: what it is known by, and its bytes if it is small.
#[derive(Clone, Default, PartialEq, Zeroize, uniffi::Record)]
#[cfg_attr(feature = "development", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct CodePackage {
    /// Size in bytes, from 1 to 1 GiB.
    #[cfg_attr(feature = "development", schemars(range(min = 1, max = 1_073_741_824)))]
    pub size: u64,
    /// SHA-256 of all bytes, 64 hexadecimal digits.
    #[cfg_attr(feature = "development", schemars(regex(pattern = "^[0-9a-fA-F]{64}$")))]
    pub sha256: String,
    /// All bytes, at most 2 MiB: as many as `size` says, and with that digest.
    #[cfg_attr(feature = "development", schemars(with = "Option<String>", transform = schema::package_bytes))]
    pub bytes: Option<Vec<u8>>,
}

/// Where a code package lies. At least one of the two is there, neither has a user, a password or a fragment.
#[derive(Clone, Default, PartialEq, Zeroize, Serialize, uniffi::Record)]
#[cfg_attr(
    feature = "development",
    derive(schemars::JsonSchema),
    schemars(deny_unknown_fields, extend("minProperties" = 1))
)]
pub struct CodePackageAddress {
    /// On the client: an absolute path or URI, at most 2 KiB.
    #[cfg_attr(feature = "development", schemars(transform = schema::client))]
    pub client: Option<String>,
    /// On the server: an `https` or `http` URI whose host is a domain name, at most 2 KiB.
    #[cfg_attr(feature = "development", schemars(transform = schema::server))]
    pub server: Option<String>,
}

/// The network configuration, as far as the host says.
#[derive(Clone, Default, PartialEq, uniffi::Record)]
#[cfg_attr(feature = "development", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct NetworkConfiguration {
    /// Permissions by name, at most 256, and whether each is given. A name has letters, digits, `.`, `_` and `-`.
    #[cfg_attr(feature = "development", schemars(transform = schema::permissions))]
    pub permissions: Option<HashMap<String, bool>>,
    /// The domains that mini-programs may reach.
    pub domains: Option<DomainConfiguration>,
}

/// The domains that mini-programs may reach, at most 256 for each use.
///
/// An entry is a domain name as for a mini-program. It may have `https` or `wss` before it and a port after it, and has
/// no path.
#[derive(Clone, Default, PartialEq, Zeroize, Serialize, uniffi::Record)]
#[cfg_attr(feature = "development", derive(schemars::JsonSchema), schemars(default, deny_unknown_fields))]
pub struct DomainConfiguration {
    /// For requests.
    #[cfg_attr(feature = "development", schemars(transform = schema::web))]
    pub request: Vec<String>,
    /// For sockets, which may have `tcp` and `udp` too.
    #[cfg_attr(feature = "development", schemars(transform = schema::socket))]
    pub socket: Vec<String>,
    /// For uploads.
    #[cfg_attr(feature = "development", schemars(transform = schema::web))]
    pub upload: Vec<String>,
    /// For downloads.
    #[cfg_attr(feature = "development", schemars(transform = schema::web))]
    pub download: Vec<String>,
    /// For web views.
    #[cfg_attr(feature = "development", schemars(transform = schema::web))]
    pub web_view: Vec<String>,
}

redacted!(
    HostRecords,
    Application,
    ProfilePicture,
    MiniProgram,
    CodePackage,
    CodePackageAddress,
    NetworkConfiguration,
    DomainConfiguration,
);

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

/// An item's field, by the macro for its owner: what is done for one is done for all, and each is named here only.
macro_rules! by_item {
    ($item:expr, $application:ident, $mini_program:ident, $network:ident, $otherwise:expr) => {
        match $item {
            Item::ApplicationProfilePicture => $application!(profile_picture),
            Item::ApplicationCreatorId => $application!(creator_id),
            Item::ApplicationName => $application!(name),
            Item::ApplicationId => $application!(id),
            Item::ApplicationPackageName => $application!(package_name),
            Item::MiniProgramName => $mini_program!(name),
            Item::MiniProgramId => $mini_program!(id),
            Item::MiniProgramClassificationTag => $mini_program!(classification_tag),
            Item::MiniProgramIntroduction => $mini_program!(introduction),
            Item::MiniProgramDescription => $mini_program!(description),
            Item::MiniProgramVersionNumber => $mini_program!(version_number),
            Item::MiniProgramVersionDescription => $mini_program!(version_description),
            Item::MiniProgramCodePackage => $mini_program!(code_package),
            Item::MiniProgramCodePackageAddress => $mini_program!(code_package_address),
            Item::MiniProgramDomainName => $mini_program!(domain_name),
            Item::NetworkPermissionConfiguration => $network!(permissions),
            Item::NetworkDomainConfiguration => $network!(domains),
            Item::DeviceStorageCapacity
            | Item::DeviceMccMnc
            | Item::DeviceModel
            | Item::DeviceSystemVersion
            | Item::DeviceFirmwareVersion
            | Item::DeviceResolution
            | Item::DeviceCpu
            | Item::DeviceBrand
            | Item::DeviceIncrementalVersion
            | Item::DeviceManufacturer
            | Item::DeviceName
            | Item::DevicePlatform
            | Item::DeviceOperator
            | of_sources!()
            | Item::ProcessListProcesses => $otherwise,
        }
    };
}

/// Limits in bytes.
const NAME: usize = 256;
const TEXT: usize = 4 * 1024;
const ADDRESS: usize = 2 * 1024;
const PICTURE: usize = 1024 * 1024;
const PACKAGE: usize = 2 * 1024 * 1024;
/// What a package may weigh of which only size and digest are supplied: far above the platforms' own limits.
const PACKAGE_SIZE: RangeInclusive<u64> = 1..=1024 * 1024 * 1024;
/// Limits in entries.
const MINI_PROGRAMS: usize = 64;
const ENTRIES: usize = 256;

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
        records.application = object.get("application").map(Application::from_node).transpose()?;
        if let Some(node) = object.get("mini_programs") {
            for node in node.array()? {
                records.mini_programs.push(MiniProgram::from_node(&node)?);
            }
        }
        records.network = object.get("network").map(NetworkConfiguration::from_node).transpose()?;
        records.check().map_err(|error| document.place(error))?;
        Ok(std::mem::take(&mut *records))
    }

    /// Whether every field is what it is said to be.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if let Some(application) = &self.application {
            application.check()?;
        }
        no_more_than("mini_programs", self.mini_programs.len(), MINI_PROGRAMS, "mini-programs")?;
        for (at, program) in self.mini_programs.iter().enumerate() {
            let path = format!("mini_programs[{at}]");
            program.check(&path)?;
            if self.mini_programs.iter().take(at).any(|before| before.id == program.id) {
                let hint = "each mini-program has an id of its own";
                return Err(Error::input(InputKind::Duplicate, format!("{path}.id"), hint));
            }
        }
        self.network.as_ref().map_or(Ok(()), NetworkConfiguration::check)
    }

    /// Whether the host supplied the item.
    pub(crate) fn has(&self, item: Item) -> bool {
        macro_rules! application {
            ($field:ident) => {
                self.application.as_ref().is_some_and(|own| own.$field.is_some())
            };
        }
        macro_rules! mini_program {
            ($field:ident) => {
                self.mini_programs.iter().any(|own| own.$field.is_some())
            };
        }
        macro_rules! network {
            ($field:ident) => {
                self.network.as_ref().is_some_and(|own| own.$field.is_some())
            };
        }
        by_item!(item, application, mini_program, network, false)
    }

    /// Copies one item into a snapshot's records, each mini-program in its place. False if the host supplied none.
    pub(crate) fn give(&self, item: Item, into: &mut Self) -> bool {
        macro_rules! application {
            ($field:ident) => {
                if let Some(own) = &self.application {
                    into.application.get_or_insert_default().$field.clone_from(&own.$field);
                }
            };
        }
        macro_rules! mini_program {
            ($field:ident) => {{
                into.mini_programs.resize_with(self.mini_programs.len(), MiniProgram::default);
                for (to, own) in into.mini_programs.iter_mut().zip(&self.mini_programs) {
                    to.$field.clone_from(&own.$field);
                }
            }};
        }
        macro_rules! network {
            ($field:ident) => {
                if let Some(own) = &self.network {
                    into.network.get_or_insert_default().$field.clone_from(&own.$field);
                }
            };
        }
        let has = self.has(item);
        if has {
            by_item!(item, application, mini_program, network, ());
        }
        has
    }

    /// Writes one item as `docs/json.md` says.
    pub(crate) fn serialize_item<S: Serializer>(&self, item: Item, serializer: S) -> Result<S::Ok, S::Error> {
        macro_rules! application {
            ($field:ident) => {
                self.application.as_ref().and_then(|own| own.$field.as_ref()).serialize(serializer)
            };
        }
        macro_rules! mini_program {
            (id) => {
                serializer.collect_seq(self.mini_programs.iter().filter_map(|own| own.id.as_ref()))
            };
            ($field:ident) => {
                serializer.collect_seq(
                    self.mini_programs.iter().filter_map(|own| {
                        Some(OfProgram { id: own.id.as_deref(), value: own.$field.as_ref()? })
                    }),
                )
            };
        }
        macro_rules! network {
            (permissions) => {
                match self.network.as_ref().and_then(|own| own.permissions.as_ref()) {
                    Some(permissions) => {
                        // Sorted, since a map's order would differ from run to run.
                        let mut sorted: Vec<_> = permissions.iter().collect();
                        sorted.sort_unstable();
                        serializer.collect_map(sorted)
                    }
                    None => serializer.serialize_none(),
                }
            };
            (domains) => {
                self.network.as_ref().and_then(|own| own.domains.as_ref()).serialize(serializer)
            };
        }
        by_item!(item, application, mini_program, network, serializer.serialize_none())
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

/// A mini-program's datum, with the id if that was collected too.
#[derive(Serialize)]
struct OfProgram<'a, T> {
    id: Option<&'a str>,
    value: &'a T,
}

impl Serialize for ProfilePicture {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut picture = serializer.serialize_struct("ProfilePicture", 3)?;
        picture.serialize_field("media_type", &self.media_type())?;
        picture.serialize_field("size", &self.bytes.len())?;
        picture.serialize_field("base64", &Zeroizing::new(BASE64_STANDARD.encode(&self.bytes)).as_str())?;
        picture.end()
    }
}

impl Serialize for CodePackage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes = self.bytes.as_ref().map(|bytes| Zeroizing::new(BASE64_STANDARD.encode(bytes)));
        let mut package = serializer.serialize_struct("CodePackage", 3)?;
        package.serialize_field("size", &self.size)?;
        package.serialize_field("sha256", &self.sha256)?;
        package.serialize_field("base64", &bytes.as_ref().map(|text| text.as_str()))?;
        package.end()
    }
}

impl ProfilePicture {
    /// The media type by the bytes' signature, whatever anybody calls them.
    fn media_type(&self) -> Option<&'static str> {
        match self.bytes.as_slice() {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some("image/png"),
            [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some("image/gif"),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
            _ => None,
        }
    }
}

/// The fields of an object: each absent or of its type.
struct Fields<'n>(Object<'n>);

impl Fields<'_> {
    fn text(&self, name: &str) -> Result<Option<String>, Error> {
        self.0.get(name).map(|node| Ok(node.text()?.into_owned())).transpose()
    }

    fn texts(&self, name: &str) -> Result<Vec<String>, Error> {
        let Some(node) = self.0.get(name) else { return Ok(Vec::new()) };
        node.array()?.iter().map(|node| Ok(node.text()?.into_owned())).collect()
    }

    fn bytes(&self, name: &str, most: usize) -> Result<Option<Vec<u8>>, Error> {
        let decode = |node: &Node<'_>| {
            let text = Zeroizing::new(node.text()?.into_owned());
            // Refused before memory is taken for it; the check of the records is exact.
            if text.len() > base64_length(most) {
                return Err(node.error(InputKind::TooLong, at_most(most, "bytes")));
            }
            let hint = "Base64 with padding and without line breaks is needed";
            BASE64_STANDARD.decode(text.as_bytes()).map_err(|_| node.error(InputKind::Malformed, hint))
        };
        self.0.get(name).map(decode).transpose()
    }
}

impl Application {
    fn from_node(node: &Node<'_>) -> Result<Self, Error> {
        let names = ["profile_picture", "creator_id", "name", "id", "package_name"];
        let fields = Fields(node.object(&names)?);
        Ok(Self {
            profile_picture: fields.bytes("profile_picture", PICTURE)?.map(|bytes| ProfilePicture { bytes }),
            creator_id: fields.text("creator_id")?,
            name: fields.text("name")?,
            id: fields.text("id")?,
            package_name: fields.text("package_name")?,
        })
    }

    fn check(&self) -> Result<(), Error> {
        if let Some(picture) = &self.profile_picture {
            let path = "application.profile_picture";
            no_more_than(path, picture.bytes.len(), PICTURE, "bytes")?;
            require(picture.media_type().is_some(), path, "a PNG, JPEG, GIF or WebP file is needed")?;
        }
        text("application.creator_id", &self.creator_id, &ID)?;
        text("application.name", &self.name, &LINE)?;
        text("application.id", &self.id, &ID)?;
        form("application.package_name", &self.package_name, NAME, is_package_name, PACKAGE_NAME)
    }
}

impl MiniProgram {
    fn from_node(node: &Node<'_>) -> Result<Self, Error> {
        let fields = Fields(node.object(&[
            "id",
            "name",
            "classification_tag",
            "introduction",
            "description",
            "version_number",
            "version_description",
            "code_package",
            "code_package_address",
            "domain_name",
        ])?);
        Ok(Self {
            id: fields.text("id")?,
            name: fields.text("name")?,
            classification_tag: fields.text("classification_tag")?,
            introduction: fields.text("introduction")?,
            description: fields.text("description")?,
            version_number: fields.text("version_number")?,
            version_description: fields.text("version_description")?,
            code_package: fields.0.get("code_package").map(CodePackage::from_node).transpose()?,
            code_package_address: fields
                .0
                .get("code_package_address")
                .map(CodePackageAddress::from_node)
                .transpose()?,
            domain_name: fields.text("domain_name")?,
        })
    }

    fn check(&self, path: &str) -> Result<(), Error> {
        let field = |name| format!("{path}.{name}");
        if self.id.is_none() {
            return Err(Error::input(
                InputKind::Missing,
                path,
                "add \"id\": mini-programs are told apart by it",
            ));
        }
        for (name, value, kind) in [
            ("id", &self.id, &ID),
            ("name", &self.name, &LINE),
            ("classification_tag", &self.classification_tag, &LINE),
            ("introduction", &self.introduction, &LINES),
            ("description", &self.description, &LINES),
            ("version_number", &self.version_number, &LINE),
            ("version_description", &self.version_description, &LINES),
        ] {
            text(&field(name), value, kind)?;
        }
        if let Some(package) = &self.code_package {
            package.check(&field("code_package"))?;
        }
        if let Some(address) = &self.code_package_address {
            address.check(&field("code_package_address"))?;
        }
        form(&field("domain_name"), &self.domain_name, NAME, is_domain_name, DOMAIN_NAME)
    }
}

impl CodePackage {
    fn from_node(node: &Node<'_>) -> Result<Self, Error> {
        let fields = Fields(node.object(&["size", "sha256", "bytes"])?);
        Ok(Self {
            size: fields.0.required("size", "the size in bytes")?.integer()?,
            sha256: fields.0.required("sha256", "64 hexadecimal digits")?.text()?.into_owned(),
            bytes: fields.bytes("bytes", PACKAGE)?,
        })
    }

    fn check(&self, path: &str) -> Result<(), Error> {
        let is_digest = self.sha256.len() == 64 && self.sha256.bytes().all(|byte| byte.is_ascii_hexdigit());
        require(is_digest, &format!("{path}.sha256"), "64 hexadecimal digits are needed")?;
        if !PACKAGE_SIZE.contains(&self.size) {
            let hint = format!("from {} to {} bytes", PACKAGE_SIZE.start(), PACKAGE_SIZE.end());
            return Err(Error::input(InputKind::OutOfRange, format!("{path}.size"), hint));
        }
        let Some(bytes) = &self.bytes else { return Ok(()) };
        no_more_than(&format!("{path}.bytes"), bytes.len(), PACKAGE, "bytes")?;
        let of_size = u64::try_from(bytes.len()) == Ok(self.size);
        require(of_size, &format!("{path}.bytes"), "as many as size says are needed")?;
        let digest: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let is_its_own = self.sha256.eq_ignore_ascii_case(&digest);
        require(is_its_own, &format!("{path}.sha256"), "the digest of bytes is needed")
    }
}

impl CodePackageAddress {
    fn from_node(node: &Node<'_>) -> Result<Self, Error> {
        let fields = Fields(node.object(&["client", "server"])?);
        Ok(Self { client: fields.text("client")?, server: fields.text("server")? })
    }

    fn check(&self, path: &str) -> Result<(), Error> {
        if self.client.is_none() && self.server.is_none() {
            return Err(Error::input(InputKind::Missing, path, "add \"client\" or \"server\""));
        }
        form(&format!("{path}.client"), &self.client, ADDRESS, is_client_address, CLIENT_ADDRESS)?;
        form(&format!("{path}.server"), &self.server, ADDRESS, is_server_address, SERVER_ADDRESS)
    }
}

impl NetworkConfiguration {
    fn from_node(node: &Node<'_>) -> Result<Self, Error> {
        let object = node.object(&["permissions", "domains"])?;
        let permissions = |node: &Node<'_>| -> Result<HashMap<String, bool>, Error> {
            node.members()?.into_iter().map(|(name, node)| Ok((name, node.boolean()?))).collect()
        };
        Ok(Self {
            permissions: object.get("permissions").map(permissions).transpose()?,
            domains: object.get("domains").map(DomainConfiguration::from_node).transpose()?,
        })
    }

    fn check(&self) -> Result<(), Error> {
        if let Some(permissions) = &self.permissions {
            no_more_than("network.permissions", permissions.len(), ENTRIES, "permissions")?;
            let is_name = |name: &String| {
                (1..=NAME).contains(&name.len())
                    && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
            };
            let hint = "names of letters, digits, ., _ and - are needed, such as scope.userLocation";
            require(permissions.keys().all(is_name), "network.permissions", hint)?;
        }
        let Some(domains) = &self.domains else { return Ok(()) };
        for (name, list, schemes) in [
            ("request", &domains.request, WEB),
            ("socket", &domains.socket, SOCKET),
            ("upload", &domains.upload, WEB),
            ("download", &domains.download, WEB),
            ("web_view", &domains.web_view, WEB),
        ] {
            let path = format!("network.domains.{name}");
            no_more_than(&path, list.len(), ENTRIES, "domains")?;
            for (at, domain) in list.iter().enumerate() {
                let hint = format!(
                    "a domain name in ASCII is needed, if need be with {}:// before it and a port after it",
                    schemes.join(":// or ")
                );
                require(is_server_domain(domain, schemes), &format!("{path}[{at}]"), &hint)?;
            }
        }
        Ok(())
    }
}

impl DomainConfiguration {
    fn from_node(node: &Node<'_>) -> Result<Self, Error> {
        let fields = Fields(node.object(&["request", "socket", "upload", "download", "web_view"])?);
        Ok(Self {
            request: fields.texts("request")?,
            socket: fields.texts("socket")?,
            upload: fields.texts("upload")?,
            download: fields.texts("download")?,
            web_view: fields.texts("web_view")?,
        })
    }
}

fn require(is_so: bool, field: &str, hint: &str) -> Result<(), Error> {
    if is_so { Ok(()) } else { Err(Error::input(InputKind::Malformed, field, hint)) }
}

fn no_more_than(field: &str, length: usize, most: usize, of_what: &str) -> Result<(), Error> {
    if length <= most {
        return Ok(());
    }
    Err(Error::input(InputKind::TooLong, field, at_most(most, of_what)))
}

fn at_most(most: usize, of_what: &str) -> String {
    format!("at most {most} {of_what} are taken")
}

/// How long the Base64 of so many bytes is.
const fn base64_length(bytes: usize) -> usize {
    bytes.div_ceil(3) * 4
}

/// A kind of text: its length in bytes, what it may hold and how that is said.
struct Text {
    most: usize,
    may_hold: fn(char) -> bool,
    hint: &'static str,
}

const ID: Text = Text {
    most: NAME,
    may_hold: |c| !c.is_control() && !c.is_whitespace(),
    hint: "text without white space and control characters is needed",
};
const LINE: Text = Text {
    most: NAME,
    may_hold: |c| !c.is_control(),
    hint: "one line of text without control characters is needed",
};
const LINES: Text = Text {
    most: TEXT,
    may_hold: |c| !c.is_control() || matches!(c, '\n' | '\t'),
    hint: "text without control characters other than line feeds and tabs is needed",
};

fn text(field: &str, text: &Option<String>, kind: &Text) -> Result<(), Error> {
    let Some(text) = text else { return Ok(()) };
    no_more_than(field, text.len(), kind.most, "bytes")?;
    require(!text.trim().is_empty(), field, "say it or leave it out: it is blank")?;
    require(text.chars().all(kind.may_hold), field, kind.hint)
}

/// A text of a form of its own.
fn form(
    field: &str,
    text: &Option<String>,
    most: usize,
    is_so: fn(&str) -> bool,
    hint: &str,
) -> Result<(), Error> {
    let Some(text) = text else { return Ok(()) };
    no_more_than(field, text.len(), most, "bytes")?;
    require(is_so(text), field, hint)
}

const PACKAGE_NAME: &str =
    "two or more parts of letters, digits, _ and - are needed, such as com.example.app";

/// What Android takes for an application id or Apple for a bundle identifier.
fn is_package_name(name: &str) -> bool {
    let part = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
    };
    name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.contains('.') && name.split('.').all(part)
}

const DOMAIN_NAME: &str = "an ASCII domain name is needed (xn-- for others), such as example.com";

/// A domain name of at least two labels: no address of a machine, no name of the local network. Host names have no
/// underscore, although other names in the domain system have.
fn is_domain_name(name: &str) -> bool {
    name.contains('.')
        && !name.ends_with('.')
        && !name.contains('_')
        && matches!(ServerName::try_from(name), Ok(ServerName::DnsName(_)))
}

/// The schemes of a domain configuration. TCMPP's sockets know two more.
const WEB: &[&str] = &["https", "wss"];
const SOCKET: &[&str] = &["https", "wss", "tcp", "udp"];

/// A domain name, perhaps with one of the schemes before it and a port after it.
fn is_server_domain(text: &str, schemes: &[&str]) -> bool {
    let (scheme, rest) = text.split_once("://").map_or((None, text), |(scheme, rest)| (Some(scheme), rest));
    let (name, port) = rest.split_once(':').map_or((rest, None), |(name, port)| (name, Some(port)));
    scheme.is_none_or(|scheme| is_one_of(scheme, schemes)) && port.is_none_or(is_port) && is_domain_name(name)
}

fn is_one_of(scheme: &str, schemes: &[&str]) -> bool {
    schemes.iter().any(|known| scheme.eq_ignore_ascii_case(known))
}

/// A port as one writes it: without sign and leading zeros.
fn is_port(port: &str) -> bool {
    port.starts_with(|c: char| matches!(c, '1'..='9')) && port.parse::<u16>().is_ok()
}

const CLIENT_ADDRESS: &str =
    "an absolute path or an absolute URI without user, password and fragment is needed";

fn is_client_address(text: &str) -> bool {
    match text.starts_with('/') {
        true => text.chars().all(LINE.may_hold),
        false => open_uri(text).is_some(),
    }
}

const SERVER_ADDRESS: &str = "an https or http URI whose host is an ASCII domain name is needed, without user, \
                              password and fragment";

fn is_server_address(text: &str) -> bool {
    open_uri(text).is_some_and(|uri| {
        is_one_of(uri.scheme().as_str(), &["https", "http"])
            && uri.authority().is_some_and(|authority| {
                is_domain_name(authority.host()) && authority.port().is_none_or(|port| is_port(port.as_str()))
            })
    })
}

/// An absolute URI that names no user: a password in an address would leave with it.
fn open_uri(text: &str) -> Option<Uri<&str>> {
    let uri = Uri::parse(text).ok()?;
    let has_user = uri.authority().is_some_and(|authority| authority.has_userinfo());
    (!has_user && !uri.has_fragment()).then_some(uri)
}

/// The schemas' parts that the types do not say.
#[cfg(feature = "development")]
mod schema {
    use std::borrow::Cow;

    use schemars::transform::{RecursiveTransform, Transform as _};
    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
    use serde_json::Value as Json;

    use super::*;

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

    /// Lengths are in characters here and in bytes there: what is too long here is too long there.
    fn form(schema: &mut Schema, most: usize, pattern: &str) {
        schema.insert("maxLength".to_owned(), most.into());
        schema.insert("pattern".to_owned(), pattern.into());
    }

    fn base64(schema: &mut Schema, most: usize) {
        schema.insert("contentEncoding".to_owned(), "base64".into());
        form(schema, base64_length(most), "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$");
    }

    pub(super) fn package_bytes(schema: &mut Schema) {
        base64(schema, PACKAGE);
    }

    pub(super) fn id(schema: &mut Schema) {
        form(schema, NAME, r"^[^\s\x00-\x1f\x7f-\x9f]+$");
    }

    pub(super) fn line(schema: &mut Schema) {
        form(schema, NAME, r"^(?=.*\S)[^\x00-\x1f\x7f-\x9f]+$");
    }

    pub(super) fn lines(schema: &mut Schema) {
        form(schema, TEXT, r"^(?=\s*\S)[^\x00-\x08\x0b-\x1f\x7f-\x9f]+$");
    }

    pub(super) fn package_name(schema: &mut Schema) {
        form(schema, NAME, r"^[A-Za-z][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_][A-Za-z0-9_-]*)+$");
    }

    /// A domain name of two or more labels, the last of which is no number.
    const DOMAIN: &str = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+(?![0-9]+(?:$|[:/?]))[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    const PORT: &str = "(?::[1-9][0-9]{0,4})?";

    pub(super) fn domain_name(schema: &mut Schema) {
        form(schema, 253, &format!("^{DOMAIN}$"));
    }

    pub(super) fn client(schema: &mut Schema) {
        form(schema, ADDRESS, r"^(?:/[^\x00-\x1f\x7f-\x9f]*|[A-Za-z][A-Za-z0-9+.-]*:[!$-;=?-Z_a-z~\[\]]*)$");
    }

    pub(super) fn server(schema: &mut Schema) {
        let pattern = format!(r"^[Hh][Tt][Tt][Pp][Ss]?://{DOMAIN}{PORT}(?:[/?][!$-;=?-Z_a-z~]*)?$");
        form(schema, ADDRESS, &pattern);
    }

    pub(super) fn web(schema: &mut Schema) {
        domains(schema, WEB);
    }

    pub(super) fn socket(schema: &mut Schema) {
        domains(schema, SOCKET);
    }

    fn domains(schema: &mut Schema, schemes: &[&str]) {
        // A schema's patterns know no option for either case.
        let either = |c: char| format!("[{}{c}]", c.to_ascii_uppercase());
        let schemes: Vec<String> = schemes.iter().map(|name| name.chars().map(either).collect()).collect();
        let schemes = schemes.join("|");
        schema.insert("maxItems".to_owned(), ENTRIES.into());
        let pattern = format!("^(?:(?:{schemes})://)?{DOMAIN}{PORT}$");
        schema.insert("items".to_owned(), serde_json::json!({ "type": "string", "pattern": pattern }));
    }

    pub(super) fn permissions(schema: &mut Schema) {
        schema.insert("maxProperties".to_owned(), ENTRIES.into());
        let name = serde_json::json!({ "maxLength": NAME, "pattern": "^[A-Za-z0-9._-]+$" });
        schema.insert("propertyNames".to_owned(), name);
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
            base64(&mut schema, PICTURE);
            schema
        }
    }

    impl HostRecords {
        /// The JSON Schema of a file of records (draft 2020-12).
        pub fn json_schema() -> serde_json::Value {
            let mut schema = schemars::schema_for!(HostRecords);
            RecursiveTransform(not_null).transform(&mut schema);
            if let Some(properties) =
                schema.pointer_mut("/properties").and_then(|value| value.as_object_mut())
            {
                let names_it =
                    serde_json::json!({ "type": "string", "description": "Where this schema lies." });
                properties.insert("$schema".to_owned(), names_it);
            }
            schema.to_value()
        }

        /// One item's value in an export.
        pub(crate) fn value_schema(item: Item, generator: &mut SchemaGenerator) -> Option<Schema> {
            let text = || json_schema!({ "type": "string" });
            let package = || {
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
            };
            let picture = || {
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
            };
            let of_programs = |value: Schema| {
                json_schema!({
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["id", "value"],
                        "properties": { "id": { "type": ["string", "null"] }, "value": value },
                        "additionalProperties": false,
                    },
                })
            };
            macro_rules! application {
                (profile_picture) => {
                    picture()
                };
                ($field:ident) => {
                    text()
                };
            }
            macro_rules! mini_program {
                (id) => {
                    json_schema!({ "type": "array", "items": { "type": "string" } })
                };
                (code_package) => {
                    of_programs(package())
                };
                (code_package_address) => {
                    of_programs(generator.subschema_for::<CodePackageAddress>())
                };
                ($field:ident) => {
                    of_programs(text())
                };
            }
            macro_rules! network {
                (permissions) => {
                    json_schema!({ "type": "object", "additionalProperties": { "type": "boolean" } })
                };
                (domains) => {
                    generator.subschema_for::<DomainConfiguration>()
                };
            }
            Some(by_item!(item, application, mini_program, network, return None))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOST: [Item; 17] = [
        Item::ApplicationProfilePicture,
        Item::ApplicationCreatorId,
        Item::ApplicationName,
        Item::ApplicationId,
        Item::ApplicationPackageName,
        Item::MiniProgramName,
        Item::MiniProgramId,
        Item::MiniProgramClassificationTag,
        Item::MiniProgramIntroduction,
        Item::MiniProgramDescription,
        Item::MiniProgramVersionNumber,
        Item::MiniProgramVersionDescription,
        Item::MiniProgramCodePackage,
        Item::MiniProgramCodePackageAddress,
        Item::MiniProgramDomainName,
        Item::NetworkPermissionConfiguration,
        Item::NetworkDomainConfiguration,
    ];

    fn example() -> HostRecords {
        HostRecords::from_json(include_str!("../../docs/examples/host-records.json")).unwrap()
    }

    fn exported(records: &HostRecords, item: Item) -> serde_json::Value {
        records.serialize_item(item, serde_json::value::Serializer).unwrap()
    }

    #[test]
    fn each_item_gives_its_own_datum_and_nothing_else() {
        let (all, empty) = (example(), HostRecords::default());
        for item in Item::ALL.iter().copied() {
            let mut given = HostRecords::default();
            assert_eq!(all.give(item, &mut given), HOST.contains(&item), "{item}");
            assert_eq!(given != empty, HOST.contains(&item), "{item}");
            for other in HOST.into_iter().filter(|other| *other != item) {
                assert!(!given.has(other), "{item} gave {other}");
            }
        }
    }

    #[test]
    fn all_items_together_give_everything() {
        let (all, mut given) = (example(), HostRecords::default());
        assert!(HOST.into_iter().all(|item| all.give(item, &mut given)));
        assert!(given == all);
    }

    #[test]
    fn what_is_not_supplied_is_not_given_and_leaves_no_trace() {
        let mut some = example();
        some.application = Some(Application::default());
        some.mini_programs.iter_mut().for_each(|program| program.name = None);
        let mut given = HostRecords::default();
        for item in [Item::ApplicationName, Item::MiniProgramName] {
            assert!(!some.give(item, &mut given), "{item}");
        }
        assert!(given == HostRecords::default());
    }

    #[test]
    fn mini_programs_keep_their_places_and_have_an_id_only_if_it_was_asked_for() {
        let (all, mut given) = (example(), HostRecords::default());
        // Only the first of the two has one.
        assert!(all.give(Item::MiniProgramIntroduction, &mut given));
        assert!(all.give(Item::MiniProgramName, &mut given));
        let entry = |id: Option<&str>, value: &str| serde_json::json!({ "id": id, "value": value });
        assert_eq!(
            exported(&given, Item::MiniProgramName),
            serde_json::json!([entry(None, "Orders"), entry(None, "Help")])
        );
        assert!(all.give(Item::MiniProgramId, &mut given));
        assert_eq!(exported(&given, Item::MiniProgramId), serde_json::json!(["mp-orders", "mp-help"]));
        let introductions = serde_json::json!([entry(Some("mp-orders"), "See your orders.")]);
        assert_eq!(exported(&given, Item::MiniProgramIntroduction), introductions);
    }

    #[test]
    fn purging_a_category_leaves_the_others() {
        for category in Category::ALL.iter().copied() {
            let mut records = example();
            records.purge(category);
            for item in HOST {
                assert_eq!(records.has(item), item.category() != category, "{category}: {item}");
            }
        }
    }

    /// What is taken out of a snapshot's records is what its exports are held to.
    #[cfg(feature = "development")]
    #[test]
    fn exports_fit_their_schemas() {
        let all = example();
        for item in Item::ALL.iter().copied() {
            let mut generator = schemars::SchemaGenerator::default();
            let Some(schema) = HostRecords::value_schema(item, &mut generator) else {
                assert!(!HOST.contains(&item), "{item}");
                continue;
            };
            let mut schema = schema.to_value();
            schema["$defs"] = generator.take_definitions(true).into();
            assert!(jsonschema::is_valid(&schema, &exported(&all, item)), "{item}");
            assert!(!jsonschema::is_valid(&schema, &serde_json::Value::Null), "{item}");
        }
    }
}
