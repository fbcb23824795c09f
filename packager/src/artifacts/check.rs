//! What a host's developer and a privacy officer would look for in the artifacts.

use std::path::Path;

use super::aar;
use super::android::REPOSITORY;
use super::archive::Archive;
use super::artifact::{ARTIFACTS, Artifact, Form, MIN_SDK};
use super::classes;
use super::repository::Repository;
use crate::file::bytes;
use crate::trouble::{Result, Trouble};

/// How Android calls what the agreement does not list: nobody refers to it, and JNI would have to by its name.
const FORBIDDEN: &[&str] = &[
    "ANDROID_ID",
    "android_id",
    "AdvertisingId",
    "FINGERPRINT",
    "SERIAL",
    "getAddress",
    "getBSSID",
    "getDeviceId",
    "getHardwareAddress",
    "getIccId",
    "getImei",
    "getInetAddresses",
    "getInstalledApplications",
    "getInstalledPackages",
    "getLine1Number",
    "getMacAddress",
    "getMeid",
    "getSerial",
    "getSimSerialNumber",
    "getSubscriberId",
    "MediaDrm",
    "ro.serialno",
];

/// Looks at every artifact of the repository.
pub(super) fn repository() -> Result {
    for artifact in ARTIFACTS {
        let path =
            Repository::place(Path::new(REPOSITORY), artifact.name, &format!(".{}", artifact.extension()));
        look(artifact, &bytes(&path)?)
            .map_err(|why| Trouble::failed(format!("{}: {why}", path.display())))?;
    }
    Ok(())
}

/// Looks at one artifact.
fn look(artifact: &Artifact, bytes: &[u8]) -> Result {
    let archive = Archive::from_bytes(bytes)?;
    match &artifact.form {
        Form::Jar => jar(&archive),
        Form::Aar { namespace, native, declares } => {
            parts(&archive, *native)?;
            manifest(&archive, namespace, declares)?;
            jar(&Archive::from_bytes(archive.file("classes.jar")?)?)?;
            libraries(&archive)
        }
    }
}

/// Fails if an AAR lacks a part, or has one that it should not have.
fn parts(aar: &Archive, native: bool) -> Result {
    let notices = native.then_some(aar::NOTICES);
    let ends = [aar::METADATA, "R.txt", "classes.jar", "proguard.txt"];
    let expected: Vec<_> = ["AndroidManifest.xml"].into_iter().chain(notices).chain(ends).collect();
    let names: Vec<_> = aar.names().filter(|name| !name.starts_with("jni/")).collect();
    if names != expected {
        return Err(Trouble::failed(format!("it consists of {names:?}, and should of {expected:?}")));
    }
    match aar.names().any(|name| name.starts_with("jni/")) {
        true if !native => Err(Trouble::failed("it has a library, which only the base should have")),
        false if native => Err(Trouble::failed("it has no library")),
        _ => Ok(()),
    }
}

/// Fails if a manifest declares anything else than is meant.
fn manifest(aar: &Archive, namespace: &str, declares: &[&str]) -> Result {
    let text = String::from_utf8_lossy(aar.file("AndroidManifest.xml")?);
    let declared = aar::declared(&text)?;
    let expected: Vec<_> = declares
        .iter()
        .map(|&line| line.to_owned())
        .chain([format!("uses-sdk minSdkVersion={MIN_SDK}")])
        .collect();
    if aar::namespace(&text)?.as_deref() != Some(namespace) {
        Err(Trouble::failed(format!("its manifest's package is not {namespace}")))
    } else if declared != expected {
        Err(Trouble::failed(format!("its manifest declares {declared:?}, and should {expected:?}")))
    } else {
        Ok(())
    }
}

/// Fails if a class refers to what is forbidden.
fn jar(jar: &Archive) -> Result {
    let mut seen = 0;
    for (name, bytes) in jar.files().filter(|(name, _)| name.ends_with(".class")) {
        seen += 1;
        for text in classes::texts(bytes)? {
            if let Some(word) = FORBIDDEN.iter().find(|word| text.contains(*word)) {
                return Err(Trouble::failed(format!("{name} refers to {word}")));
            }
        }
    }
    if seen > 0 { Ok(()) } else { Err(Trouble::failed("there is no class in it")) }
}

/// Fails if a library could name what is forbidden.
fn libraries(aar: &Archive) -> Result {
    for (name, bytes) in aar.files().filter(|(name, _)| name.starts_with("jni/")) {
        let holds = |word: &&&str| bytes.windows(word.len()).any(|window| window == word.as_bytes());
        if let Some(word) = FORBIDDEN.iter().find(holds) {
            return Err(Trouble::failed(format!("{name} has the text {word}")));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NFC: Artifact = Artifact {
        name: "scruple-nfc",
        form: Form::Aar {
            namespace: "dev.scruple.nfc",
            native: true,
            declares: &["uses-permission name=android.permission.NFC"],
        },
    };

    /// A class file with one text in its pool.
    fn class(text: &str) -> Vec<u8> {
        let length = u16::try_from(text.len()).unwrap().to_be_bytes();
        [b"\xCA\xFE\xBA\xBE\0\0\0\x37\0\x02\x01", length.as_slice(), text.as_bytes()].concat()
    }

    /// An artifact as it should be, apart from what is changed.
    fn why(change: impl FnOnce(Archive) -> Archive, text: &str) -> Option<String> {
        let manifest = "<manifest xmlns:a=\"A\" package=\"dev.scruple.nfc\"><uses-sdk a:minSdkVersion=\"21\"/>\
            <uses-permission a:name=\"android.permission.NFC\"/></manifest>";
        let jar = Archive::default().with("a/B.class", class(text)).into_jar().unwrap();
        let aar = Archive::default()
            .with("AndroidManifest.xml", manifest)
            .with(aar::METADATA, "")
            .with(aar::NOTICES, "")
            .with("R.txt", "")
            .with("classes.jar", jar)
            .with("jni/arm64-v8a/libscruple_ffi.so", "getSimOperator")
            .with("proguard.txt", "");
        look(&NFC, &change(aar).into_bytes().unwrap()).err().map(|trouble| trouble.to_string())
    }

    #[test]
    fn a_forbidden_name_is_found_in_classes_and_in_libraries() {
        assert_eq!(why(|aar| aar, "getSimOperator"), None);
        for word in FORBIDDEN {
            let text = format!("Landroid/{word};");
            assert_eq!(why(|aar| aar, &text), Some(format!("a/B.class refers to {word}")));
            let found = why(|aar| aar.with("jni/x86_64/libscruple_ffi.so", text.as_str()), "");
            assert_eq!(found, Some(format!("jni/x86_64/libscruple_ffi.so has the text {word}")));
        }
    }

    #[test]
    fn a_permission_more_and_one_less_are_found() {
        let declares = |permissions: &str| {
            let manifest = format!(
                "<manifest xmlns:a=\"A\" package=\"dev.scruple.nfc\"><uses-sdk a:minSdkVersion=\"21\"/>{permissions}</manifest>"
            );
            why(|aar| aar.with("AndroidManifest.xml", manifest), "").unwrap()
        };
        assert!(declares("").contains("its manifest declares [\"uses-sdk"));
        let more = declares("<uses-permission a:name=\"android.permission.CAMERA\"/>");
        assert!(more.contains("CAMERA"), "{more}");
        let other = why(|aar| aar.with("AndroidManifest.xml", "<manifest package=\"a\"/>"), "");
        assert_eq!(other.as_deref(), Some("its manifest's package is not dev.scruple.nfc"));
    }

    #[test]
    fn another_part_and_no_classes_are_found() {
        let more = why(|aar| aar.with("assets/file", ""), "").unwrap();
        assert!(more.contains("assets/file"), "{more}");
        let empty = Archive::default().into_jar().unwrap();
        assert_eq!(why(|aar| aar.with("classes.jar", empty), "").as_deref(), Some("there is no class in it"));
    }
}
