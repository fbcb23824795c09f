//! No parser panics on a file that was cut, doubled or overwritten somewhere.

use proptest::prelude::*;

use super::parsers;

/// A parser's name, the parser, and a file that it reads.
type Parser = (&'static str, fn(&[u8]), &'static [u8]);

const PARSERS: [Parser; 18] = [
    ("manifest", parsers::manifest, include_bytes!("../../tests/files/binary-manifest.xml")),
    ("axml", parsers::axml, include_bytes!("../../tests/files/binary-manifest.axml")),
    ("plist", parsers::plist, include_bytes!("../../tests/files/Info.plist")),
    ("bplist", parsers::bplist, include_bytes!("../../tests/files/sample.bplist")),
    ("openstep", parsers::openstep, include_bytes!("../../tests/files/project.pbxproj")),
    ("xcconfig", parsers::xcconfig, include_bytes!("../../tests/files/App.xcconfig")),
    ("xcstrings", parsers::xcstrings, include_bytes!("../../tests/files/InfoPlist.xcstrings")),
    ("gradle", parsers::gradle, include_bytes!("../../tests/files/build.gradle.kts")),
    ("archive", parsers::archive, include_bytes!("../../tests/files/sample.zip")),
    ("project", parsers::project, include_bytes!("../../tests/files/project.pbxproj")),
    ("specification", parsers::specification, include_bytes!("../../tests/files/project.yml")),
    ("package", parsers::package, include_bytes!("../../tests/files/Package.swift")),
    ("aab", parsers::aab, include_bytes!("../../tests/files/binary-manifest.axml")),
    (
        "privacy manifest",
        parsers::privacy_manifest,
        include_bytes!("../../tests/files/PrivacyInfo.xcprivacy"),
    ),
    ("program", parsers::program, include_bytes!("../../tests/files/sample.macho")),
    ("profile", parsers::profile, include_bytes!("../../tests/files/sample.mobileprovision")),
    ("source", parsers::source, include_bytes!("../../tests/files/sample.swift")),
    ("module", parsers::module, include_bytes!("../../tests/files/binary-manifest.xml")),
];

/// One change of a file.
#[derive(Debug, Clone)]
enum Change {
    Overwrite(prop::sample::Index, Vec<u8>),
    Cut(prop::sample::Index),
    Double(prop::sample::Index, prop::sample::Index),
}

fn change() -> impl Strategy<Value = Change> {
    let index = any::<prop::sample::Index>;
    prop_oneof![
        (index(), prop::collection::vec(any::<u8>(), 1..5))
            .prop_map(|(at, bytes)| Change::Overwrite(at, bytes)),
        // What a number at its end, or a quote too many, does.
        (index(), prop::sample::select(vec![0_u8, 0xff, 0x7f, b'"', b'<', b'{', b'$', b'\n']))
            .prop_map(|(at, byte)| Change::Overwrite(at, vec![byte; 4])),
        index().prop_map(Change::Cut),
        (index(), index()).prop_map(|(from, to)| Change::Double(from, to)),
    ]
}

fn changed(file: &[u8], changes: &[Change]) -> Vec<u8> {
    let mut bytes = file.to_vec();
    for change in changes.iter().filter(|_| !file.is_empty()) {
        let at = |index: &prop::sample::Index, bytes: &[u8]| index.index(bytes.len().max(1)).min(bytes.len());
        match change {
            Change::Overwrite(index, with) => {
                let start = at(index, &bytes);
                let end = (start + with.len()).min(bytes.len());
                bytes.splice(start..end, with.iter().copied());
            }
            Change::Cut(index) => bytes.truncate(at(index, &bytes)),
            Change::Double(from, to) => {
                let (from, to) = (at(from, &bytes), at(to, &bytes));
                let part = bytes[from.min(to)..from.max(to)].to_vec();
                bytes.splice(to..to, part);
            }
        }
    }
    bytes
}

proptest! {
    #[test]
    fn no_parser_panics_on_a_changed_file(changes in prop::collection::vec(change(), 1..6)) {
        for (_, parse, file) in PARSERS {
            parse(&changed(file, &changes));
        }
    }

    #[test]
    fn no_parser_panics_on_anything(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for (_, parse, _) in PARSERS {
            parse(&bytes);
        }
    }
}

/// The control: the files are what their parsers take, so that a change of them goes deep.
#[test]
fn the_files_are_read() {
    use super::macho::Program;
    use super::{archive, axml, bplist, manifest, openstep, plist, yaml};
    let file = |name: &str| PARSERS.iter().find(|(own, ..)| *own == name).map(|(.., file)| *file).unwrap();
    assert!(manifest::parse(file("manifest"), "M").is_ok());
    assert!(axml::parse(file("axml")).is_ok());
    assert!(plist::parse(file("plist")).is_ok());
    assert!(bplist::parse(file("bplist")).is_ok());
    assert!(openstep::parse(file("openstep")).is_ok());
    assert!(yaml::parse(file("specification")).is_ok());
    let mut entries = 0;
    let archive = std::io::Cursor::new(file("archive"));
    assert!(archive::read(archive, |_| true, |_, _| entries += 1).is_ok() && entries == 2);
    assert_eq!(Program::read(file("program")).unwrap().uses().len(), 3);
    assert!(plist::signed(file("profile")).is_ok());
}
