//! What stands in a field that nobody filled in, without regard to case, dots, blanks and other punctuation.
//!
//! The words are what systemd (`hostnamed`), fwupd, neofetch and fastfetch leave out, and what boards really say.

use zeroize::Zeroizing;

/// A text of these words alone says nothing, if one of [`EMPTY`] is among them: "To be filled by O.E.M."
#[rustfmt::skip]
const BESIDE: &[&str] = &[
    "added", "all", "base", "be", "by", "computer", "cpu", "device", "hardware", "id", "in", "info",
    "information", "is", "later", "machine", "me", "more", "no", "not", "number", "part", "please",
    "processor", "set", "the", "to", "type", "unit", "value", "yet",
];

/// Words that say nothing, alone or with each other.
#[rustfmt::skip]
const EMPTY: &[&str] = &[
    "applicable", "assigned", "available", "baseboard", "bios", "blank", "board", "changeme", "chassis",
    "company", "configured", "confirmed", "decided", "default", "defaults", "defined", "determined", "empty",
    "enclosure", "entered", "family", "fill", "filled", "fixme", "initialized", "invalid", "manufacturer",
    "missing", "model", "motherboard", "na", "name", "nil", "none", "null", "odm", "oem", "placeholder",
    "product", "programmed", "provided", "replaceme", "reserved", "serial", "series", "sku", "specified",
    "string", "supplied", "system", "tba", "tbd", "todo", "unassigned", "unavailable", "undef", "undefined",
    "uninitialized", "unknow", "unknown", "unkown", "unnamed", "unprogrammed", "unset", "unspecified",
    "untitled", "vendor", "version",
];

/// Whole texts, letters and digits only.
#[rustfmt::skip]
const TEXTS: &[&str] = &[
    // Words run together.
    "defaultstring", "defaultvalue", "filledbyoem", "notapplicable", "notavailable", "notdefined", "notset", "notspecified",
    "productname", "systemmanufacturer", "systemname", "systemproductname", "systemversion", "tobefilled", "tobefilledbyoem",
    "tobeset", "tobesetbyoem",
    // Words that say nothing only together; dmidecode's for a string that is not there.
    "badindex", "changeme", "nodata", "noinfo", "noinformation", "novalue", "outofspec",
    // Numbered fields of SMBIOS that a tool left at their names.
    "type1family", "type1manufacturer", "type1productconfigid", "type1productname", "type1skunumber", "type1version",
    "type2boardproductname1", "type2boardvendorname1", "type2boardversion",
    // A kernel, or a virtual machine's tree, that has no machine of its own.
    "dummyvirtualmachine", "genericdtbasedsystem", "genericloongsonmachine", "linuxdummyvirt",
    // A telephone's words for having no operator.
    "emergencycallsonly", "noservice", "nosim", "nosimcard",
    "无", "空", "未知", "默认", "默认字符串",
];

/// What systems give as the name of a device that nobody named.
#[rustfmt::skip]
const NAMELESS: &[&str] = &["na", "none", "null", "nil", "undefined", "unknown", "unnamed", "未知"];

/// Whether these are words in place of a value, or signs without a word.
pub(super) fn says_nothing(text: &str) -> bool {
    are_empty_words(text) || is_one_of(text, TEXTS) || is_signs(text)
}

fn are_empty_words(text: &str) -> bool {
    let mut empty = false;
    // Letters that stand alone, as in "O.E.M.", are one word.
    let mut letters = Zeroizing::new(String::new());
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if word.len() == 1 {
            letters.push_str(word);
            continue;
        }
        for word in [letters.as_str(), word].into_iter().filter(|word| !word.is_empty()) {
            match known(word) {
                Some(says_nothing) => empty |= says_nothing,
                None => return false,
            }
        }
        letters.clear();
    }
    match known(&letters) {
        Some(says_nothing) => empty || says_nothing,
        None => empty && letters.is_empty(),
    }
}

/// Whether a device with this name was given none.
pub(super) fn names_nothing(text: &str) -> bool {
    is_signs(text) || is_one_of(text, NAMELESS)
}

/// Whether a program was to put something in: `${VERSION}`, `@VERSION@`, `%VERSION%`, `{{ version }}`, `__VERSION__`.
pub(super) fn is_template(text: &str) -> bool {
    if !text.bytes().any(|byte| b"@%${<_".contains(&byte)) {
        return false;
    }
    let is_name = |name: &str| {
        name.len() > 1
            && name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
    };
    let between = |open: &str, close: &str| {
        text.match_indices(open).any(|(at, _)| {
            let rest = text.get(at + open.len()..).unwrap_or_default();
            rest.split_once(close).is_some_and(|(name, _)| is_name(name))
        })
    };
    let whole = |open: &str, close: &str| {
        text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)).is_some_and(is_name)
    };
    ["${", "{{", "{%", "<%"].iter().any(|open| text.contains(open))
        || [("@", "@"), ("%", "%"), ("$(", ")"), ("{", "}")].iter().any(|(open, close)| between(open, close))
        || [("<", ">"), ("__", "__"), ("$", "")].iter().any(|(open, close)| whole(open, close))
        || matches!(text.as_bytes(), [b'%', _] | [b'%', _, _])
}

/// Whether somebody held a key down or counted: `0000000000`, `xxxxxxxx`, `x.x`, `0123456789`.
pub(super) fn is_counted_out(text: &str) -> bool {
    let text = text.strip_prefix("0x").or(text.strip_prefix("0X")).unwrap_or(text);
    let mut signs = text.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase());
    let Some(first) = signs.next() else { return false };
    let (mut length, mut last, mut same, mut counts) = (1, first, true, matches!(first, '0' | '1'));
    for sign in signs {
        length += 1;
        same &= sign == first;
        let next = |last: char| last.to_digit(10).map(|digit| (digit + 1) % 10);
        counts &= sign.to_digit(10).is_some_and(|digit| next(last) == Some(digit));
        last = sign;
    }
    let enough = match first {
        '0' => 1,
        'x' => 2,
        '1'..='9' => 6,
        _ => 4,
    };
    (same && length >= enough) || (counts && length >= 5)
}

/// Whether the word says nothing by itself; `None` for a word that may be part of a name.
fn known(word: &str) -> Option<bool> {
    let among = |words: &[&str]| words.iter().any(|known| known.eq_ignore_ascii_case(word));
    if among(EMPTY) { Some(true) } else { among(BESIDE).then_some(false) }
}

fn is_signs(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_punctuation() || byte == b' ')
}

fn is_one_of(text: &str, texts: &[&str]) -> bool {
    let signs = || text.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase());
    let length: usize = signs().map(char::len_utf8).sum();
    texts.iter().any(|known| known.len() == length && signs().eq(known.chars()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[rustfmt::skip]
    fn fillers_are_no_values() {
        for filler in [
            "To be filled by O.E.M.", "To Be Filled By O.E.M", "to be filled by OEM", "TO BE FILLED BY O. E. M.",
            "To be set by OEM", "TBD by OEM", "Filled by OEM", "To Be Determined", "Please fill in", "O.E.M.", "OEM", "o.e.m",
            "OEM Default", "OEM Name", "Default string", "Default_String", "DefaultString", "$(DEFAULT_STRING)", "\"Default string\"",
            "System Product Name", "System manufacturer", "System Version", "System Name", "System SKU", "SKU", "SystemProductName",
            "Product Name", "Model Name", "Base Board Product Name", "Default Company Name", "Not Applicable", "Not Specified",
            "Not Defined", "Not Available", "not set", "N/A", "n.a.", "NA", "None", "(none)", "[none]", "NULL", "(null)", "nil",
            "Unknown", "<unknown>", "Unknown Product", "Unknown Device", "UNKNOWN!", "unknown-unknown", "Undefined", "INVALID", "Invalid Product",
            "empty", "Empty String", "All Series", "Type1ProductConfigId", "Type1 - Family", "No Enclosure", "Chassis Version",
            "Generic DT based system", "generic-loongson-machine", "linux,dummy-virt", "Dummy Virtual Machine", "No service",
            "...", "-", "*", "????", "未知", "默认字符串", "To be set", "To be added later by OEM", "No Value", "<BAD INDEX>", "<OUT OF SPEC>",
            "Reserved", "Change me", "Type2 - Board Product Name1", "To be decided", "Fill By OEM", "OEM Product", "to_be_filled_by_o_e_m",
        ] {
            assert!(says_nothing(filler) || is_template(filler), "{filler}");
        }
    }

    #[test]
    #[rustfmt::skip]
    fn numbers_and_keys_held_down_are_no_values() {
        for filler in [
            "0", "00", "0000000000", "0.0.0", "00:00:00", "0x0000", "xx", "xxxxxxxxxxxxxx", "XXXX", "x.x", "X.X.X", "XX-XX-XX",
            "0123456789", "123456789", "1234567890", "12345", "0123456789012", "111111", "99999999", "AAAA", "ffffffff", "ÿÿÿÿ", "0X0000",
        ] {
            assert!(is_counted_out(filler), "{filler}");
        }
        for name in ["3", "O2", "X", "X1", "x86", "0x52", "1.0", "1.00", "1111", "8888", "3310", "6600", "1245", "2345", "12346", "AAA", "1"] {
            assert!(!is_counted_out(name), "{name}");
        }
    }

    #[test]
    #[rustfmt::skip]
    fn templates_are_no_values() {
        for template in [
            "@VERSION@", "Debian @VERSION_ID@", "${VERSION}", "1.${MINOR:-0}", "$VERSION", "$(VERSION)", "%VERSION%", "%%VERSION%%",
            "{{version}}", "{{ version }}", "{VERSION}", "#{version}", "__VERSION__", "<VERSION>", "<%= version %>", "{% version %}",
            "%s", "%d",
        ] {
            assert!(is_template(template), "{template}");
        }
        for value in [
            "A \"B\" $C", "me@example.org", "50% of 100%", "100%", "a_b", "Meter <3", "{1}", "US$ 5", "x@y", "@home", "__init", "5 %", "%", "#1",
            "Fedora Linux 41 (Workstation Edition)",
        ] {
            assert!(!is_template(value), "{value}");
        }
    }

    #[test]
    #[rustfmt::skip]
    fn names_that_look_like_fillers_are_values() {
        for name in [
            "OEMtek", "OEM Deluxe", "Default Robotics", "X99 All", "All-in-One", "Unknown Worlds", "None of the above", "Systemax",
            "System76", "System x3650", "System E", "Model A", "Model 3", "Model M", "Series 9", "Type 42", "Nona", "Emptyware",
            "Invalid Robotics", "Nokia", "Nothing", "Nothing Phone (1)", "Not A Computer", "The Board Co", "VMware7,1", "Virtual Machine",
            "Standard PC (Q35 + ICH9, 2009)", "Generic", "Boardcon", "Vendorlink", "小米", "Set", "PC", "Computer", "A", "M", "Value", "Data Systems", "Reserved Labs", "Added Value", "No Limits", "Changer",
            "Type1 Motors", "Product 5", "Version 2", "noname.industries", "20QDCTO1WW", "N/B", "Alps", "Base", "To", "Be", "TBS",
        ] {
            assert!(!says_nothing(name) && !is_template(name) && !is_counted_out(name), "{name}");
        }
    }
}
