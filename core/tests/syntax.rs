//! What is no JSON: the place and the true cause of each mistake in the grammar.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use scruple::{AGREEMENT, Error, HostRecords, InputKind, Policy, Position};

/// A policy whose retention is this text, and whose mistake stands at `§`.
fn retention(text: &str) -> String {
    format!("{{\n  \"agreement\": \"{AGREEMENT}\",\n  \"retention_ms\": {text}\n}}\n")
}

/// A policy whose agreement is this string, behind a comment of wide characters.
fn agreement(string: &str) -> String {
    format!("{{\n  /* 例え */ \"agreement\": {string}\n}}\n")
}

/// A whole policy, but for what follows.
fn whole(rest: &str) -> String {
    format!("{{ \"agreement\": \"{AGREEMENT}\"{rest}")
}

/// Text with a mark at its mistake, and what the hint says.
fn mistakes() -> Vec<(String, &'static str)> {
    let text = |text: &str| text.to_owned();
    vec![
        // Where a value ought to be.
        (text("§"), "add one"),
        (text("§\n \n"), "add one"),
        (text("// nothing§\n"), "add one"),
        (text("\u{feff}§"), "add one"),
        (retention("").replace(": \n", ":§ \n"), "expected a value"),
        (retention(",").replace(": ,", ":§ ,"), "expected a value"),
        (retention("§'60000'"), "straight double quotes"),
        (retention("§“60000”"), "straight double quotes"),
        (retention("§sixty"), "in double quotes"),
        (retention("§tru"), "true, false and null"),
        (retention("§True"), "true, false and null"),
        (retention("§nullable"), "true, false and null"),
        (retention("§NaN"), "true, false and null"),
        (retention("§\u{7}"), "control character"),
        (retention("§\u{a0}60000"), "white space"),
        (retention("§\u{3000}60000"), "white space"),
        (retention("§\u{feff}60000"), "white space"),
        (retention("§é"), "expected a value"),
        // Numbers.
        (retention("§+5"), "no plus sign"),
        (retention("§.5"), "before the decimal point"),
        (retention("§5."), "after the decimal point"),
        (retention("§5.e3"), "after the decimal point"),
        (retention("§5e"), "exponent"),
        (retention("§5e+"), "exponent"),
        (retention("§-"), "after the minus sign"),
        (retention("§-x"), "after the minus sign"),
        (retention("§-Infinity"), "after the minus sign"),
        (retention("§05"), "no leading zeros"),
        (retention("§-05"), "no leading zeros"),
        (retention("§0x10"), "decimal digits alone"),
        (retention("§60_000"), "decimal digits alone"),
        (retention("§60s"), "decimal digits alone"),
        (retention("§1.2.3"), "decimal digits alone"),
        (retention("60 §000"), "a comma or }"),
        (retention("60,§000"), "a name in double quotes"),
        // Objects and arrays.
        (text("{§"), "add }"),
        (text("{ \"agreement\"§"), "a colon"),
        (text("{ \"agreement\":§"), "add one"),
        (whole("§"), "add }"),
        (whole("§\n\n"), "add }"),
        (whole(",§"), "add }"),
        (whole(" // }§\n"), "add }"),
        (whole(" §]"), "a comma or }"),
        (whole(" } §}"), "follows the value"),
        (whole(" } §{}"), "follows the value"),
        (whole(" }§\0"), "follows the value"),
        (retention("5§,"), "a trailing comma"),
        (retention("5§, // the last"), "a trailing comma"),
        (retention("5,§,"), "a name in double quotes"),
        (retention("5, §]"), "} to close"),
        (retention("5, §'categories': {}"), "a name in double quotes"),
        (retention("5, §categories: {}"), "a name in double quotes"),
        (retention("5, §7: {}"), "a name in double quotes"),
        (retention("5, \"categories\" §{}"), "a colon"),
        (retention("5, \"categories\" §= {}"), "a colon"),
        (retention("5,\n  §\"categories: {}"), "close the string"),
        (retention("5,\n  §categories\": {}"), "a name in double quotes"),
        (retention("5\n  §\"categories\": {}"), "a comma or }"),
        (
            retention("5, \"categories\": { \"device\": { \"enabled\": true, \"purposes\": [§}}}"),
            "] to close",
        ),
        (
            retention(
                "5, \"categories\": { \"device\": { \"enabled\": true, \"purposes\": [ \"feature\" §}}}",
            ),
            "comma or ]",
        ),
        (
            retention(
                "5, \"categories\": { \"device\": { \"enabled\": true, \"purposes\": [ \"feature\"§,]}}",
            ),
            "a trailing comma",
        ),
        (whole(", \"categories\": {§"), "add }"),
        (whole(", \"categories\": { \"nfc\": { \"enabled\": true, \"purposes\": [§"), "add ]"),
        // Comments.
        (retention("5 §/* more"), "close the comment"),
        (retention("5 §/*/"), "close the comment"),
        (retention("5 §/ more"), "start a comment with"),
        (retention("5 §# more"), "start a comment with"),
        (text("§/* 例え"), "close the comment"),
        (text("§/"), "start a comment with"),
        // Strings that are not closed: the mistake is in their line, whatever follows.
        (agreement(&format!("§\"{AGREEMENT}")), "close the string"),
        (agreement(&format!("§\"{AGREEMENT},\r")), "close the string"),
        (agreement("§\""), "close the string"),
        (text("{ §\"例え"), "close the string"),
        // Control characters and escapes.
        (agreement("\"例え§\t\""), "a control character in a string"),
        (agreement("\"§\u{1b}[31m\""), "a control character in a string"),
        (agreement("\"§\0\""), "a control character in a string"),
        (agreement("\"§\\x41\""), "after a backslash"),
        (agreement("\"例§\\例\""), "after a backslash"),
        (agreement("\"§\\'\""), "after a backslash"),
        (agreement("\"\\\\§\\ \""), "after a backslash"),
        (agreement("\"§\\u12\""), "four hexadecimal digits"),
        (agreement("\"§\\u12g4\""), "four hexadecimal digits"),
        (agreement("\"§\\u+123\""), "four hexadecimal digits"),
        (agreement("\"§\\u例え\""), "four hexadecimal digits"),
        (agreement("\"§\\ud800\""), "a high surrogate"),
        (agreement("\"§\\uD800\\uD800\""), "a high surrogate"),
        (agreement("\"§\\ud800\\n\""), "a high surrogate"),
        (agreement("\"\\ud83d\\ude00§\\udbff \\udfff\""), "a high surrogate"),
        (agreement("\"\\ud800§\\u12\""), "four hexadecimal digits"),
        (agreement("\"例え§\\udc00\""), "a low surrogate"),
        (agreement("\"\\u0041§\\uDFFF\""), "a low surrogate"),
    ]
}

/// The text without its mark, and where that was: lines by line feeds, columns in characters.
fn marked(text: &str) -> (String, Position) {
    let (before, after) = text.split_once('§').unwrap_or_else(|| panic!("no mark in {text}"));
    let line = before.split('\n').count();
    let column = before.rsplit('\n').next().unwrap().trim_start_matches('\u{feff}').chars().count() + 1;
    let place = Position { line: line.try_into().unwrap(), column: column.try_into().unwrap() };
    (format!("{before}{after}"), place)
}

fn refused(text: &str) -> (InputKind, String, String, Option<Position>) {
    match Policy::from_json(text) {
        Err(Error::Input { kind, field, hint, position }) => (kind, field, hint, position),
        other => panic!("{text:?}: {other:?}"),
    }
}

#[test]
fn each_has_its_place_and_its_cause() {
    for (text, cause) in mistakes() {
        let (text, place) = marked(&text);
        let (kind, field, hint, position) = refused(&text);
        assert_eq!((kind, field.as_str()), (InputKind::Syntax, ""), "{text:?}: {hint}");
        assert!(hint.contains(cause), "{text:?}: {hint}");
        assert_eq!(position, Some(place), "{text:?}: {hint}");
        assert!(hint.is_ascii(), "{hint}");
    }
}

/// The same with lines that end in two characters, behind a byte-order mark.
#[test]
fn windows_lines_and_a_byte_order_mark_move_nothing() {
    for (text, cause) in mistakes() {
        let text = text.replace("\r\n", "\n").replace('\n', "\r\n");
        let (text, place) = marked(&text);
        let (kind, _, hint, position) = refused(&format!("\u{feff}{}", text.trim_start_matches('\u{feff}')));
        assert_eq!((kind, position), (InputKind::Syntax, Some(place)), "{text:?}: {hint}");
        assert!(hint.contains(cause), "{text:?}: {hint}");
    }
}

/// A quote that is forgotten on a line makes a wrong value of what follows; the quote is the mistake.
#[test]
fn a_forgotten_quote_is_reported_as_such() {
    for (text, line) in [
        (format!("{{\"agreement\": \"{AGREEMENT}, \"retention_ms\": 5}}"), 1),
        (format!("{{\"agreement: \"{AGREEMENT}\",\n \"retention_ms\": 5}}"), 1),
        (format!("{{\n\"agreement: \"{AGREEMENT}\"\n}}"), 2),
        (format!("{{\n\"agreement\": {AGREEMENT}\"\n}}"), 2),
        (format!("{{\nagreement\": \"{AGREEMENT}\"\n}}"), 2),
        (format!("{{\n\"agreement\": \"{AGREEMENT}\n}}"), 2),
    ] {
        let (kind, _, hint, position) = refused(&text);
        assert_eq!(
            (kind, position.map(|place| place.line)),
            (InputKind::Syntax, Some(line)),
            "{text}: {hint}"
        );
    }
}

#[test]
fn what_is_right_is_read() {
    let right = [
        "{ \"agreement\" : \"tcmpp\\u002ddpsa\\/2024-05-28\" }".to_owned(),
        format!("\u{feff}{{\"agreement\":\"{AGREEMENT}\"}}"),
        format!("/**/{{/***/\"agreement\"//\r\n:/* \" */\"{AGREEMENT}\"/* // */}}// \"end"),
        format!(
            "{{\"$schema\": \"\\ud83d\\ude00 \\uD83D\\uDE00 \\u00e9 // /* 例え\", \"agreement\": \"{AGREEMENT}\"}}"
        ),
        format!("\r\n\t {{ \"agreement\": \"{AGREEMENT}\",\r\n \"retention_ms\": 60000 }}\r\n"),
    ];
    for text in right {
        assert_eq!(Policy::from_json(&text), Ok(Policy::default()), "{text}");
    }
}

#[test]
fn escapes_are_what_they_stand_for() {
    let application = |name: &str| format!("{{\"application\": {{\"name\": \"{name}\"}}}}");
    let name = application(r#"\ud83d\ude00 \uD834\uDD1E \u00e9\u4f8B\/\\\"\ud7ff\ue000\udbff\udfff."#);
    let name = HostRecords::from_json(&name).unwrap().application.unwrap().name;
    assert_eq!(name.as_deref(), Some("😀 𝄞 é例/\\\"\u{d7ff}\u{e000}\u{10ffff}."));
    let lines = r#"{"mini_programs": [{"id": "a", "description": "a\tb\n\u0063\n"}]}"#;
    let programs = HostRecords::from_json(lines).unwrap().mini_programs;
    assert_eq!(programs.first().unwrap().description.as_deref(), Some("a\tb\nc\n"));
    for control in ["\\b", "\\f", "\\r", "\\u0000"] {
        let records = HostRecords::from_json(&application(control));
        assert!(matches!(records, Err(Error::Input { kind: InputKind::Malformed, .. })), "{control}");
    }
}
