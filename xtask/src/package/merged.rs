//! What becomes of a host's manifest with each AAR's, as Google's merger joins them: what a host wrote of a permission stands as it was.

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
    let table = Table::of(&brought)?;
    println!("{}", table.lines.join("\n"));
    table.check()?;
    control()
}

/// What narrowed a host before: the check has to see each way in which it does.
fn control() -> Result {
    let permission = "uses-permission name=android.permission.BLUETOOTH_SCAN";
    let of = |attribute: &str| {
        let manifest = format!(
            "<manifest xmlns:android='http://schemas.android.com/apk/res/android' package='a.b'>\
             <uses-permission android:name='android.permission.BLUETOOTH_SCAN' {attribute}/></manifest>"
        );
        Table::of(&[Brought { name: "narrow", manifests: vec![manifest], declares: vec![permission] }])
    };
    for attribute in ["android:usesPermissionFlags='neverForLocation'", "android:maxSdkVersion='30'"] {
        let seen: BTreeSet<_> = of(attribute)?.wrong.into_iter().map(|(host, _)| host).collect();
        if !["silent", "plain", "capped at 28"].iter().any(|host| seen.contains(host)) {
            return Err(Trouble::failed(format!("the merger's table does not see {attribute}")));
        }
    }
    of("")?.check()
}

/// A line for each host and AAR, and what is wrong with any.
struct Table {
    lines: Vec<String>,
    wrong: Vec<(&'static str, String)>,
}

impl Table {
    fn of(brought: &[Brought]) -> Result<Self> {
        let names: BTreeSet<&str> =
            brought.iter().flat_map(|own| &own.declares).filter_map(|line| permission(line)).collect();
        let cases: Vec<_> =
            HOSTS.iter().flat_map(|host| brought.iter().map(move |own| (host, own))).collect();
        let projects: Vec<_> = cases
            .iter()
            .map(|(host, own)| Project {
                levels: (host.min_sdk, 36),
                app: host.manifest(&names),
                libraries: own.manifests.clone(),
            })
            .collect();
        let mut table =
            Self { lines: vec![line("host", "artifact", "merged permissions")], wrong: Vec::new() };
        for ((host, own), merged) in cases.into_iter().zip(merger::merged(&projects, Path::new(WORK))?) {
            let expected = host.expected(&names, own);
            let found = merged.map(|text| permissions(&text));
            let shown = match &found {
                Ok(found) => short(found),
                Err(why) => format!("refused: {}", why.lines().next().unwrap_or_default().trim()),
            };
            // One that declares nothing changes nothing, which the check sees and nobody needs to read.
            if !own.declares.is_empty() || found.is_err() {
                table.lines.push(line(host.what, own.name, &shown));
            }
            let is_right = match (&expected, &found) {
                (Some(expected), Ok(found)) => expected == found,
                // A host for older systems is told so, by the library's name.
                (None, Err(why)) => why.contains("minSdkVersion") && why.contains("dev.scruple"),
                (Some(_), Err(_)) | (None, Ok(_)) => false,
            };
            if !is_right {
                let expected = expected.as_ref().map_or_else(|| "a refusal".to_owned(), short);
                table.wrong.push((host.what, format!("{}: {shown}; expected {expected}", own.name)));
            }
        }
        Ok(table)
    }

    fn check(&self) -> Result {
        match self.wrong.first() {
            None => Ok(()),
            Some((host, why)) => Err(Trouble::failed(format!("merged into a host that is {host}, {why}"))),
        }
    }
}

/// Permissions, each with its attributes.
type Permissions = BTreeMap<String, String>;

impl Host {
    fn manifest(&self, names: &BTreeSet<&str>) -> String {
        let of =
            |name: &&str| self.says.map(|says| format!("<uses-permission android:name='{name}' {says}/>"));
        let body: String = names.iter().filter_map(of).collect();
        format!(
            "<manifest xmlns:android='http://schemas.android.com/apk/res/android' \
             xmlns:tools='http://schemas.android.com/tools' package='com.example.host'>{body}<application/></manifest>"
        )
    }

    /// What it wrote, and of what it did not mention what the AAR brings; none if it is to be refused.
    fn expected(&self, names: &BTreeSet<&str>, own: &Brought) -> Option<Permissions> {
        if self.min_sdk < MIN_SDK {
            return None;
        }
        let kept = names.iter().filter_map(|name| Some(((*name).to_owned(), self.keeps?.to_owned())));
        let brings = own.declares.iter().filter_map(|line| permission(line));
        let brings = brings.filter(|_| self.says.is_none()).map(|name| (name.to_owned(), String::new()));
        Some(kept.chain(brings).collect())
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

fn short(permissions: &Permissions) -> String {
    let one = |(name, attributes): (&String, &String)| {
        let name = name.rsplit('.').next().unwrap_or_default();
        if attributes.is_empty() { name.to_owned() } else { format!("{name} ({attributes})") }
    };
    let all: Vec<_> = permissions.iter().map(one).collect();
    if all.is_empty() { "none".to_owned() } else { all.join(", ") }
}

fn line(host: &str, artifact: &str, merged: &str) -> String {
    format!("{host:12}  {artifact:24}  {merged}")
}
