//! The app in `android-sample`, built without Gradle: its plugin for Android is in Google's repository only. Maven
//! compiles the app, aapt2 its resources, and Robolectric runs it.

mod manifest;

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::bindings;
use crate::cache;
use crate::debian;
use crate::file::{self, read, write};
use crate::kotlin;
use crate::lint;
use crate::newer_java;
use crate::process;
use crate::trouble::{Result, Trouble};

/// Where the app is.
pub(crate) const APP: &str = "android-sample";

/// Where Maven expects what aapt2 makes.
pub(crate) const RESOURCES: &str = "android-sample/target/resources";

/// The framework that resources refer to, API level 34, as the modules' build keeps it.
const FRAMEWORK: &str = "frameworks/android-all-instrumented-14-robolectric-10818077-i7.jar";

/// Compiles the app and runs its tests on three levels; one of them holds its pictures against docs/images. Lint looks at it all.
pub(crate) fn test() -> Result {
    build(&["verify"])?;
    lint::check()
}

/// Compiles the app, and gets what it is packed with.
pub(crate) fn compile() -> Result {
    build(&["process-classes", "--activate-profiles", "apk"])
}

/// What the app is packed with, once it is compiled.
pub(crate) fn tool(name: &str) -> PathBuf {
    Path::new(APP).join("target/tools").join(name)
}

/// Other people's libraries in the app, once it is compiled.
pub(crate) fn others() -> Result<Vec<PathBuf>> {
    let path = read(&Path::new(APP).join("target/runtime.classpath"))?;
    let is_ours = |jar: &PathBuf| jar.to_string_lossy().contains("/dev/scruple/");
    Ok(env::split_paths(path.trim()).filter(|jar| !is_ours(jar)).collect())
}

/// Makes everything that the app consists of, then lets Maven do the rest.
fn build(goals: &[&str]) -> Result {
    bindings::generate()?;
    kotlin::ensure_tools()?;
    let cache = format!("-Dscruple.cache={}", cache::dir()?.display());
    let java = format!("-Dnewer.java={}", newer_java::java()?.display());
    let mut library = kotlin::maven(kotlin::LIBRARY);
    library.args(["--quiet", "install", "--activate-profiles", "android", &cache]);
    process::prepare(library.args(["-Dmaven.test.skip", "-Ddokka.skip", "-Dktlint.skip"]))?;
    process::prepare(kotlin::maven(APP).args(["--quiet", "clean"]))?;
    resources()?;
    process::run(kotlin::maven(APP).args([&cache, &java]).args(goals))
}

/// Makes R.java, the resource table and the merged manifest.
fn resources() -> Result {
    debian::ensure_from("aapt", "aapt2")?;
    let out = Path::new(RESOURCES);
    let merged = out.join("AndroidManifest.xml");
    write(
        &merged,
        &manifest::merged(&read(&Path::new(APP).join("src/main/AndroidManifest.xml"))?, modules()?)?,
    )?;
    let compiled = out.join("compiled.zip");
    let mut compile = Command::new("aapt2");
    process::prepare(compile.args(["compile", "--dir", "android-sample/src/main/res", "-o"]).arg(&compiled))?;
    let mut link = Command::new("aapt2");
    link.arg("link").arg("-I").arg(cache::dir()?.join(FRAMEWORK));
    link.arg("--manifest").arg(merged).args(["-A", "android-sample/src/main/assets"]);
    link.arg("--proguard").arg(out.join("keep.pro"));
    link.arg("--java").arg(out.join("java")).arg("-o").arg(out.join("resources.apk")).arg(compiled);
    process::prepare(&mut link)
}

/// The manifests of the library's modules, as their AARs have them.
fn modules() -> Result<Vec<String>> {
    let library = file::entries(Path::new(kotlin::LIBRARY))?;
    let mut manifests: Vec<_> =
        library.iter().map(|module| module.join("src/main/AndroidManifest.xml")).collect();
    manifests.retain(|manifest| manifest.exists());
    if manifests.is_empty() {
        return Err(Trouble::failed("no module has a manifest"));
    }
    manifests.iter().map(|manifest| read(manifest)).collect()
}
