//! `cargo xtask package android`: the library for phones, and everything around it, as a Maven repository.

use std::fs;
use std::path::Path;

use anstream::println;

use super::aar::{self, Parts};
use super::archive::Archive;
use super::artifact::{ARTIFACTS, Artifact, Form};
use super::module::{Module, Parent};
use super::pom;
use super::repository::{self, Repository};
use super::sbom;
use super::table::{Line, Table};
use crate::android::{self, ABIS, Abi, Library};
use crate::bindings;
use crate::file::{bytes, read, trouble};
use crate::linked::ANDROID;
use crate::maven;
use crate::notices;
use crate::process;
use crate::trouble::Result;

/// The repository that hosts use.
pub(super) const REPOSITORY: &str = "dist/maven";

/// Where the second packing goes.
const AGAIN: &str = "target/package/maven";

/// The libraries with their symbols.
const SYMBOLS: &str = "dist/symbols";

/// The module that consists of what UniFFI generates.
const BINDINGS: &str = "scruple-bindings";

/// What that is.
const GENERATED: &str = "dev/scruple/bindings/scruple.kt";

/// Makes the artifacts and says how large they are.
pub fn run() -> Result {
    pack()?.print();
    Ok(())
}

/// What was packed: the library, for each kind of processor.
pub(super) struct Packed(Vec<(&'static Abi, Library)>);

/// Compiles every module that is packed, and its documentation.
pub fn compile() -> Result {
    bindings::generate()?;
    let names: Vec<_> = ARTIFACTS.iter().map(|artifact| artifact.name).collect();
    maven::ensure()?;
    let mut maven = maven::command(maven::LIBRARY);
    // The compiler leaves the classes of files that are no more, which would be packed.
    maven.args(["--activate-profiles", "android", "clean", "package", "--also-make"]);
    // Tests are the other stages' part, and so are the frameworks that they run in.
    maven.args(["-Dmaven.test.skip", "-Dmdep.skip", "-Ddokka.skip=false"]);
    process::run(maven.arg("--projects").arg(names.join(",")))
}

/// Builds everything and packs it.
pub(super) fn pack() -> Result<Packed> {
    let libraries = ABIS.iter().map(|abi| Ok((abi, android::build(abi)?))).collect::<Result<_>>();
    let packed = Packed(libraries?);
    compile()?;
    packed.fill(Path::new(REPOSITORY))?;
    packed.keep_symbols()?;
    packed.0.iter().try_for_each(|(abi, library)| android::weigh(abi, library))?;
    Ok(packed)
}

impl Packed {
    /// Packs once more and fails if anything is different.
    pub(super) fn check_again(&self) -> Result {
        let again = Path::new(AGAIN);
        self.fill(again)?;
        repository::compare(Path::new(REPOSITORY), again)
    }

    /// Makes the repository.
    fn fill(&self, root: &Path) -> Result {
        let repository = Repository::create(root)?;
        let parent = Parent::read()?;
        for artifact in ARTIFACTS {
            let module = Module::read(artifact.name, &parent)?;
            let classes =
                Archive::default().with_tree(&module.directory.join("target/classes"))?.into_jar()?;
            let main = match artifact.form {
                Form::Jar => classes,
                Form::Aar { native, .. } => self.aar(&module, classes, native)?,
            };
            repository.add(artifact.name, &format!(".{}", artifact.extension()), main)?;
            repository.add(artifact.name, "-sources.jar", sources(&module)?)?;
            repository.add(artifact.name, "-javadoc.jar", documentation(&module)?)?;
            repository.add(artifact.name, ".pom", pom::of(artifact, &module, &parent)?)?;
        }
        repository.add(pom::BOM, ".pom", pom::bom())?;
        sbom::add(&repository, root)?;
        repository.finish()
    }

    /// Packs a module's AAR.
    fn aar(&self, module: &Module, classes: Vec<u8>, native: bool) -> Result<Vec<u8>> {
        let rules = module.directory.join("consumer-rules.pro");
        let library = |(abi, library): &(&'static Abi, Library)| Ok((abi.name, bytes(&library.stripped)?));
        aar::pack(Parts {
            manifest: read(&module.directory.join("src/main/AndroidManifest.xml"))?,
            classes,
            // Most have nothing that R8 could break.
            rules: if rules.exists() { read(&rules)? } else { String::new() },
            notices: native.then(|| notices::of(&ANDROID)).transpose()?,
            libraries: self.0.iter().filter(|_| native).map(library).collect::<Result<_>>()?,
        })
    }

    /// Puts the libraries with their symbols where they are kept.
    fn keep_symbols(&self) -> Result {
        for (abi, library) in &self.0 {
            let directory = Path::new(SYMBOLS).join(abi.name);
            let copied = fs::create_dir_all(&directory).and_then(|()| {
                fs::copy(&library.symbols, directory.join(library.symbols.file_name().unwrap_or_default()))
            });
            copied.map_err(|error| trouble(&directory, &error))?;
        }
        Ok(())
    }

    /// Prints the table.
    pub(super) fn print(&self) {
        println!("{}", self.table());
    }

    fn table(&self) -> Table {
        let size = |path: &Path| fs::metadata(path).map(|data| data.len()).map_err(|error| error.to_string());
        let line = |what: &str, path: &Path| Line {
            what: what.to_owned(),
            file: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            size: size(path),
        };
        let main = |artifact: &Artifact| {
            let ending = format!(".{}", artifact.extension());
            line(artifact.name, &Repository::place(Path::new(REPOSITORY), artifact.name, &ending))
        };
        let libraries = self.0.iter().map(|(abi, library)| line(abi.name, &library.stripped));
        Table(ARTIFACTS.iter().map(main).chain(libraries).collect())
    }
}

/// A jar of a module's sources. What UniFFI generates lies elsewhere, and belongs to the module that consists of it.
fn sources(module: &Module) -> Result<Vec<u8>> {
    let mut archive = Archive::default().with_tree(&module.directory.join("src/main/kotlin"))?;
    if module.directory.ends_with(BINDINGS) {
        archive = archive.with(GENERATED, read(&Path::new(bindings::OUT).join("kotlin").join(GENERATED))?);
    }
    archive.into_jar()
}

/// A jar of a module's documentation, or of a word that there is none.
fn documentation(module: &Module) -> Result<Vec<u8>> {
    if module.directory.ends_with(BINDINGS) {
        Archive::default().with("README", "Generated code, which a host does not see.\n").into_jar()
    } else {
        Archive::default().with_tree(&module.directory.join("target/dokka"))?.into_jar()
    }
}
