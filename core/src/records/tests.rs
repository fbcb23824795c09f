use super::*;
use crate::agreement::Part;

fn is_the_hosts(item: Item) -> bool {
    matches!(item.category().part(), Part::Application | Part::NetworkConfiguration)
}

/// The items of parts A and B.
fn of_the_host() -> impl Iterator<Item = Item> {
    Item::ALL.iter().copied().filter(|item| is_the_hosts(*item))
}

fn example() -> HostRecords {
    HostRecords::from_json(include_str!("../../../docs/examples/host-records.json")).unwrap()
}

fn exported(records: &HostRecords, item: Item) -> serde_json::Value {
    records.serialize_item(item, serde_json::value::Serializer).unwrap()
}

#[test]
fn each_item_gives_its_own_datum_and_nothing_else() {
    let (all, empty) = (example(), HostRecords::default());
    for item in Item::ALL.iter().copied() {
        let mut given = HostRecords::default();
        assert_eq!(all.give(item, &mut given), is_the_hosts(item), "{item}");
        assert_eq!(given != empty, is_the_hosts(item), "{item}");
        for other in of_the_host().filter(|other| *other != item) {
            assert!(!given.has(other), "{item} gave {other}");
        }
    }
}

#[test]
fn all_items_together_give_everything() {
    let (all, mut given) = (example(), HostRecords::default());
    assert!(of_the_host().all(|item| all.give(item, &mut given)));
    assert!(given == all);
}

#[test]
fn what_is_not_supplied_is_not_given_and_leaves_no_trace() {
    let mut some = example();
    some.application = Some(ApplicationInformation::default());
    some.mini_programs.iter_mut().for_each(|program| program.name = None);
    let mut given = HostRecords::default();
    for item in [Item::ApplicationName, Item::MiniProgramName] {
        assert!(!some.give(item, &mut given), "{item}");
    }
    assert!(given == HostRecords::default());
}

#[test]
fn mini_programs_keep_their_places_and_have_an_id_only_if_it_was_asked_for() {
    let (all, mut given) = (example(), HostRecords::default());
    // Only the first of the two has one.
    assert!(all.give(Item::MiniProgramIntroduction, &mut given));
    assert!(all.give(Item::MiniProgramName, &mut given));
    let entry = |id: Option<&str>, value: &str| serde_json::json!({ "id": id, "value": value });
    assert_eq!(
        exported(&given, Item::MiniProgramName),
        serde_json::json!([entry(None, "Orders"), entry(None, "Help")])
    );
    assert!(all.give(Item::MiniProgramId, &mut given));
    assert_eq!(exported(&given, Item::MiniProgramId), serde_json::json!(["mp-orders", "mp-help"]));
    let introductions = serde_json::json!([entry(Some("mp-orders"), "See your orders.")]);
    assert_eq!(exported(&given, Item::MiniProgramIntroduction), introductions);
}

#[test]
fn purging_a_category_leaves_the_others() {
    for category in Category::ALL.iter().copied() {
        let mut records = example();
        records.purge(category);
        for item in of_the_host() {
            assert_eq!(records.has(item), item.category() != category, "{category}: {item}");
        }
    }
}

/// What is taken out of a snapshot's records is what its exports are held to.
#[cfg(feature = "development")]
#[test]
fn exports_fit_their_schemas() {
    let all = example();
    for item in Item::ALL.iter().copied() {
        let mut generator = schemars::SchemaGenerator::default();
        let Some(schema) = HostRecords::value_schema(item, &mut generator) else {
            assert!(!is_the_hosts(item), "{item}");
            continue;
        };
        let mut schema = schema.to_value();
        schema["$defs"] = generator.take_definitions(true).into();
        assert!(jsonschema::is_valid(&schema, &exported(&all, item)), "{item}");
        assert!(!jsonschema::is_valid(&schema, &serde_json::Value::Null), "{item}");
    }
}
