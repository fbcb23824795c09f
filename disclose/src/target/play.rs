//! Google Play: the host's own export of the Data safety form, patched.
//!
//! What the form asks changes, so there is no template here: only rows that the host's file has are answered, and every
//! other row stays byte for byte as it was.

mod form;
mod open;

use std::collections::BTreeMap;

use scruple::{Item, Purpose};

pub use form::CsvError;
use form::{Form, Question, Row, named};

use crate::Scope;
use crate::rules::{self, declared};
use crate::target::{Disclosure, File};

pub(super) fn patch(scope: &Scope, csv: &[u8]) -> Result<Disclosure, CsvError> {
    let form = Form::read(csv)?;
    let (answers, mut notes) = answers(scope, &form);
    let missing: Vec<_> = answers
        .keys()
        .filter(|question| !form.has(question))
        .map(|question| format!("the form has no row {}: export it anew, or answer by hand", named(question)))
        .collect();

    let new_answer = |row: &Row| {
        let answer = form.boolean(*answers.get(&question_of(row))?);
        (!row.value().eq_ignore_ascii_case(answer)).then_some(answer)
    };
    let changed: Vec<&Row> = form.rows.iter().filter(|row| new_answer(row).is_some()).collect();
    let contradicted: Vec<_> =
        changed.iter().filter(|row| !row.value().is_empty()).map(|row| named(&question_of(row))).collect();
    let patched = form.patched(new_answer)?;
    notes.insert(
        0,
        format!(
            "{} answers set, every other row is as it was. Scruple sends nothing; take back what never leaves \
             the device",
            changed.len()
        ),
    );
    if !contradicted.is_empty() {
        notes.push(format!("the form said otherwise, and the policy prevails: {}", contradicted.join(", ")));
    }
    let remaining = remaining(scope, &form);
    if !remaining.is_empty() {
        notes.push(format!(
            "the form declares what this policy does not, perhaps because an earlier policy did; clear it, unless the app \
             collects it by itself: {}",
            remaining.join(", ")
        ));
    }
    let open = open::questions(&Form::read(&patched)?);
    Ok(Disclosure { files: vec![File::new("data_safety.csv", patched)], notes, open, missing })
}

fn question_of(row: &Row) -> Question {
    (row.question().to_owned(), row.response().to_owned())
}

/// A data type of the form: the question that lists it, and itself.
type Type = (&'static str, &'static str);

/// The data types that a policy declares, each with what it is for.
fn types(scope: &Scope) -> BTreeMap<Type, Vec<Purpose>> {
    let mut types: BTreeMap<Type, Vec<Purpose>> = BTreeMap::new();
    for (item, declaration) in declared(scope, |rule| rule.play) {
        let purposes = types.entry((declaration.what.question, declaration.what.data_type)).or_default();
        purposes.extend(scope.purposes(item).iter().filter(|on| declaration.purposes.contains(on)));
    }
    types
}

/// Google's name of a purpose.
fn purpose_of(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Feature => "PSL_APP_FUNCTIONALITY",
        // Google counts finding faults among these.
        Purpose::Troubleshooting => "PSL_ANALYTICS",
    }
}

fn usage(data_type: &str, question: &str) -> String {
    format!("PSL_DATA_USAGE_RESPONSES:{data_type}:{question}")
}

const PURPOSES: &str = "DATA_USAGE_COLLECTION_PURPOSE";

/// What the form declares, some policy would make it declare, and this one does not.
fn remaining(scope: &Scope, form: &Form<'_>) -> Vec<String> {
    let declared = types(scope);
    let mut remaining = Vec::new();
    let every = Item::ALL.iter().flat_map(|item| rules::rule(*item).play.declarations).map(|own| own.what);
    for rules::Play { question, data_type } in every {
        if !form.is_true(question, data_type) {
            continue;
        }
        match declared.get(&(question, data_type)) {
            None => remaining.push(data_type.to_owned()),
            Some(own) => {
                let gone =
                    Purpose::ALL.iter().filter(|purpose| !own.contains(purpose)).map(|one| purpose_of(*one));
                remaining.extend(
                    gone.filter(|purpose| form.is_true(&usage(data_type, PURPOSES), purpose))
                        .map(|purpose| format!("{data_type} for {purpose}")),
                );
            }
        }
    }
    remaining.sort();
    remaining.dedup();
    remaining
}

/// What to answer, and what a person ought to know of it.
fn answers(scope: &Scope, form: &Form<'_>) -> (BTreeMap<Question, bool>, Vec<String>) {
    let types = types(scope);
    let mut answers = BTreeMap::new();
    let mut assumed = Vec::new();
    if !types.is_empty() {
        answers.insert(("PSL_DATA_COLLECTION_COLLECTS_PERSONAL_DATA".to_owned(), String::new()), true);
    }
    for ((question, data_type), purposes) in types {
        let usage = |question: &str| usage(data_type, question);
        answers.insert((question.to_owned(), data_type.to_owned()), true);
        let collection = usage("PSL_DATA_USAGE_COLLECTION_AND_SHARING");
        answers.insert((collection, "PSL_DATA_USAGE_ONLY_COLLECTED".to_owned()), true);
        for purpose in purposes {
            answers.insert((usage(PURPOSES), purpose_of(purpose).to_owned()), true);
        }
        // What the host answered stays; what it did not gets the answer that hides nothing.
        let ephemeral = usage("PSL_DATA_USAGE_EPHEMERAL");
        if !form.is_answered(&ephemeral) {
            answers.insert((ephemeral, String::new()), false);
            assumed.push(format!("{data_type} is not processed ephemerally"));
        }
        let control = usage("DATA_USAGE_USER_CONTROL");
        if !form.is_answered(&control) {
            answers.insert((control, "PSL_DATA_USAGE_USER_CONTROL_OPTIONAL".to_owned()), true);
            assumed.push(format!("{data_type} is optional, as nothing is read without consent"));
        }
    }
    let notes = if assumed.is_empty() {
        Vec::new()
    } else {
        vec![format!("assumed, since the form did not say: {}", assumed.join("; "))]
    };
    (answers, notes)
}
