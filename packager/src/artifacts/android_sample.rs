//! `cargo xtask package android-sample`: the app in `android-sample`, signed, made without Android's SDK.

use std::fs::{self, File};
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use anstream::println;
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::android::{self, REPOSITORY};
use super::archive::Archive;
use super::artifact::{ARTIFACTS, Form, MIN_SDK};
use super::bundle;
use super::repository::Repository;
use crate::android::ARM64;
use crate::debian;
use crate::file::{self, bytes, trouble, write};
use crate::maven;
use crate::process;
use crate::sample::{self, APP, RESOURCES};
use crate::trouble::{Result, Trouble};

/// What comes out.
const APK: &str = "dist/android-sample.apk";

/// Of a key that is made anew each time.
pub(super) const PASSWORD: &str = "android";

/// What is made on the way.
const WORK: &str = "target/package/android-sample";

/// For tests only.
const NOT_IN_APPS: &str = "scruple-testing";

/// What Android's plugin tells R8 by itself, as far as it matters here: coroutines name an annotation of `androidx`.
const PLUGIN: &str = "-dontwarn androidx.**\n";

/// What native code looks up by name, and Android by the manifest: R8 must have left it alone.
const FOUND_BY_NAME: [&str; 6] = [
    "Lcom/sun/jna/Native;",
    "Ldev/scruple/android/NativeContext;",
    "Ldev/scruple/sample/MainActivity;",
    "Ldev/scruple/sample/MiniProgramActivity;",
    "Ldev/scruple/sample/SampleApplication;",
    "Ldev/scruple/sharedconsent/ConsentService;",
];

/// What aapt2 says of the app when it is as it should be.
pub(super) const BADGES: [&str; 5] = [
    "package: name='dev.scruple.sample'",
    "sdkVersion:'23'",
    "targetSdkVersion:'36'",
    "launchable-activity: name='dev.scruple.sample.MainActivity'",
    "native-code: 'arm64-v8a'",
];

/// What aapt2 says of a build for testers, which takes orders from `adb`: the APK is one, and the bundle for stores is not.
pub(super) const DEBUGGABLE: &str = "application-debuggable";

/// A page of memory, at most: libraries that are mapped from the APK begin on one.
const PAGE: u16 = 16 * 1024;

/// Packs the library, and the app with it.
pub fn run() -> Result {
    android::pack()?;
    make()
}

/// Makes the app of the library's artifacts as they were packed.
pub fn make() -> Result {
    sample::compile()?;
    debian::ensure("apksigner")?;
    let work = Path::new(WORK);
    file::remove(work)?;
    let parts = Parts::unpack(work)?;
    let unsigned = work.join("unsigned.apk");
    let dex = parts.dex(work)?;
    write(&unsigned, assembled(&dex, &parts.libraries)?)?;
    let keys = work.join("debug.keystore");
    sign(&unsigned, &keys)?;
    check()?;
    println!("{APK}: {} bytes", bytes(Path::new(APK))?.len());
    bundle::make(&dex, &parts.libraries, &keys, work)
}

/// What the app is made of, beside its resources.
#[derive(Default)]
struct Parts {
    /// Classes.
    jars: Vec<PathBuf>,
    /// What R8 must leave alone.
    rules: Vec<PathBuf>,
    /// Libraries of the phone's processor, by their names.
    libraries: Vec<(String, Vec<u8>)>,
}

impl Parts {
    /// Takes the artifacts apart, as Gradle's plugin would.
    fn unpack(work: &Path) -> Result<Self> {
        let mut parts = Self::default();
        let app = work.join("app.jar");
        write(&app, Archive::default().with_tree(&Path::new(APP).join("target/classes"))?.into_jar()?)?;
        parts.jars.push(app);
        parts.rules.push(Path::new(RESOURCES).join("keep.pro"));
        let plugin = work.join("plugin.pro");
        write(&plugin, PLUGIN)?;
        parts.rules.push(plugin);
        for artifact in ARTIFACTS.iter().filter(|artifact| artifact.name != NOT_IN_APPS) {
            let ending = format!(".{}", artifact.extension());
            let file = Repository::place(Path::new(REPOSITORY), artifact.name, &ending);
            match artifact.form {
                Form::Jar => parts.jars.push(file),
                Form::Aar { .. } => parts.add(&file, &work.join(artifact.name))?,
            }
        }
        parts.add(&sample::tool("jna.aar"), &work.join("jna"))?;
        parts.jars.extend(sample::others()?);
        Ok(parts)
    }

    /// Adds what is in an AAR.
    fn add(&mut self, aar: &Path, to: &Path) -> Result {
        let aar = Archive::from_bytes(&bytes(aar)?)?;
        let directory = format!("jni/{}/", ARM64.name);
        for (name, content) in aar.files() {
            let place = to.join(name);
            if name == "classes.jar" {
                write(&place, content)?;
                self.jars.push(place);
            } else if name == "proguard.txt" {
                write(&place, content)?;
                self.rules.push(place);
            } else if let Some(library) = name.strip_prefix(&directory) {
                self.libraries.push((library.to_owned(), content.to_vec()));
            }
        }
        Ok(())
    }

    /// Lets R8 leave out what is not used and write the rest for Android.
    fn dex(&self, work: &Path) -> Result<Vec<u8>> {
        let out = work.join("dex");
        fs::create_dir_all(&out).map_err(|error| trouble(&out, &error))?;
        let mut r8 = Command::new("java");
        r8.args(maven::BRIEF).arg("-Xmx2g");
        r8.arg("-cp").arg(sample::tool("r8.jar")).arg("com.android.tools.r8.R8");
        r8.args(["--release", "--min-api", &MIN_SDK.to_string(), "--lib"]).arg(maven::java_home()?);
        // Robolectric's framework, which leaves `java` to the JVM.
        r8.arg("--classpath").arg(sample::tool("android.jar")).arg("--output").arg(&out);
        for rules in &self.rules {
            r8.arg("--pg-conf").arg(rules);
        }
        process::prepare(r8.args(&self.jars))?;
        let dex = bytes(&out.join("classes.dex"))?;
        match FOUND_BY_NAME.iter().find(|name| !dex.windows(name.len()).any(|part| part == name.as_bytes())) {
            None => Ok(dex),
            Some(name) => Err(Trouble::failed(format!("R8 left {name} out"))),
        }
    }
}

/// The APK without its signature: resources, code and libraries.
fn assembled(dex: &[u8], libraries: &[(String, Vec<u8>)]) -> Result<Vec<u8>> {
    let resources = bytes(&Path::new(RESOURCES).join(sample::DEBUGGABLE))?;
    let made = || -> ZipResult<Vec<u8>> {
        let options = SimpleFileOptions::default().last_modified_time(DateTime::DEFAULT);
        let deflated = options.compression_method(CompressionMethod::Deflated);
        let stored = options.compression_method(CompressionMethod::Stored);
        let mut apk = ZipWriter::new(Cursor::new(Vec::new()));
        let mut linked = ZipArchive::new(Cursor::new(resources))?;
        for index in 0..linked.len() {
            let mut file = linked.by_index(index)?;
            // What aapt2 stored, Android maps into memory, in steps of four bytes.
            let mapped = file.compression() == CompressionMethod::Stored;
            let options = if mapped { stored.with_alignment(4) } else { deflated };
            apk.start_file(file.name(), options)?;
            let mut content = Vec::new();
            file.read_to_end(&mut content)?;
            apk.write_all(&content)?;
        }
        apk.start_file("classes.dex", deflated)?;
        apk.write_all(dex)?;
        for (name, content) in libraries {
            apk.start_file(format!("lib/{}/{name}", ARM64.name), stored.with_alignment(PAGE))?;
            apk.write_all(content)?;
        }
        Ok(apk.finish()?.into_inner())
    };
    made().map_err(|error| Trouble::failed(format!("the APK could not be made: {error}")))
}

/// Signs with a key that is made for it: who wants another signs anew.
fn sign(unsigned: &Path, keys: &Path) -> Result {
    let mut keytool = Command::new("keytool");
    keytool.args([
        "-genkeypair",
        "-alias",
        "debug",
        "-keyalg",
        "RSA",
        "-keysize",
        "2048",
        "-validity",
        "10000",
    ]);
    keytool.args(["-dname", "CN=Scruple sample", "-storepass", PASSWORD, "-keypass", PASSWORD]);
    process::prepare(keytool.arg("-keystore").arg(keys))?;
    let mut apksigner = Command::new("apksigner");
    apksigner.args(["sign", "--ks-pass", &format!("pass:{PASSWORD}"), "--ks"]).arg(keys);
    process::prepare(apksigner.arg("--out").arg(APK).arg(unsigned))
}

/// Fails if a phone would refuse the APK.
fn check() -> Result {
    let mut apksigner = Command::new("apksigner");
    let verified = process::printed(apksigner.args(["verify", "--verbose", APK]))?;
    for scheme in ["v1", "v2", "v3"] {
        let words =
            verified.lines().find(|line| line.starts_with(&format!("Verified using {scheme} scheme")));
        if !words.is_some_and(|line| line.ends_with(": true")) {
            return Err(Trouble::failed(format!("{APK} is not signed by scheme {scheme}")));
        }
    }
    let badging = process::printed(Command::new("aapt2").args(["dump", "badging", APK]))?;
    let mut badges = BADGES.iter().chain([&DEBUGGABLE]);
    if let Some(badge) = badges.find(|badge| !badging.contains(**badge)) {
        return Err(Trouble::failed(format!("{APK} does not say {badge}")));
    }
    let apk = File::open(APK).map_err(|error| trouble(Path::new(APK), &error))?;
    aligned(apk).map_err(|error| Trouble::failed(format!("{APK}: {error}")))?
}

/// Whether what Android maps into memory lies where it can.
fn aligned(apk: File) -> ZipResult<Result> {
    let mut apk = ZipArchive::new(apk)?;
    let mut libraries = 0;
    for index in 0..apk.len() {
        let file = apk.by_index(index)?;
        let library = file.name().ends_with(".so");
        let step = match file.name() {
            "resources.arsc" => 4,
            _ if library => u64::from(PAGE),
            _ => continue,
        };
        libraries += usize::from(library);
        if file.compression() != CompressionMethod::Stored
            || file.data_start().is_none_or(|at| at % step != 0)
        {
            return Ok(Err(Trouble::failed(format!("{} does not lie at {step} bytes", file.name()))));
        }
    }
    // Ours and JNA's.
    Ok(if libraries == 2 { Ok(()) } else { Err(Trouble::failed(format!("it has {libraries} libraries"))) })
}
