//! A Maven module as its `pom.xml` describes it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use roxmltree::Node;

use super::artifact::{GROUP, VERSION};
use super::xml;
use crate::file::read;
use crate::trouble::{Result, Trouble};

/// The modules' parent.
pub(super) const PARENT: &str = "bindings/kotlin";

/// What a host needs beside an artifact.
#[derive(Clone, Debug, PartialEq)]
pub struct Dependency {
    /// Who publishes it.
    pub group: String,
    /// Its name.
    pub artifact: String,
    /// Its version, or Maven's range of them.
    pub version: String,
    /// What its file's name ends with.
    pub kind: &'static str,
    /// `compile`, or `runtime` for what a host's code does not see.
    pub scope: String,
}

/// One module.
#[derive(Debug, PartialEq)]
pub(super) struct Module {
    /// Where it is built.
    pub(super) directory: PathBuf,
    /// What it is called.
    pub(super) name: String,
    /// What it is for.
    pub(super) description: String,
    /// What a host needs beside it.
    pub(super) dependencies: Vec<Dependency>,
}

/// What all modules' descriptions refer to.
pub(super) struct Parent {
    /// By their names.
    properties: BTreeMap<String, String>,
    /// The version of each dependency: those names are unique.
    versions: BTreeMap<String, String>,
    /// The scope of those that have one wherever they are needed.
    scopes: BTreeMap<String, String>,
}

impl Parent {
    /// Reads the parent's description.
    pub(super) fn read() -> Result<Self> {
        Self::parse(&read(&Path::new(PARENT).join("pom.xml"))?)
    }

    fn parse(pom: &str) -> Result<Self> {
        let document = xml::parse(pom)?;
        let project = document.root_element();
        if text(project, "version") != Some(VERSION) {
            return Err(Trouble::failed(format!("{PARENT}/pom.xml has another version than {VERSION}")));
        }
        let properties = properties(project);
        let managed = |said| {
            child(project, "dependencyManagement")
                .into_iter()
                .flat_map(dependencies)
                .filter_map(|node| Some((text(node, "artifactId")?.to_owned(), text(node, said)?.to_owned())))
                .collect()
        };
        Ok(Self { versions: managed("version"), scopes: managed("scope"), properties })
    }

    /// A version without references to properties.
    pub(super) fn version(&self, artifact: &str) -> Result<String> {
        let version = self.versions.get(artifact);
        let version = version
            .ok_or_else(|| Trouble::failed(format!("{PARENT}/pom.xml has no version of {artifact}")))?;
        resolved(version, &self.properties)
    }
}

impl Module {
    /// Reads a module's description.
    pub(super) fn read(name: &str, parent: &Parent) -> Result<Self> {
        let directory = Path::new(PARENT).join(name);
        Self::parse(&read(&directory.join("pom.xml"))?, directory, parent)
    }

    fn parse(pom: &str, directory: PathBuf, parent: &Parent) -> Result<Self> {
        let document = xml::parse(pom)?;
        let project = document.root_element();
        let described = |name| {
            let lacking = || Trouble::failed(format!("{}/pom.xml has no {name}", directory.display()));
            Ok(text(project, name).ok_or_else(lacking)?.to_owned())
        };
        let (name, description) = (described("name")?, described("description")?);
        let own = properties(project);
        let mut needed = Vec::new();
        for node in dependencies(project) {
            let managed = parent.scopes.get(text(node, "artifactId").unwrap_or_default());
            let scope = text(node, "scope").or(managed.map(String::as_str)).unwrap_or("compile");
            let scope = resolved(scope, &own)?;
            if ["compile", "runtime"].contains(&scope.as_str()) {
                let group = text(node, "groupId").unwrap_or_default().to_owned();
                let artifact = text(node, "artifactId").unwrap_or_default().to_owned();
                let version = match text(node, "version") {
                    // Exactly the same: what is published together has been tested together.
                    _ if group == GROUP => format!("[{VERSION}]"),
                    Some(version) => resolved(version, &parent.properties)?,
                    None => parent.version(&artifact)?,
                };
                needed.push(Dependency { group, artifact, version, kind: "jar", scope });
            }
        }
        Ok(Self { directory, name, description, dependencies: needed })
    }
}

/// The element of this name.
fn child<'a>(node: Node<'a, 'a>, name: &str) -> Option<Node<'a, 'a>> {
    node.children().find(|child| child.tag_name().name() == name)
}

/// The text of the element of this name.
fn text<'a>(node: Node<'a, 'a>, name: &str) -> Option<&'a str> {
    child(node, name)?.text()
}

/// The dependencies that a project, or its management of them, lists.
fn dependencies<'a>(node: Node<'a, 'a>) -> impl Iterator<Item = Node<'a, 'a>> {
    child(node, "dependencies").into_iter().flat_map(|list| list.children()).filter(Node::is_element)
}

/// A project's properties.
fn properties(project: Node<'_, '_>) -> BTreeMap<String, String> {
    let list = project.children().filter(|child| child.tag_name().name() == "properties");
    list.flat_map(|list| list.children().filter(Node::is_element))
        .map(|node| (node.tag_name().name().to_owned(), node.text().unwrap_or_default().to_owned()))
        .collect()
}

/// A text that may be a reference to a property.
fn resolved(text: &str, properties: &BTreeMap<String, String>) -> Result<String> {
    match text.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')) {
        None => Ok(text.to_owned()),
        Some(name) => properties
            .get(name)
            .cloned()
            .ok_or_else(|| Trouble::failed(format!("a pom.xml refers to {name}, which is no property"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parent() -> Parent {
        let pom = "<project><version>0.1.0</version><properties><kotlin.version>2.2.21</kotlin.version></properties>\
            <dependencyManagement><dependencies><dependency><groupId>org.jetbrains.kotlin</groupId>\
            <artifactId>kotlin-stdlib</artifactId><version>${kotlin.version}</version></dependency><dependency>\
            <artifactId>annotation</artifactId><version>1</version><scope>provided</scope></dependency>\
            </dependencies></dependencyManagement></project>";
        Parent::parse(pom).unwrap()
    }

    #[test]
    fn what_a_host_needs_is_taken_over_and_nothing_else() {
        let pom = "<project><name>Scruple: core</name><description>Reads.</description>\
            <properties><bindings.scope>runtime</bindings.scope></properties><dependencies>\
            <dependency><groupId>dev.scruple</groupId><artifactId>scruple-bindings</artifactId>\
            <version>${project.version}</version><scope>${bindings.scope}</scope></dependency>\
            <dependency><groupId>org.jetbrains.kotlin</groupId><artifactId>kotlin-stdlib</artifactId></dependency>\
            <dependency><groupId>net.java.dev.jna</groupId><artifactId>jna</artifactId><scope>test</scope></dependency>\
            <dependency><groupId>androidx.annotation</groupId><artifactId>annotation</artifactId></dependency>\
            </dependencies></project>";
        let dependency = |group: &str, artifact: &str, version: &str, scope: &str| Dependency {
            group: group.to_owned(),
            artifact: artifact.to_owned(),
            version: version.to_owned(),
            kind: "jar",
            scope: scope.to_owned(),
        };
        let module = Module::parse(pom, PathBuf::from("core"), &parent()).unwrap();
        let expected = [
            dependency("dev.scruple", "scruple-bindings", "[0.1.0]", "runtime"),
            dependency("org.jetbrains.kotlin", "kotlin-stdlib", "2.2.21", "compile"),
        ];
        assert_eq!((module.name.as_str(), module.description.as_str()), ("Scruple: core", "Reads."));
        assert_eq!(module.dependencies, expected);
    }

    #[test]
    fn what_is_lacking_is_named() {
        let why =
            Module::parse("<project><name>A</name></project>", PathBuf::from("core"), &parent()).unwrap_err();
        assert_eq!(why.to_string(), "core/pom.xml has no description");
        let pom = "<project><name>A</name><description>B</description><dependencies><dependency>\
            <groupId>g</groupId><artifactId>a</artifactId><version>${none}</version></dependency>\
            </dependencies></project>";
        let why = Module::parse(pom, PathBuf::from("core"), &parent()).unwrap_err();
        assert_eq!(why.to_string(), "a pom.xml refers to none, which is no property");
    }
}
