//! A host's repository to run commands in, and YAML as code hosts read it.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "a test may fail, and each test file takes what it needs"
)]

#[cfg(target_os = "linux")]
pub mod strace;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

use yaml_rust2::{Yaml, YamlLoader};

/// This repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

pub fn yaml(text: &str) -> Vec<Yaml> {
    YamlLoader::load_from_str(text).unwrap()
}

/// Every script in it.
#[allow(clippy::wildcard_enum_match_arm, reason = "of all that YAML has only these hold others")]
pub fn runs(yaml: &Yaml) -> Vec<String> {
    match yaml {
        Yaml::Hash(entries) => {
            let own = yaml["run"].as_str().map(str::to_owned);
            own.into_iter().chain(entries.values().flat_map(runs)).collect()
        }
        Yaml::Array(values) => values.iter().flat_map(runs).collect(),
        _ => Vec::new(),
    }
}

/// A repository with a policy, an app for Android, one for iOS that has what the policy makes it declare, and what the
/// documentation's commands name.
pub struct Host(tempfile::TempDir);

const POLICY: &str = r#"{ "agreement": "AGREEMENT", "categories": { "location": { "enabled": true, "purposes": ["feature"], "minimum_interval_ms": 600000 } } }"#;
const MANIFEST: &str = "<manifest xmlns:android='http://schemas.android.com/apk/res/android'>\
    <uses-permission android:name='android.permission.ACCESS_COARSE_LOCATION'/>\
    <uses-feature android:name='android.hardware.location' android:required='false'/></manifest>";

impl Host {
    pub fn new() -> Self {
        let host = Self(tempfile::tempdir().unwrap());
        let disclose = repository().join("disclose/tests");
        let golden = |file: &str| fs::read(disclose.join("golden/fuzzy-location/ios").join(file)).unwrap();
        let policy = POLICY.replace("AGREEMENT", scruple::AGREEMENT);
        let nothing = format!("{{ \"agreement\": \"{}\" }}", scruple::AGREEMENT);
        for folder in ["", "App/"] {
            for file in ["Info.plist", "PrivacyInfo.xcprivacy", "App.entitlements"] {
                host.write(&format!("{folder}{file}"), &golden(file));
            }
        }
        host.write("scruple.json", nothing.as_bytes());
        host.git();
        for name in ["scruple.json", "new.json", "App/scruple.json", "app/src/main/assets/scruple.json"] {
            host.write(name, policy.as_bytes());
        }
        host.write("old.json", nothing.as_bytes());
        host.write("app/build.gradle", b"plugins { id 'com.android.application' }");
        host.write("app/src/main/AndroidManifest.xml", MANIFEST.as_bytes());
        for apk in ["app.apk", "app-release.apk"] {
            let mut zip = zip::ZipWriter::new(fs::File::create(host.path().join(apk)).unwrap());
            zip.start_file("AndroidManifest.xml", zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(MANIFEST.as_bytes()).unwrap();
            zip.finish().unwrap();
        }
        host.write(
            "data_safety_export.csv",
            &fs::read(disclose.join("data/data_safety_stand_in.csv")).unwrap(),
        );
        let records = fs::read(repository().join("docs/examples/host-records.json")).unwrap();
        host.write("records.json", &records);
        host.write("docs/examples/host-records.json", &records);
        host.write("recorded/etc/hostname", b"recorded\n");
        for folder in [
            ".local/share/bash-completion/completions",
            ".config/elvish/lib",
            ".config/fish/completions",
            ".zfunc",
        ] {
            host.write(&format!("{folder}/other"), b"");
        }
        host
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn write(&self, path: &str, contents: &[u8]) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }

    /// What a pull request is compared with: the same repository, its policy still empty.
    fn git(&self) {
        let prepared = self.shell(
            "git init -q -b main . && git add scruple.json && \
             git -c user.name=host -c user.email=host@example.com commit -q -m policy && \
             git update-ref refs/remotes/origin/main HEAD",
        );
        assert!(prepared.status.success(), "{prepared:?}");
    }

    /// Runs a line as a person would, with the command on the path and a home of its own.
    pub fn shell(&self, line: &str) -> Output {
        self.command("sh").args(["-c", line]).output().unwrap()
    }

    pub fn command(&self, program: &str) -> Command {
        let own = Path::new(env!("CARGO_BIN_EXE_scruple")).parent().unwrap().to_owned();
        let path = env::var_os("PATH").unwrap_or_default();
        let path = env::join_paths([own].into_iter().chain(env::split_paths(&path))).unwrap();
        let mut command = Command::new(program);
        command.current_dir(self.path()).env("PATH", path).env("HOME", self.path());
        // What decides about colour is the test's to say, not the machine's: with CI even a dumb terminal has it.
        for name in ["CI", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        command
    }
}
