//! What a snapshot shows of its vault. What a whole collection gives is in the vectors.

use std::time::Duration;

use super::*;
use crate::agreement::ItemSet;
use crate::outcome::{Unavailable, Withheld};
use crate::vault::tests;

/// A snapshot with a value of each of the items, of which one may not leave the device.
fn snapshot() -> Snapshot {
    let until = clock::now() + Duration::from_secs(3_600);
    let items = [
        Item::ApplicationName,
        Item::MiniProgramId,
        Item::NetworkPermissionConfiguration,
        Item::DeviceModel,
        Item::DeviceStorageCapacity,
        Item::WebViewUserAgent,
    ];
    let mut outcomes: Vec<_> = items.map(|item| (item, Outcome::Awaited(until))).into();
    let none = Outcome::Missing(Missing::Unavailable(Unavailable::PlatformHasNone));
    outcomes.push((Item::DeviceName, none));
    // Storage has a value; the name has none, so it is not among what may be shown.
    let on_device_only: ItemSet = [Item::DeviceStorageCapacity, Item::DeviceName].into_iter().collect();
    let vault = Vault::new(Purpose::Feature, 60_000, outcomes.into_iter().collect(), on_device_only);
    for item in items {
        vault.deliver(item, |values| {
            let program = MiniProgram { id: Some("shop".to_owned()), ..MiniProgram::default() };
            values.records.application =
                Some(ApplicationInformation { name: Some("Host".to_owned()), ..Default::default() });
            values.records.mini_programs = vec![program];
            values.records.network = Some(NetworkConfiguration {
                permissions: Some([("camera".to_owned(), true)].into()),
                ..Default::default()
            });
            values.device.model = Some("Model".to_owned());
            values.features.user_agent = Some("Agent/1.0".to_owned());
        });
    }
    vault.finish().unwrap();
    Snapshot::new(Arc::new(vault))
}

fn take_back(snapshot: &Snapshot, category: Category) {
    snapshot.0.withhold(|of| (of == category).then_some(Withheld::Revoked));
}

#[test]
fn each_group_has_its_values() {
    let snapshot = snapshot();
    assert_eq!(snapshot.application().unwrap().name.as_deref(), Some("Host"));
    let programs = snapshot.mini_programs().unwrap();
    assert_eq!(programs.iter().map(|own| own.id.as_deref()).collect::<Vec<_>>(), [Some("shop")]);
    assert_eq!(snapshot.network().unwrap().permissions.unwrap().len(), 1);
    assert_eq!(snapshot.for_mini_program().unwrap().model.as_deref(), Some("Model"));
    assert_eq!(snapshot.to_mini_program_json().unwrap(), r#"{"model":"Model"}"#);
}

#[test]
fn what_may_not_leave_the_device_has_a_value() {
    assert_eq!(snapshot().on_device_only().unwrap(), HashSet::from([Item::DeviceStorageCapacity]));
}

#[test]
fn what_was_taken_back_is_named() {
    let snapshot = snapshot();
    assert_eq!(snapshot.revoked().unwrap(), HashSet::new());
    take_back(&snapshot, Category::Application);
    assert_eq!(snapshot.revoked().unwrap(), HashSet::from([Category::Application]));
    assert_eq!(snapshot.application().map(drop), Err(Error::Revoked));
    assert_eq!(snapshot.mini_programs().map(drop), Err(Error::Revoked));
    assert!(snapshot.network().is_ok(), "the control");
}

/// Features are several categories: they are gone when something of them was taken back and nothing is left.
#[test]
fn features_are_gone_with_the_last_of_them() {
    let snapshot = snapshot();
    take_back(&snapshot, Category::Device);
    assert!(snapshot.features().unwrap().user_agent.is_some(), "the device is no feature");
    take_back(&snapshot, Category::WebView);
    assert_eq!(snapshot.features().map(drop), Err(Error::Revoked));

    let vault = tests::vault(&[Item::DeviceModel], 60_000);
    vault.deliver(Item::DeviceModel, |values| values.device.model = Some("Model".to_owned()));
    vault.finish().unwrap();
    let of_the_device = Snapshot::new(Arc::new(vault));
    take_back(&of_the_device, Category::Device);
    assert!(of_the_device.features().is_ok(), "nobody asked for a feature");
}

/// A reader that hangs holds the vault, for longer than the host holds the snapshot.
#[test]
fn a_dropped_snapshot_has_ended_for_whoever_still_reads() {
    let vault = Arc::new(tests::vault(&[Item::DeviceModel], 60_000));
    let snapshot = Snapshot::new(Arc::clone(&vault));
    assert!(!vault.has_ended(), "the control");
    drop(snapshot);
    assert!(vault.has_ended());
}
