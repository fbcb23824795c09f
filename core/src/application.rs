//! What the host supplies of itself: the agreement's parts A and B.

use std::collections::{BTreeMap, HashMap, HashSet};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use fluent_uri::Uri;
use rustls_pki_types::ServerName;
use serde::Serialize;
use serde::ser::{SerializeStruct as _, Serializer};
use sha2::{Digest as _, Sha256};
use zeroize::{Zeroize, Zeroizing};

use crate::agreement::{Category, Item};
use crate::error::{Error, InputKind};
use crate::json::{Document, Node, Object};
use crate::secret::redacted;

/// The host's records. As a file they are JSON with these fields' names, bytes in Base64.
#[derive(Clone, Default, PartialEq, Zeroize)]
pub struct HostRecords {
    /// The application.
    pub application: Option<Application>,
    /// Its mini-programs, at most 64, each with an id of its own.
    pub mini_programs: Vec<MiniProgram>,
    /// The network configuration.
    pub network: Option<NetworkConfiguration>,
}

/// An application, as far as the host says.
#[derive(Clone, Default, PartialEq, Zeroize)]
pub struct Application {
    /// The user's profile picture.
    pub profile_picture: Option<ProfilePicture>,
    /// The creator's id, at most 256 bytes.
    pub creator_id: Option<String>,
    /// The name, at most 256 bytes.
    pub name: Option<String>,
    /// The id on the platform, at most 256 bytes.
    pub id: Option<String>,
    /// The package name or bundle identifier: two or more parts of letters, digits, `_` and `-`.
    pub package_name: Option<String>,
}

/// A picture: PNG, JPEG, GIF or WebP, at most 1 MiB.
#[derive(Clone, Default, PartialEq, Eq, Zeroize)]
pub struct ProfilePicture {
    /// The file's bytes.
    pub bytes: Vec<u8>,
}

/// A mini-program, as far as the host says.
#[derive(Clone, Default, PartialEq, Zeroize)]
pub struct MiniProgram {
    /// The id, at most 256 bytes. A host must say it; a snapshot has it if that item was collected.
    pub id: Option<String>,
    /// The name, at most 256 bytes.
    pub name: Option<String>,
    /// The classification tag, at most 256 bytes.
    pub classification_tag: Option<String>,
    /// The introduction, at most 4 KiB.
    pub introduction: Option<String>,
    /// The description, at most 4 KiB.
    pub description: Option<String>,
    /// The version's number, at most 256 bytes.
    pub version_number: Option<String>,
    /// The version's description, at most 4 KiB.
    pub version_description: Option<String>,
    /// The code package.
    pub code_package: Option<CodePackage>,
    /// Where the code package lies.
    pub code_package_address: Option<CodePackageAddress>,
    /// The domain name, ASCII.
    pub domain_name: Option<String>,
}

/// A code package: what it is known by, and its bytes if it is small.
#[derive(Clone, Default, PartialEq, Zeroize)]
pub struct CodePackage {
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 of all bytes, 64 hexadecimal digits.
    pub sha256: String,
    /// All bytes, at most 2 MiB.
    pub bytes: Option<Vec<u8>>,
}

/// Where a code package lies. At least one of the two is there.
#[derive(Clone, Default, PartialEq, Zeroize, Serialize)]
#[cfg_attr(feature = "development", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct CodePackageAddress {
    /// On the client: an absolute path or URI.
    #[cfg_attr(feature = "development", schemars(default))]
    pub client: Option<String>,
    /// On the server: an `https` or `http` address.
    #[cfg_attr(feature = "development", schemars(default))]
    pub server: Option<String>,
}

/// The network configuration, as far as the host says.
#[derive(Clone, Default, PartialEq)]
pub struct NetworkConfiguration {
    /// Permissions by name, at most 256, and whether each is given.
    pub permissions: Option<HashMap<String, bool>>,
    /// The domains that mini-programs may reach.
    pub domains: Option<DomainConfiguration>,
}

/// The domains that mini-programs may reach, at most 256 for each use: names, or `https` or `wss` addresses without a
/// path.
#[derive(Clone, Default, PartialEq, Zeroize, Serialize)]
#[cfg_attr(feature = "development", derive(schemars::JsonSchema), schemars(default, deny_unknown_fields))]
pub struct DomainConfiguration {
    /// For requests.
    pub request: Vec<String>,
    /// For web sockets.
    pub socket: Vec<String>,
    /// For uploads.
    pub upload: Vec<String>,
    /// For downloads.
    pub download: Vec<String>,
    /// For web views.
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
        self.permissions.take().into_iter().flatten().for_each(|(mut name, _)| name.zeroize());
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
            | Item::IdentifierIdfa
            | Item::ClipboardContent
            | Item::ClipboardTroubleshooting
            | Item::LocationFuzzy
            | Item::LocationPrecise
            | Item::BluetoothInformation
            | Item::BluetoothTroubleshooting
            | Item::NfcInformation
            | Item::ProcessListProcesses
            | Item::WebViewUserAgent => $otherwise,
        }
    };
}

const NAME: usize = 256;
const TEXT: usize = 4 * 1024;
const ADDRESS: usize = 2 * 1024;
const PICTURE: usize = 1024 * 1024;
const PACKAGE: usize = 2 * 1024 * 1024;
const MINI_PROGRAMS: usize = 64;
const ENTRIES: usize = 256;

impl HostRecords {
    /// Reads a file of records.
    ///
    /// # Errors
    /// [`Error::Input`] with line, column and path of the first thing that is not as it ought to be. No value is in it.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let document = Document::new(text)?;
        let object = document.root()?.object(&["$schema", "application", "mini_programs", "network"])?;
        let records = Self {
            application: object.get("application").map(Application::from_node).transpose()?,
            mini_programs: match object.get("mini_programs") {
                Some(node) => node.array()?.iter().map(MiniProgram::from_node).collect::<Result<_, _>>()?,
                None => Vec::new(),
            },
            network: object.get("network").map(NetworkConfiguration::from_node).transpose()?,
        };
        records.check().map_err(|error| document.place(error))?;
        Ok(records)
    }

    /// Whether every field is what it is said to be.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if let Some(application) = &self.application {
            application.check()?;
        }
        no_more_than("mini_programs", self.mini_programs.len(), MINI_PROGRAMS)?;
        let mut ids = HashSet::new();
        for (at, program) in self.mini_programs.iter().enumerate() {
            let path = format!("mini_programs[{at}]");
            program.check(&path)?;
            if !ids.insert(program.id.as_deref()) {
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
        by_item!(item, application, mini_program, network, ());
        self.has(item)
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
                // Sorted, since a map's order would differ from run to run.
                self.network
                    .as_ref()
                    .and_then(|own| own.permissions.as_ref())
                    .map(|permissions| permissions.iter().collect::<BTreeMap<_, _>>())
                    .serialize(serializer)
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

    fn bytes(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        let decode = |node: &Node<'_>| {
            let text = Zeroizing::new(node.text()?.into_owned());
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
            profile_picture: fields.bytes("profile_picture")?.map(|bytes| ProfilePicture { bytes }),
            creator_id: fields.text("creator_id")?,
            name: fields.text("name")?,
            id: fields.text("id")?,
            package_name: fields.text("package_name")?,
        })
    }

    fn check(&self) -> Result<(), Error> {
        if let Some(picture) = &self.profile_picture {
            no_more_than("application.profile_picture", picture.bytes.len(), PICTURE)?;
            require(
                picture.media_type().is_some(),
                "application.profile_picture",
                "PNG, JPEG, GIF or WebP is needed",
            )?;
        }
        is_text("application.creator_id", self.creator_id.as_ref(), NAME)?;
        is_text("application.name", self.name.as_ref(), NAME)?;
        is_text("application.id", self.id.as_ref(), NAME)?;
        is_text("application.package_name", self.package_name.as_ref(), NAME)?;
        let part = |part: &str| {
            part.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
                && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
        };
        let is_name = |name: &String| name.contains('.') && name.split('.').all(part);
        let hint = "two or more parts of letters, digits, _ and - are needed, such as com.example.app";
        require(self.package_name.as_ref().is_none_or(is_name), "application.package_name", hint)
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
        for (name, text, most) in [
            ("id", &self.id, NAME),
            ("name", &self.name, NAME),
            ("classification_tag", &self.classification_tag, NAME),
            ("introduction", &self.introduction, TEXT),
            ("description", &self.description, TEXT),
            ("version_number", &self.version_number, NAME),
            ("version_description", &self.version_description, TEXT),
        ] {
            is_text(&field(name), text.as_ref(), most)?;
        }
        if let Some(package) = &self.code_package {
            package.check(&field("code_package"))?;
        }
        if let Some(address) = &self.code_package_address {
            address.check(&field("code_package_address"))?;
        }
        let is_domain = self.domain_name.as_deref().is_none_or(is_domain_name);
        require(is_domain, &field("domain_name"), DOMAIN_NAME)
    }
}

impl CodePackage {
    fn from_node(node: &Node<'_>) -> Result<Self, Error> {
        let fields = Fields(node.object(&["size", "sha256", "bytes"])?);
        Ok(Self {
            size: fields.0.required("size", "the size in bytes")?.integer()?,
            sha256: fields.0.required("sha256", "64 hexadecimal digits")?.text()?.into_owned(),
            bytes: fields.bytes("bytes")?,
        })
    }

    fn check(&self, path: &str) -> Result<(), Error> {
        let is_digest = self.sha256.len() == 64 && self.sha256.bytes().all(|byte| byte.is_ascii_hexdigit());
        require(is_digest, &format!("{path}.sha256"), "64 hexadecimal digits are needed")?;
        let Some(bytes) = &self.bytes else { return Ok(()) };
        no_more_than(&format!("{path}.bytes"), bytes.len(), PACKAGE)?;
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
        let client = format!("{path}.client");
        is_text(&client, self.client.as_ref(), ADDRESS)?;
        let is_client = |text: &String| text.starts_with('/') || Uri::parse(text.as_str()).is_ok();
        require(self.client.as_ref().is_none_or(is_client), &client, "an absolute path or URI is needed")?;
        let server = format!("{path}.server");
        is_text(&server, self.server.as_ref(), ADDRESS)?;
        let is_server =
            self.server.as_ref().is_none_or(|text| is_address(text, &["https", "http"]).is_some());
        require(is_server, &server, "an https or http address with an ASCII host is needed")
    }
}

impl NetworkConfiguration {
    fn from_node(node: &Node<'_>) -> Result<Self, Error> {
        let object = node.object(&["permissions", "domains"])?;
        let permissions = |node: &Node<'_>| -> Result<HashMap<String, bool>, Error> {
            node.members()?.iter().map(|(name, node)| Ok((name.clone(), node.boolean()?))).collect()
        };
        Ok(Self {
            permissions: object.get("permissions").map(permissions).transpose()?,
            domains: object.get("domains").map(DomainConfiguration::from_node).transpose()?,
        })
    }

    fn check(&self) -> Result<(), Error> {
        if let Some(permissions) = &self.permissions {
            no_more_than("network.permissions", permissions.len(), ENTRIES)?;
            let is_name = |name: &String| {
                (1..=NAME).contains(&name.len())
                    && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
            };
            let hint = "names of letters, digits, ., _ and - are needed, such as scope.userLocation";
            require(permissions.keys().all(is_name), "network.permissions", hint)?;
        }
        let Some(domains) = &self.domains else { return Ok(()) };
        for (name, list) in [
            ("request", &domains.request),
            ("socket", &domains.socket),
            ("upload", &domains.upload),
            ("download", &domains.download),
            ("web_view", &domains.web_view),
        ] {
            let path = format!("network.domains.{name}");
            no_more_than(&path, list.len(), ENTRIES)?;
            for (at, domain) in list.iter().enumerate() {
                let is_domain = match domain.contains("://") {
                    true => is_address(domain, &["https", "wss"]).is_some_and(|path| path.is_empty()),
                    false => is_domain_name(domain),
                };
                let hint = "an ASCII domain name, or an https or wss address without a path, is needed";
                require(is_domain, &format!("{path}[{at}]"), hint)?;
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

fn no_more_than(field: &str, length: usize, most: usize) -> Result<(), Error> {
    if length <= most {
        return Ok(());
    }
    Err(Error::input(InputKind::TooLong, field, format!("at most {most} are taken")))
}

/// A text that is not empty, not too long and without control characters but line breaks and tabs.
fn is_text(field: &str, text: Option<&String>, most: usize) -> Result<(), Error> {
    let Some(text) = text else { return Ok(()) };
    no_more_than(field, text.len(), most)?;
    let is_clean = !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t'));
    require(is_clean && !text.trim().is_empty(), field, "text without control characters is needed")
}

const DOMAIN_NAME: &str = "an ASCII domain name is needed (xn-- for others), such as example.com";

/// A domain name of at least two labels: no address of a machine, no name of the local network.
fn is_domain_name(name: &str) -> bool {
    name.contains('.')
        && !name.ends_with('.')
        && matches!(ServerName::try_from(name), Ok(ServerName::DnsName(_)))
}

/// The path of an address with one of the schemes, a domain name, and no name and password.
fn is_address<'a>(text: &'a str, schemes: &[&str]) -> Option<&'a str> {
    let uri = Uri::parse(text).ok()?;
    let authority = uri.authority()?;
    let scheme = uri.scheme().as_str();
    let of_scheme = schemes.iter().any(|known| scheme.eq_ignore_ascii_case(known));
    let port = authority.port().is_none_or(|port| port.as_str().parse::<u16>().is_ok());
    let fits = of_scheme && authority.userinfo().is_none() && port && is_domain_name(authority.host());
    fits.then(|| uri.path().as_str())
}

/// The schemas' parts that the types do not say.
#[cfg(feature = "development")]
mod schema {
    use schemars::{Schema, SchemaGenerator, json_schema};

    use super::*;

    impl HostRecords {
        /// The JSON Schema of a file of records (draft 2020-12).
        pub fn json_schema() -> serde_json::Value {
            let text = |most: usize| json_schema!({ "type": "string", "minLength": 1, "maxLength": most });
            let base64 = json_schema!({ "type": "string", "contentEncoding": "base64" });
            let object = |properties: serde_json::Value, required: &[&str]| {
                json_schema!({
                    "type": "object",
                    "properties": properties,
                    "required": required,
                    "additionalProperties": false,
                })
            };
            let domains = json_schema!({ "type": "array", "items": text(ADDRESS), "maxItems": ENTRIES });
            let package = object(
                serde_json::json!({
                    "size": { "type": "integer", "minimum": 0 },
                    "sha256": { "type": "string", "pattern": "^[0-9a-fA-F]{64}$" },
                    "bytes": base64,
                }),
                &["size", "sha256"],
            );
            let address = serde_json::json!({
                "type": "object",
                "properties": { "client": text(ADDRESS), "server": text(ADDRESS) },
                "additionalProperties": false,
                "minProperties": 1,
            });
            let program = object(
                serde_json::json!({
                    "id": text(NAME),
                    "name": text(NAME),
                    "classification_tag": text(NAME),
                    "introduction": text(TEXT),
                    "description": text(TEXT),
                    "version_number": text(NAME),
                    "version_description": text(TEXT),
                    "code_package": package,
                    "code_package_address": address,
                    "domain_name": text(NAME),
                }),
                &["id"],
            );
            let application = object(
                serde_json::json!({
                    "profile_picture": base64,
                    "creator_id": text(NAME),
                    "name": text(NAME),
                    "id": text(NAME),
                    "package_name": text(NAME),
                }),
                &[],
            );
            let network = object(
                serde_json::json!({
                    "permissions": {
                        "type": "object",
                        "additionalProperties": { "type": "boolean" },
                        "maxProperties": ENTRIES,
                    },
                    "domains": object(
                        serde_json::json!({
                            "request": domains,
                            "socket": domains,
                            "upload": domains,
                            "download": domains,
                            "web_view": domains,
                        }),
                        &[],
                    ),
                }),
                &[],
            );
            let mut schema = object(
                serde_json::json!({
                    "$schema": { "type": "string", "description": "Where this schema lies." },
                    "application": application,
                    "mini_programs": { "type": "array", "items": program, "maxItems": MINI_PROGRAMS },
                    "network": network,
                }),
                &[],
            );
            schema.insert("$schema".to_owned(), "https://json-schema.org/draft/2020-12/schema".into());
            schema.insert("title".to_owned(), "HostRecords".into());
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
