//! What becomes of a host's manifest with each AAR's, as Google's merger joins them: what a host wrote of a permission stands as it was,
//! and a service is as the AAR declares it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anstream::println;

use super::aar;
use super::android::REPOSITORY;
use super::archive::Archive;
use super::artifact::{ARTIFACTS, Form, MIN_SDK};
use super::repository::Repository;
use crate::file::bytes;
use crate::merger::{self, Project};
use crate::trouble::{Result, Trouble};

/// What is made on the way.
const WORK: &str = "target/package/merged";

/// All AARs together, beside each.
const ALL: &str = "all of them";

/// A host's manifest, by what it says of every permission that an AAR may bring.
struct Host {
    what: &'static str,
    min_sdk: u32,
    /// The attributes; none if it says nothing.
    says: Option<&'static str>,
    /// The same, as the merged manifest has it; none if the permission is to be gone.
    keeps: Option<&'static str>,
}

/// Each says one thing of every permission.
const HOSTS: &[Host] = &[
    Host { what: "silent", min_sdk: MIN_SDK, says: None, keeps: None },
    Host { what: "plain", min_sdk: MIN_SDK, says: Some(""), keeps: Some("") },
    Host {
        what: "flagged",
        min_sdk: 31,
        says: Some("android:usesPermissionFlags='neverForLocation'"),
        keeps: Some("usesPermissionFlags=neverForLocation"),
    },
    Host {
        what: "capped at 30",
        min_sdk: MIN_SDK,
        says: Some("android:maxSdkVersion='30'"),
        keeps: Some("maxSdkVersion=30"),
    },
    Host {
        what: "capped at 28",
        min_sdk: MIN_SDK,
        says: Some("android:maxSdkVersion='28'"),
        keeps: Some("maxSdkVersion=28"),
    },
    Host { what: "removed", min_sdk: MIN_SDK, says: Some("tools:node='remove'"), keeps: None },
    Host { what: "minSdk 34", min_sdk: 34, says: Some(""), keeps: Some("") },
    Host { what: "minSdk 19", min_sdk: 19, says: Some(""), keeps: Some("") },
];

/// An AAR, or several, by name: their manifests, and what they declare.
struct Brought {
    name: &'static str,
    manifests: Vec<String>,
    declares: Vec<&'static str>,
}

/// What narrowed a host before, each in a library of its own: the check has to see what it does to a host.
const NARROW: [&str; 2] = ["android:usesPermissionFlags='neverForLocation'", "android:maxSdkVersion='30'"];

/// Merges every AAR of the repository into every host, prints the table, and fails if anything is not as it should be.
pub(super) fn check() -> Result {
    let mut brought = Vec::new();
    for artifact in ARTIFACTS {
        if let Form::Aar { declares, .. } = artifact.form {
            let aar = Repository::place(Path::new(REPOSITORY), artifact.name, ".aar");
            let aar = Archive::from_bytes(&bytes(&aar)?)?;
            let manifest = String::from_utf8_lossy(aar.file("AndroidManifest.xml")?).into_owned();
            brought.push(Brought {
                name: artifact.name,
                manifests: vec![manifest],
                declares: declares.to_vec(),
            });
        }
    }
    let manifests = brought.iter().flat_map(|own| own.manifests.clone()).collect();
    let declares = brought.iter().flat_map(|own| own.declares.clone()).collect();
    brought.push(Brought { name: ALL, manifests, declares });
    brought.extend(NARROW.map(|attribute| {
        let manifest = format!(
            "<manifest xmlns:android='http://schemas.android.com/apk/res/android' package='dev.scruple.narrow'>\
             <uses-sdk android:minSdkVersion='{MIN_SDK}'/>\
             <uses-permission android:name='android.permission.BLUETOOTH_SCAN' {attribute}/></manifest>"
        );
        let declares = vec!["uses-permission name=android.permission.BLUETOOTH_SCAN"];
        Brought { name: attribute, manifests: vec![manifest], declares }
    }));
    let table = Table::of(&brought)?;
    println!("{}", table.lines.join("\n"));
    table.check()
}

/// A line for each host and AAR, and what is wrong with any.
struct Table {
    lines: Vec<String>,
    /// By the name of what was brought.
    wrong: Vec<(&'static str, String)>,
}

impl Table {
    fn of(brought: &[Brought]) -> Result<Self> {
        let cases: Vec<_> =
            HOSTS.iter().flat_map(|host| brought.iter().map(move |own| (host, own))).collect();
        let projects: Vec<_> = cases
            .iter()
            .map(|(host, own)| Project {
                levels: (host.min_sdk, 36),
                app: host.manifest(&own.permissions()),
                libraries: own.manifests.clone(),
            })
            .collect();
        let mut table = Self {
            lines: vec![line("host", "artifact", "merged permissions and services")],
            wrong: Vec::new(),
        };
        for ((host, own), merged) in cases.into_iter().zip(merger::merged(&projects, Path::new(WORK))?) {
            let expected = host.expected(own);
            let found = merged.map(|text| (permissions(&text), services(&text)));
            let shown = match &found {
                Ok((found, services)) => short(found, services.iter().map(String::as_str)),
                Err(why) => format!("refused: {}", refusal(why)),
            };
            // One that declares nothing changes nothing, which the check sees and nobody needs to read.
            if !NARROW.contains(&own.name) && (!own.declares.is_empty() || found.is_err()) {
                table.lines.push(line(host.what, own.name, &shown));
            }
            let is_right = match (&expected, &found) {
                (Some(expected), Ok((found, services))) => expected == found && own.services().eq(services),
                // A host for older systems is told so, by the library's name.
                (None, Err(why)) => refusal(why).contains("minSdkVersion") && why.contains("dev.scruple"),
                (Some(_), Err(_)) | (None, Ok(_)) => false,
            };
            if !is_right {
                let expected = expected
                    .as_ref()
                    .map_or_else(|| "a refusal".to_owned(), |expected| short(expected, own.services()));
                let why =
                    format!("{} in a host that is {}: {shown}; expected {expected}", own.name, host.what);
                table.wrong.push((own.name, why));
            }
        }
        Ok(table)
    }

    fn check(&self) -> Result {
        let is_seen = |narrow: &&str| self.wrong.iter().any(|(name, _)| name == narrow);
        if let Some(narrow) = NARROW.iter().find(|narrow| !is_seen(narrow)) {
            return Err(Trouble::failed(format!("the merger's table does not see what {narrow} does")));
        }
        match self.wrong.iter().find(|(name, _)| !NARROW.contains(name)) {
            None => Ok(()),
            Some((_, why)) => Err(Trouble::failed(format!("merged, {why}"))),
        }
    }
}

/// The one sentence of the merger's that a host reads.
fn refusal(why: &str) -> &str {
    let line = why.lines().map(str::trim).find(|line| line.contains("minSdkVersion")).unwrap_or(why);
    line.split(" declared in library").next().unwrap_or(line)
}

/// Permissions, each with its attributes.
type Permissions = BTreeMap<String, String>;

impl Host {
    /// What it says of these permissions.
    fn manifest(&self, names: &BTreeSet<&str>) -> String {
        let of =
            |name: &&str| self.says.map(|says| format!("<uses-permission android:name='{name}' {says}/>"));
        let body: String = names.iter().filter_map(of).collect();
        format!(
            "<manifest xmlns:android='http://schemas.android.com/apk/res/android' \
             xmlns:tools='http://schemas.android.com/tools' package='com.example.host'>{body}<application/></manifest>"
        )
    }

    /// What it wrote, or where it wrote nothing what is brought; none if it is to be refused.
    fn expected(&self, own: &Brought) -> Option<Permissions> {
        if self.min_sdk < MIN_SDK {
            return None;
        }
        let kept = if self.says.is_none() { Some("") } else { self.keeps };
        let names = own.permissions().into_iter();
        Some(names.filter_map(|name| Some((name.to_owned(), kept?.to_owned()))).collect())
    }
}

impl Brought {
    fn permissions(&self) -> BTreeSet<&str> {
        self.declares.iter().filter_map(|line| permission(line)).collect()
    }

    /// The services, each a line with its attributes.
    fn services(&self) -> impl Iterator<Item = &str> {
        self.declares.iter().copied().filter(|line| is_service(line))
    }
}

/// The permission that a line of what is declared names.
fn permission(line: &str) -> Option<&str> {
    line.strip_prefix("uses-permission ")?.split(' ').find_map(|word| word.strip_prefix("name="))
}

/// What a merged manifest asks for.
fn permissions(manifest: &str) -> Permissions {
    let lines = aar::declared(manifest).unwrap_or_default();
    let of = |line: &String| {
        let words = line.split(' ').skip(1).filter(|word| !word.starts_with("name="));
        Some((permission(line)?.to_owned(), words.collect::<Vec<_>>().join(" ")))
    };
    lines.iter().filter_map(of).collect()
}

/// The services of a merged manifest, each a line with its attributes.
fn services(manifest: &str) -> Vec<String> {
    let lines = aar::declared(manifest).unwrap_or_default();
    lines.into_iter().filter(|line| is_service(line)).collect()
}

fn is_service(line: &str) -> bool {
    line.starts_with("service ")
}

fn short<'a>(permissions: &Permissions, services: impl Iterator<Item = &'a str>) -> String {
    let one = |(name, attributes): (&String, &String)| {
        let name = name.rsplit('.').next().unwrap_or_default();
        if attributes.is_empty() { name.to_owned() } else { format!("{name} ({attributes})") }
    };
    let all: Vec<_> = permissions.iter().map(one).chain(services.map(str::to_owned)).collect();
    if all.is_empty() { "none".to_owned() } else { all.join(", ") }
}

fn line(host: &str, artifact: &str, merged: &str) -> String {
    format!("{host:12}  {artifact:24}  {merged}")
}
