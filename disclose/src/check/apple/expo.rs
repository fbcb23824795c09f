//! The iOS app that an Expo configuration makes.

use super::bundle::{Bundle, Declared};
use crate::check::expo::Expo;
use crate::check::plist::{Node, Value};
use crate::check::xcode::Product;

/// The app. Of one that is not read whole nothing is missing.
pub(super) fn bundle(expo: Expo) -> Bundle {
    let is_whole = expo.unread.is_empty();
    // React Native writes a manifest for its libraries, which says nothing of what the app collects.
    let empty = || Node { line: 1, value: Value::Dictionary(Vec::new()) };
    let privacy = expo.privacy.or_else(|| is_whole.then(empty));
    Bundle {
        app: expo.file.clone(),
        name: expo.file.clone(),
        kind: Product::App,
        privacy: privacy.map(|root| (expo.file.clone(), root)).into_iter().collect(),
        builds: vec![Declared {
            file: expo.file,
            line: Some(1),
            keys: expo.keys,
            entitlements: expo.entitlements,
            has_info: is_whole,
            has_entitlements: is_whole,
            ..Declared::default()
        }],
        has_privacy: is_whole,
        language: "en".to_owned(),
        ..Bundle::default()
    }
}
