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
use crate::maven;
use crate::newer_java;
use crate::process;
use crate::trouble::{Result, Trouble};

/// Where the app is.
pub const APP: &str = "android-sample";

/// Where Maven expects what aapt2 makes.
pub const RESOURCES: &str = "android-sample/target/resources";

/// There, of a build for testers.
pub(crate) const DEBUGGABLE: &str = "resources-debuggable.apk";

/// The framework that resources refer to, API level 34, as the modules' build keeps it.
const FRAMEWORK: &str = "frameworks/android-all-instrumented-14-robolectric-10818077-i7.jar";

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
pub fn build(goals: &[&str]) -> Result {
    bindings::generate()?;
    maven::ensure()?;
    let cache = format!("-Dscruple.cache={}", cache::dir()?.display());
    let java = format!("-Dnewer.java={}", newer_java::java()?.display());
    let mut library = maven::command(maven::LIBRARY);
    library.args(["--quiet", "install", "--activate-profiles", "android", &cache]);
    process::prepare(library.args(["-Dmaven.test.skip", "-Dktlint.skip"]))?;
    process::prepare(maven::command(APP).args(["--quiet", "clean"]))?;
    resources()?;
    process::run(maven::command(APP).args([&cache, &java]).args(goals))
}

/// Makes R.java, the merged manifest, and the resource table of both builds.
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
    let framework = cache::dir()?.join(FRAMEWORK);
    let link = |linked: &str| {
        let mut link = Command::new("aapt2");
        link.arg("link").arg("-I").arg(&framework);
        link.arg("--manifest").arg(&merged).args(["-A", "android-sample/src/main/assets"]);
        link.arg("-o").arg(out.join(linked)).arg(&compiled);
        link
    };
    process::prepare(link(DEBUGGABLE).arg("--debug-mode"))?;
    let mut release = link("resources.apk");
    release.arg("--proguard").arg(out.join("keep.pro")).arg("--java").arg(out.join("java"));
    process::prepare(&mut release)
}

/// The manifests of the library's modules, as their AARs have them.
fn modules() -> Result<Vec<String>> {
    let library = file::entries(Path::new(maven::LIBRARY))?;
    let mut manifests: Vec<_> =
        library.iter().map(|module| module.join("src/main/AndroidManifest.xml")).collect();
    manifests.retain(|manifest| manifest.exists());
    if manifests.is_empty() {
        return Err(Trouble::failed("no module has a manifest"));
    }
    manifests.iter().map(|manifest| read(manifest)).collect()
}
