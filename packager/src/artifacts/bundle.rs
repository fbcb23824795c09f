//! The app as a bundle, by Google's bundletool: what a store takes, and makes each phone's APKs of.

use std::fs;
use std::path::Path;
use std::process::Command;

use anstream::println;

use super::android_sample::{BADGES, DEBUGGABLE, PASSWORD};
use super::archive::Archive;
use crate::android::ARM64;
use crate::fetched;
use crate::file::{bytes, trouble, write};
use crate::process;
use crate::sample::RESOURCES;
use crate::trouble::{Result, Trouble};

/// What comes out.
const AAB: &str = "dist/android-sample.aab";

/// Where Maven finds it.
const BUNDLETOOL: &str = "packager/tools/bundletool";

/// Libraries are mapped from the APK, as in the one beside it.
const CONFIGURATION: &str = "{\"optimizations\": {\"uncompressNativeLibraries\": \
    {\"enabled\": true, \"alignment\": \"PAGE_ALIGNMENT_16K\"}}}";

/// Makes the bundle of what the APK is made of, signs it with the APK's key, and looks at the APK that bundletool makes of it.
pub(super) fn make(dex: &[u8], libraries: &[(String, Vec<u8>)], keys: &Path, work: &Path) -> Result {
    let proto = work.join("proto.apk");
    let mut aapt2 = Command::new("aapt2");
    aapt2.args(["convert", "--output-format", "proto", "-o"]).arg(&proto);
    process::prepare(aapt2.arg(Path::new(RESOURCES).join("resources.apk")))?;
    let (base, configuration) = (work.join("base.zip"), work.join("BundleConfig.json"));
    write(&base, module(&Archive::from_bytes(&bytes(&proto)?)?, dex, libraries).into_bytes()?)?;
    write(&configuration, CONFIGURATION)?;
    bundletool(work, |tool| {
        tool.args(["build-bundle", "--overwrite"]);
        tool.arg(format!("--modules={}", base.display())).arg(format!("--output={AAB}"));
        tool.arg(format!("--config={}", configuration.display()));
    })?;
    let mut jarsigner = Command::new("jarsigner");
    jarsigner.arg("-keystore").arg(keys).args(["-storepass", PASSWORD, AAB, "debug"]);
    process::prepare(&mut jarsigner)?;
    check(keys, work)?;
    println!("{AAB}: {} bytes", bytes(Path::new(AAB))?.len());
    Ok(())
}

/// The app's only module, in the form that bundletool reads.
fn module(linked: &Archive, dex: &[u8], libraries: &[(String, Vec<u8>)]) -> Archive {
    let module = linked.files().fold(Archive::default(), |module, (name, content)| {
        let place = match name {
            "AndroidManifest.xml" => "manifest/AndroidManifest.xml".to_owned(),
            "resources.pb" => name.to_owned(),
            _ if name.starts_with("res/") || name.starts_with("assets/") => name.to_owned(),
            _ => format!("root/{name}"),
        };
        module.with(&place, content)
    });
    let module = module.with("dex/classes.dex", dex);
    libraries.iter().fold(module, |module, (name, content)| {
        module.with(&format!("lib/{}/{name}", ARM64.name), content.as_slice())
    })
}

/// Fails if a store would refuse the bundle, or if the APK for every phone is not the app.
fn check(keys: &Path, work: &Path) -> Result {
    bundletool(work, |tool| {
        tool.arg("validate").arg(format!("--bundle={AAB}"));
    })?;
    let apks = work.join("universal.apks");
    bundletool(work, |tool| {
        tool.args(["build-apks", "--overwrite", "--mode=universal", "--ks-key-alias=debug"]);
        tool.arg(format!("--bundle={AAB}")).arg(format!("--output={}", apks.display()));
        tool.arg(format!("--ks={}", keys.display())).arg(format!("--ks-pass=pass:{PASSWORD}"));
        // Its own is for one kind of machine only.
        tool.arg("--aapt2=/usr/bin/aapt2");
    })?;
    let universal = work.join("universal.apk");
    write(&universal, Archive::from_bytes(&bytes(&apks)?)?.file("universal.apk")?)?;
    let badging = process::printed(Command::new("aapt2").args(["dump", "badging"]).arg(&universal))?;
    if badging.contains(DEBUGGABLE) {
        return Err(Trouble::failed(format!("{AAB} is for testers, and a store would refuse it")));
    }
    match BADGES.iter().find(|badge| !badging.contains(**badge)) {
        None => Ok(()),
        Some(badge) => Err(Trouble::failed(format!("the APK of {AAB} does not say {badge}"))),
    }
}

/// Runs bundletool.
fn bundletool(work: &Path, arguments: impl FnOnce(&mut Command)) -> Result {
    let there = work.join("bundletool");
    fs::create_dir_all(&there).map_err(|error| trouble(&there, &error))?;
    let mut tool = fetched::java(BUNDLETOOL, &there)?;
    tool.arg("com.android.tools.build.bundletool.BundleToolMain");
    arguments(&mut tool);
    // It lists all that it found good.
    process::printed(&mut tool).map(drop)
}
