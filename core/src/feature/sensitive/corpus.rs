//! The guard's table, one file a language: `+` before what is withheld, `-` before near misses that pass; `\n` is a line break.

use proptest::prelude::*;

use super::is_sensitive;

const LANGUAGES: &[(&str, &str)] = &[
    ("en", include_str!("corpus/en.txt")),
    ("zh", include_str!("corpus/zh.txt")),
    ("ja", include_str!("corpus/ja.txt")),
    ("ko", include_str!("corpus/ko.txt")),
    ("id", include_str!("corpus/id.txt")),
    ("ms", include_str!("corpus/ms.txt")),
    ("th", include_str!("corpus/th.txt")),
    ("vi", include_str!("corpus/vi.txt")),
    ("fil", include_str!("corpus/fil.txt")),
    ("hi", include_str!("corpus/hi.txt")),
    ("es", include_str!("corpus/es.txt")),
    ("pt", include_str!("corpus/pt.txt")),
    ("fr", include_str!("corpus/fr.txt")),
    ("it", include_str!("corpus/it.txt")),
    ("de", include_str!("corpus/de.txt")),
    ("nl", include_str!("corpus/nl.txt")),
    ("pl", include_str!("corpus/pl.txt")),
    ("ru", include_str!("corpus/ru.txt")),
    ("uk", include_str!("corpus/uk.txt")),
    ("tr", include_str!("corpus/tr.txt")),
    ("ar", include_str!("corpus/ar.txt")),
    ("he", include_str!("corpus/he.txt")),
    ("mixed", include_str!("corpus/mixed.txt")),
    ("cards", include_str!("corpus/cards.txt")),
];

/// The texts of a language, and whether each is withheld.
fn texts(list: &str) -> impl Iterator<Item = (bool, String)> {
    list.lines().map(|line| {
        let (mark, text) = line.split_once(' ').unwrap();
        assert!(matches!(mark, "+" | "-"), "{line}");
        (mark == "+", text.replace("\\n", "\n"))
    })
}

fn all(withheld: bool) -> Vec<String> {
    let texts = LANGUAGES.iter().flat_map(|(_, list)| texts(list));
    texts.filter(|(is, _)| *is == withheld).map(|(_, text)| text).collect()
}

#[test]
#[allow(clippy::print_stdout, reason = "the table is for people to read")]
fn every_language_has_its_codes_stopped_and_its_near_misses_passed() {
    let mut wrong = Vec::new();
    let (mut stopped, mut codes, mut flagged) = (0, 0, 0);
    println!("language | codes stopped | near misses passed");
    for (language, list) in LANGUAGES {
        let judged: Vec<_> = texts(list).map(|(is, text)| (is, is_sensitive(&text), text)).collect();
        let count = |is, said| judged.iter().filter(|(a, b, _)| (*a, *b) == (is, said)).count();
        let (of, hits, misses) =
            (count(true, true) + count(true, false), count(true, true), count(false, true));
        let near = count(false, false) + misses;
        println!("{language:8} | {hits:4} of {of:4}  | {:4} of {near:4}", near - misses);
        let least = if matches!(*language, "en" | "zh") { 30 } else { 8 };
        assert!(of >= least && near >= least, "{language} has too few texts");
        (stopped, codes, flagged) = (stopped + hits, codes + of, flagged + misses);
        wrong.extend(judged.into_iter().filter(|(is, said, _)| is != said).map(|(_, _, text)| text));
    }
    println!("recall {stopped} of {codes}, precision {stopped} of {}", stopped + flagged);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Sentences that speak of other numbers.
const HARMLESS: &[&str] = &[
    "Error code 40013.",
    "Scan the QR code.",
    "Your order 99120 has shipped.",
    "Use promo code SAVE20 for 20% off.",
    "ZIP code 94103.",
    "错误代码 40013。",
    "优惠码 SAVE20，立减20元。",
    "エラーコード 40013。",
    "Código postal 28013.",
    "Fehlercode 4042.",
    "Код ошибки 4042.",
    "رمز الخطأ 4042.",
];

/// The zeros of scripts whose digits people type.
const ZEROS: &[char] = &['0', '٠', '۰', '०', '০', '๐', '០', '၀', '０', '𝟎'];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn a_harmless_sentence_beside_a_code_changes_nothing(
        code in proptest::sample::select(all(true)),
        harmless in proptest::sample::select(HARMLESS),
        before: bool,
        gap in proptest::sample::select(&["\n", "\n\n"][..]),
    ) {
        let text = if before { format!("{harmless}{gap}{code}") } else { format!("{code}{gap}{harmless}") };
        prop_assert!(is_sensitive(&text), "{text:?}");
    }

    #[test]
    fn the_digits_script_changes_nothing(
        (withheld, text) in any::<bool>().prop_flat_map(|is| (Just(is), proptest::sample::select(all(is)))),
        zero in proptest::sample::select(ZEROS),
    ) {
        let digit = |c: char| c.to_digit(10).and_then(|value| char::from_u32(zero as u32 + value)).unwrap_or(c);
        let text: String = text.chars().map(digit).collect();
        prop_assert_eq!(is_sensitive(&text), withheld, "{:?}", text);
    }

    #[test]
    fn any_message_is_judged(
        parts in proptest::collection::vec((proptest::sample::select(all(true)), any::<String>()), 0..4),
        cut in 0..200_usize,
    ) {
        let text: String = parts.into_iter().map(|(code, any)| format!("{any}{code}")).collect();
        is_sensitive(&text.chars().skip(cut).collect::<String>());
    }
}
