//! What Maven and Gradle read of an artifact: its POM.

use super::artifact::{ARTIFACTS, Artifact, Form, GROUP, VERSION};
use super::module::{Dependency, Module, Parent};
use super::xml::Element;
use crate::trouble::Result;

/// The artifact that lists all others.
pub(super) const BOM: &str = "scruple-bom";

/// Where Scruple lives, which Maven Central asks for; not known before the first release, as in Package.swift.
const HOME: &str = "https://scruple.invalid";

/// How JNA is called.
const JNA: (&str, &str) = ("net.java.dev.jna", "jna");

/// An artifact's POM. It has no parent, so that nothing of our own build is in it.
pub(super) fn of(artifact: &Artifact, module: &Module, parent: &Parent) -> Result<String> {
    let dependencies = needs(artifact, module, parent)?.iter().map(dependency).collect();
    Ok(project(
        artifact.name,
        artifact.extension(),
        [&module.name, &module.description],
        Element::Group("dependencies", dependencies),
    ))
}

/// What a host needs beside an artifact.
pub(super) fn needs(artifact: &Artifact, module: &Module, parent: &Parent) -> Result<Vec<Dependency>> {
    let mut needs = module.dependencies.clone();
    if let Form::Aar { native: true, .. } = artifact.form {
        needs.push(Dependency {
            group: JNA.0.to_owned(),
            artifact: JNA.1.to_owned(),
            version: parent.version(JNA.1)?,
            // Its jar has no library for Android in it.
            kind: "aar",
            scope: "runtime".to_owned(),
        });
    }
    Ok(needs)
}

/// The POM that a host imports, to name a version only once.
pub(super) fn bom() -> String {
    let managed = ARTIFACTS.iter().map(|artifact| {
        let coordinates = [("groupId", GROUP), ("artifactId", artifact.name), ("version", VERSION)];
        Element::Group("dependency", coordinates.map(|(name, text)| Element::text(name, text)).into())
    });
    project(
        BOM,
        "pom",
        ["Scruple: versions", "One version for all of Scruple's artifacts."],
        Element::Group("dependencyManagement", vec![Element::Group("dependencies", managed.collect())]),
    )
}

/// A project's description.
fn project(artifact: &str, packaging: &str, [name, description]: [&str; 2], dependencies: Element) -> String {
    let licence =
        |name, url| Element::Group("license", vec![Element::text("name", name), Element::text("url", url)]);
    let licences = vec![
        licence("Apache-2.0", "https://www.apache.org/licenses/LICENSE-2.0"),
        licence("MIT", "https://opensource.org/license/mit"),
    ];
    let developer = vec![Element::text("name", "Scruple's developers"), Element::text("url", HOME)];
    let scm = vec![
        Element::text("connection", format!("scm:git:{HOME}/scruple.git")),
        Element::text("url", format!("{HOME}/scruple")),
        Element::text("tag", format!("v{VERSION}")),
    ];
    let elements = [
        Element::text("modelVersion", "4.0.0"),
        Element::text("groupId", GROUP),
        Element::text("artifactId", artifact),
        Element::text("version", VERSION),
        Element::text("packaging", packaging),
        Element::text("name", name),
        Element::text("description", description),
        Element::text("url", HOME),
        Element::Group("licenses", licences),
        Element::Group("developers", vec![Element::Group("developer", developer)]),
        Element::Group("scm", scm),
        dependencies,
    ];
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
        <project xmlns=\"http://maven.apache.org/POM/4.0.0\">\n"
        .to_owned();
    elements.iter().for_each(|element| element.write(&mut text, 1));
    text + "</project>\n"
}

/// One dependency.
fn dependency(Dependency { group, artifact, version, kind, scope }: &Dependency) -> Element {
    // What we publish as an AAR has no jar.
    let aar = ARTIFACTS.iter().any(|ours| ours.name == artifact && ours.extension() == "aar");
    let kind = if aar { "aar" } else { kind };
    let elements = [
        ("groupId", group.as_str()),
        ("artifactId", artifact),
        ("version", version),
        ("type", kind),
        ("scope", scope),
    ];
    // Which is what it is if nothing else is said.
    let said = elements.into_iter().filter(|element| *element != ("type", "jar"));
    Element::Group("dependency", said.map(|(name, text)| Element::text(name, text)).collect())
}
