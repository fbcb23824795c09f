//! An AAR: what Android's build takes a library from.

use super::archive::Archive;
use super::xml;
use crate::trouble::Result;

/// Where Android's build looks for what it has to fulfil.
pub(super) const METADATA: &str = "META-INF/com/android/build/gradle/aar-metadata.properties";

/// Where it says what in its library others wrote.
pub(super) const NOTICES: &str = "META-INF/THIRD-PARTY-NOTICES.txt";

/// Nothing: the oldest plugin and the oldest SDK will do.
const DEMANDS: &str = "\
aarFormatVersion=1.0
aarMetadataVersion=1.0
coreLibraryDesugaringEnabled=false
minAndroidGradlePluginVersion=1.0.0
minCompileSdk=1
minCompileSdkExtension=0
";

/// What an AAR is made of.
pub(super) struct Parts<'a> {
    /// What it declares.
    pub(super) manifest: String,
    /// Its classes, a jar.
    pub(super) classes: Vec<u8>,
    /// What R8 must leave alone in an app that uses it.
    pub(super) rules: String,
    /// What in the libraries others wrote.
    pub(super) notices: Option<String>,
    /// A library for each kind of processor: its name, and the bytes.
    pub(super) libraries: Vec<(&'a str, Vec<u8>)>,
}

/// Packs an AAR.
pub(super) fn pack(parts: Parts<'_>) -> Result<Vec<u8>> {
    let archive = Archive::default()
        .with("AndroidManifest.xml", parts.manifest)
        .with("classes.jar", parts.classes)
        // It has no resources.
        .with("R.txt", "")
        .with("proguard.txt", parts.rules)
        .with(METADATA, DEMANDS);
    let archive = parts.notices.into_iter().fold(archive, |archive, text| archive.with(NOTICES, text));
    let add = |archive: Archive, (abi, bytes): (&str, Vec<u8>)| archive.with(&library(abi), bytes);
    parts.libraries.into_iter().fold(archive, add).into_bytes()
}

/// Where the library for a kind of processor is.
pub(super) fn library(abi: &str) -> String {
    format!("jni/{abi}/libscruple_ffi.so")
}

/// What a manifest declares: an element and its attributes a line, sorted.
pub(super) fn declared(manifest: &str) -> Result<Vec<String>> {
    let document = xml::parse(manifest)?;
    let elements = document.root_element().descendants().skip(1).filter(roxmltree::Node::is_element);
    let mut lines: Vec<_> = elements
        .map(|element| {
            let mut words: Vec<_> = element
                .attributes()
                .map(|attribute| format!("{}={}", attribute.name(), attribute.value()))
                .collect();
            words.sort();
            words.insert(0, element.tag_name().name().to_owned());
            words.join(" ")
        })
        .collect();
    lines.sort();
    Ok(lines)
}

/// The package that a manifest states.
pub(super) fn namespace(manifest: &str) -> Result<Option<String>> {
    Ok(xml::parse(manifest)?.root_element().attribute("package").map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = "\
<manifest xmlns:android=\"http://schemas.android.com/apk/res/android\" package=\"a.b\">
    <!-- Why. -->
    <uses-permission android:name=\"P\" android:maxSdkVersion=\"30\"/>
    <application>
        <provider android:name=\"Q\"/>
    </application>
</manifest>
";

    #[test]
    fn everything_that_a_manifest_declares_is_seen() {
        let expected = ["application", "provider name=Q", "uses-permission maxSdkVersion=30 name=P"];
        assert_eq!(declared(MANIFEST).unwrap(), expected);
        assert_eq!(namespace(MANIFEST).unwrap().as_deref(), Some("a.b"));
    }

    #[test]
    fn an_aar_has_all_its_parts() {
        let parts = Parts {
            manifest: MANIFEST.to_owned(),
            classes: b"classes".to_vec(),
            rules: "-keep class a.b.C".to_owned(),
            notices: Some("MIT".to_owned()),
            libraries: vec![("arm64-v8a", b"library".to_vec())],
        };
        let aar = Archive::from_bytes(&pack(parts).unwrap()).unwrap();
        let names = [
            "AndroidManifest.xml",
            NOTICES,
            METADATA,
            "R.txt",
            "classes.jar",
            "jni/arm64-v8a/libscruple_ffi.so",
            "proguard.txt",
        ];
        assert!(aar.names().eq(names));
        assert_eq!(aar.file("jni/arm64-v8a/libscruple_ffi.so").unwrap(), b"library");
    }
}
