//! The step `swift-stand-ins`: what the tests have in place of Apple's frameworks, held against Apple's declarations.
//!
//! A stand-in that is laxer than what it stands for hides an error that every host would meet: a value that Apple's may not
//! have, a thread that Apple's type may not cross.

mod compare;
mod headers;
mod swift;
mod text;
mod types;

use std::path::Path;

use anstream::println;
use packager::file::{read, tree};
use packager::trouble::{Result, Trouble};

use self::compare::StandIns;
use self::headers::Headers;

/// Where the stand-ins are, a directory a framework.
const STAND_INS: &str = "bindings/swift/Tests/Stubs";

/// The frameworks, each with the crate that is generated from its headers.
const FRAMEWORKS: &[(&str, &str)] = &[
    ("AdSupport", "objc2-ad-support"),
    ("AppTrackingTransparency", "objc2-app-tracking-transparency"),
    ("CoreBluetooth", "objc2-core-bluetooth"),
    ("CoreLocation", "objc2-core-location"),
    ("CoreNFC", "objc2-core-nfc"),
    ("UIKit", "objc2-ui-kit"),
    ("WebKit", "objc2-web-kit"),
];

/// The framework that has no headers in Objective-C: only a Mac can compare its names (`checks/apple-symbols.swift`).
const OF_SWIFT_ALONE: &str = "SwiftUI";

/// The files of each in which a test says what the stand-in does, and in which is what Swift adds by itself.
const OWN: &[&str] = &["Service.swift", "Overlay.swift"];

/// Prints the table, and fails where a stand-in differs from what it stands for.
pub(crate) fn check() -> Result {
    let (mut count, mut wrong) = (0, 0);
    for (framework, krate) in FRAMEWORKS {
        let headers = Headers::read(&[krate])?;
        let stand_ins = stand_ins(&Path::new(STAND_INS).join(framework))?;
        for (declaration, differences) in stand_ins.compared(&headers) {
            count += 1;
            wrong += usize::from(!differences.is_empty());
            let said = if differences.is_empty() { "the same".to_owned() } else { differences.join("; ") };
            let place: Vec<_> =
                [*framework].into_iter().chain(declaration.within.iter().map(String::as_str)).collect();
            let follows = declaration.follows.as_deref().unwrap_or_default();
            println!("{:<60} {follows:<70} {said}", format!("{}.{}", place.join("."), declaration.name));
        }
    }
    let said = stand_ins(&Path::new(STAND_INS).join(OF_SWIFT_ALONE))?.following().count();
    match wrong {
        0 => {
            println!("{count} stand-ins have the names, types and threads of what they stand for");
            println!("{said} of {OF_SWIFT_ALONE} say what they follow, and are not compared");
            Ok(())
        }
        _ => Err(Trouble::failed(format!("{wrong} of {count} stand-ins are not what they stand for"))),
    }
}

/// The stand-ins of a framework: all of them say for what they stand.
fn stand_ins(directory: &Path) -> Result<StandIns> {
    let mut all = Vec::new();
    for file in tree(directory)? {
        let is_own = OWN.iter().any(|own| file.ends_with(own));
        let declarations = swift::declarations(&read(&file)?);
        if let Some(silent) = declarations.iter().find(|one| !is_own && one.follows.is_none() && stands(one))
        {
            let name = &silent.name;
            return Err(Trouble::failed(format!("{}: {name} does not say what it follows", file.display())));
        }
        all.extend(declarations);
    }
    Ok(StandIns::new(all))
}

/// Whether a declaration has one of Apple's of its own: a case's is its enumeration's, and what an extension of a protocol
/// gives is a method that need not be written.
fn stands(declaration: &swift::Declaration) -> bool {
    !["case", "extension"].contains(&declaration.kind.as_str()) && !declaration.is_part
}
