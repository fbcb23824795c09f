//! The compiled table against the agreement's list of data, read from the agreement itself into `agreement-data.tsv`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::collections::BTreeSet;

use scruple::{Category, Item, Platform, Purpose};

/// One datum that the agreement names.
struct Row {
    part: &'static str,
    section: &'static str,
    datum: &'static str,
    item: &'static str,
    category: &'static str,
    purposes: BTreeSet<&'static str>,
}

fn rows() -> Vec<Row> {
    let mut lines = include_str!("agreement-data.tsv").lines();
    assert_eq!(lines.next(), Some("part\tsection\tdatum\titem\tcategory\tpurposes"));
    let row = |line: &'static str| {
        let [part, section, datum, item, category, purposes] =
            line.split('\t').collect::<Vec<_>>().try_into().unwrap_or_else(|_| panic!("six columns: {line}"));
        Row { part, section, datum, item, category, purposes: purposes.split(',').collect() }
    };
    lines.map(row).collect()
}

/// A text's words in small letters; an id's words are between dots and lines.
fn words(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// What must have no name, under each name that it goes by.
const FORBIDDEN: &str = "aaid, ad id, adid, advertising id, advertising identifier, android id, gaid, gsf id, oaid, \
    idfv, identifier for vendor, vendor id, esn, iccid, imei, imsi, meid, msisdn, phone number, serial, bssid, ip, \
    mac, machine id, udid, uuid, fingerprint, installed app, installed apps, drm, widevine";

/// The first forbidden name among a text's words.
fn forbidden(text: &str) -> Option<&'static str> {
    let text = words(text);
    FORBIDDEN.split(", ").find(|name| text.windows(words(name).len()).any(|part| part == words(name)))
}

#[test]
fn every_datum_has_its_item_and_every_item_its_datum() {
    let data: Vec<_> = rows().iter().map(|row| row.item).collect();
    let items: Vec<_> = Item::ALL.iter().map(|item| item.id()).collect();
    assert_eq!(items, data, "in the agreement's order");
    assert_eq!(data.len(), 40);
}

#[test]
fn an_item_says_of_itself_what_the_agreement_says() {
    for row in rows() {
        let item = Item::from_id(row.item).unwrap();
        assert_eq!(item.category().id(), row.category, "{item}");
        assert_eq!(item.category().part().id(), row.part, "{item}");
        assert_eq!(item.section(), row.section, "{item}");
        assert_eq!(
            item.purposes().iter().map(|purpose| purpose.id()).collect::<BTreeSet<_>>(),
            row.purposes,
            "{item}"
        );
        // A short name may leave words out, but must have none of its own.
        let named = words(row.datum);
        let added: Vec<_> = words(item.datum()).into_iter().filter(|word| !named.contains(word)).collect();
        assert!(added.is_empty(), "{item}: {added:?} is not in {:?}", row.datum);
    }
}

#[test]
fn no_name_is_given_twice() {
    let once = |names: Vec<&str>| assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    once(Item::ALL.iter().map(|item| item.id()).collect());
    once(Item::ALL.iter().map(|item| item.datum()).collect());
    once(rows().iter().map(|row| row.item).collect());
    once(rows().iter().map(|row| row.datum).collect());
}

#[test]
fn an_id_leads_back_to_its_item() {
    for item in Item::ALL {
        assert_eq!(Item::from_id(item.id()), Some(*item));
        assert_eq!(Item::from_id(&item.id().to_uppercase()), None);
    }
}

#[test]
fn there_is_no_category_and_no_purpose_beside_the_agreements() {
    let categories: BTreeSet<_> = rows().iter().map(|row| row.category).collect();
    let purposes: BTreeSet<_> = rows().into_iter().flat_map(|row| row.purposes).collect();
    assert_eq!(Category::ALL.iter().map(|category| category.id()).collect::<BTreeSet<_>>(), categories);
    assert_eq!(Purpose::ALL.iter().map(|purpose| purpose.id()).collect::<BTreeSet<_>>(), purposes);
}

#[test]
fn no_item_names_a_forbidden_identifier() {
    for item in Item::ALL {
        assert_eq!(forbidden(item.id()).or(forbidden(item.datum())), None, "{item}");
    }
    // The one advertising id that the agreement names, and only where it does not mean Android's.
    assert_eq!(Item::IdentifierIdfa.platforms(), [Platform::Apple]);
}

/// The positive control: the search finds each name, as an id and as prose would spell it.
#[test]
fn a_forbidden_identifier_would_be_found() {
    for name in FORBIDDEN.split(", ") {
        let id = format!("device.{}", name.replace(' ', "_"));
        assert_eq!(forbidden(&id), Some(name));
        assert_eq!(forbidden(&format!("The {}, hashed", name.to_uppercase())), Some(name));
        assert_eq!(Item::from_id(&id), None);
    }
    assert_eq!(forbidden("device.machinery, a shipped description"), None, "only whole words count");
}
