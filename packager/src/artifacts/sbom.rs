//! The bills of materials beside Android's artifacts: what the published POMs bring along, as Maven resolves them, and the crates
//! in the library.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::artifact::{ARTIFACTS, Artifact, Form, GROUP, VERSION};
use super::bill::{self, Bill};
use super::bills;
use super::repository::Repository;
use super::xml::Element;
use crate::claims::Claims;
use crate::file::{read, trouble, write};
use crate::linked::ANDROID;
use crate::maven;
use crate::process;
use crate::trouble::{Result, Trouble};

/// CycloneDX's own plugin.
const PLUGIN: &str = "org.cyclonedx:cyclonedx-maven-plugin:2.9.3:makeBom";

/// A project that needs every artifact.
const PROJECT: &str = "target/package/sbom";

/// How the file is called beside its artifact, as the plugin calls it.
const ENDING: &str = "-cyclonedx.json";

/// Adds each artifact's bill to a repository that has everything else.
pub(super) fn add(repository: &Repository, root: &Path) -> Result {
    let (all, rust) = (resolved(root)?, bill::phones_rust()?);
    for artifact in ARTIFACTS {
        let mut bill = all.part(&purl(artifact))?;
        if let Form::Aar { native: true, .. } = artifact.form {
            bill = bill.with_crates(&ANDROID, &rust)?;
        }
        repository.add(artifact.name, ENDING, bill.text())?;
    }
    Ok(())
}

/// How a bill names an artifact.
fn purl(artifact: &Artifact) -> String {
    format!("pkg:maven/{GROUP}/{}@{VERSION}?type={}", artifact.name, artifact.extension())
}

/// What Maven makes of all artifacts together, as a host would get them from the repository.
fn resolved(root: &Path) -> Result<Bill> {
    let here = root.canonicalize().map_err(|error| trouble(root, &error))?;
    write(&Path::new(PROJECT).join("pom.xml"), project(&here))?;
    let (mut maven, _lock) = maven::for_host(PROJECT)?;
    maven.args(["--quiet", PLUGIN, "-DoutputFormat=json", "-DincludeProvidedScope=false"]);
    process::prepare(&mut maven)?;
    let path = Path::new(PROJECT).join("target/bom.json");
    let bom = serde_json::from_str(&read(&path)?);
    parse(&bom.map_err(|error| Trouble::failed(format!("{}: {error}", path.display())))?)
}

/// A project that needs every artifact of a repository.
fn project(repository: &Path) -> String {
    let dependencies = ARTIFACTS.iter().map(|artifact| {
        let kind = artifact.extension();
        let coordinates =
            [("groupId", GROUP), ("artifactId", artifact.name), ("version", VERSION), ("type", kind)];
        Element::Group("dependency", coordinates.map(|(name, text)| Element::text(name, text)).into())
    });
    let place = vec![
        Element::text("id", "scruple"),
        Element::text("url", format!("file://{}", repository.display())),
    ];
    let project = vec![
        Element::text("modelVersion", "4.0.0"),
        Element::text("groupId", "com.example"),
        Element::text("artifactId", "everything"),
        Element::text("version", "1"),
        Element::text("packaging", "pom"),
        Element::Group("repositories", vec![Element::Group("repository", place)]),
        Element::Group("dependencies", dependencies.collect()),
    ];
    let mut text = String::new();
    Element::Group("project", project).write(&mut text, 0);
    text
}

/// Reads what the plugin wrote.
fn parse(bom: &Value) -> Result<Bill> {
    let unreadable = || Trouble::failed("the bill that Maven wrote cannot be read");
    let list = |key: &str| bom[key].as_array().ok_or_else(unreadable);
    let needs = |part: &Value| -> BTreeSet<String> {
        let entry = list("dependencies").into_iter().flatten().find(|entry| entry["ref"] == part["bom-ref"]);
        let needs = entry.and_then(|entry| entry["dependsOn"].as_array());
        needs.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let all = Bill::of(bom["metadata"]["component"].clone());
    Ok(list("components")?.iter().fold(all, |all, part| all.with(part.clone(), needs(part))))
}

/// Holds the bills in a repository against CycloneDX's schema, and against what they must name.
pub(super) fn check(root: &Path, claims: &mut Claims) -> Result {
    let place = |artifact: &Artifact| Repository::place(root, artifact.name, ENDING);
    let bills: Vec<PathBuf> = ARTIFACTS.iter().map(place).collect();
    let mut named = 0;
    for artifact in ARTIFACTS {
        let bill = read(&place(artifact))?;
        named += named_parts(artifact, &bill)?;
    }
    is_valid(&bills)?;
    let base = ARTIFACTS.iter().find(|artifact| matches!(artifact.form, Form::Aar { native: true, .. }));
    let base = base.ok_or_else(|| Trouble::failed("no artifact has the library"))?;
    let lacking = read(&place(base))?.replace("pkg:cargo/uniffi_core@", "pkg:cargo/another@");
    match named_parts(base, &lacking) {
        Err(why) => {
            claims.claim(
                "Android's bills of materials are valid and whole",
                &format!("{} bills, {named} parts by CycloneDX's own schema", bills.len()),
                &format!("a bill of an unknown kind is refused; {why}"),
            );
            Ok(())
        }
        Ok(_) => Err(Trouble::failed("a bill that lacks a crate is taken for whole")),
    }
}

/// How many parts a bill names, if it has those that it must have.
fn named_parts(artifact: &Artifact, bill: &str) -> Result<usize> {
    let mut wanted = vec![purl(artifact), "pkg:maven/org.jetbrains.kotlin/kotlin-stdlib@".to_owned()];
    if let Form::Aar { native: true, .. } = artifact.form {
        wanted.push("pkg:maven/net.java.dev.jna/jna@".to_owned());
        bills::names_all(&ANDROID, bill)?;
    }
    match wanted.iter().find(|purl| !bill.contains(purl.as_str())) {
        None => Ok(bill.matches("\"bom-ref\"").count()),
        Some(purl) => Err(Trouble::failed(format!("{}: the bill lacks {purl}", artifact.name))),
    }
}

/// Fails if a bill is not as CycloneDX's schema has it, or if that schema takes a bill of an unknown kind.
pub(super) fn is_valid(bills: &[PathBuf]) -> Result {
    let faults = bill::faults(bills)?;
    if !faults.is_empty() {
        return Err(Trouble::failed(faults));
    }
    let control = Path::new(PROJECT).join("control.json");
    let text = Bill::of_own("application", "control").text().replace("\"application\"", "\"nothing\"");
    write(&control, text)?;
    match bill::faults(&[control])?.is_empty() {
        false => Ok(()),
        true => Err(Trouble::failed("CycloneDX's schema takes a bill of an unknown kind")),
    }
}
