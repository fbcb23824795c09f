//! A policy file: what it gives passes the check of a policy that is filled in by hand, and is the same when it is written and
//! read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scruple::{Category, Policy, Purpose, fuzzing};
use scruple_fuzz::errors;
use serde_json::{Map, Value, json};

fuzz_target!(|text: &str| {
    match Policy::from_json(text) {
        Ok(policy) => {
            fuzzing::check_policy(&policy).expect("it is taken");
            let again = Policy::from_json(&written(&policy).to_string()).expect("it is one");
            assert!(again == policy, "another policy");
            let item_is_on = |item: &scruple::Item| policy.minimum_interval_ms(*item) <= 86_400_000;
            assert!(scruple::Item::ALL.iter().all(item_is_on), "an interval of more than a day");
        }
        Err(error) => errors::check(&error, text),
    }
});

fn written(policy: &Policy) -> Value {
    let categories = Category::ALL.iter().filter_map(|category| {
        let own = policy.categories.get(category)?;
        let items = own.items.iter().map(|(item, own)| {
            let purposes = own.purposes.as_ref().map(|purposes| ids(purposes));
            (
                item.id().to_owned(),
                said([
                    ("enabled", Some(json!(own.enabled))),
                    ("purposes", purposes),
                    ("minimum_interval_ms", own.minimum_interval_ms.map(Value::from)),
                ]),
            )
        });
        let fields = [
            ("enabled", Some(json!(own.enabled))),
            ("purposes", Some(ids(&own.purposes))),
            ("minimum_interval_ms", own.minimum_interval_ms.map(Value::from)),
            ("deadline_ms", own.deadline_ms.map(Value::from)),
            ("items", Some(Value::Object(items.collect()))),
        ];
        Some((category.id().to_owned(), said(fields)))
    });
    json!({
        "agreement": policy.agreement,
        "location_accuracy": policy.location_accuracy.id(),
        "retention_ms": policy.retention_ms,
        "categories": categories.collect::<Map<_, _>>(),
    })
}

/// An object of what is said.
fn said<const N: usize>(fields: [(&str, Option<Value>); N]) -> Value {
    let said = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(said.collect())
}

fn ids<'p>(purposes: impl IntoIterator<Item = &'p Purpose>) -> Value {
    purposes.into_iter().map(|purpose| purpose.id()).collect()
}
