//! One spelling of what people and programs write in many: digits of every script, letters without case and accents, one
//! space, one hyphen, one line break, and nothing that is invisible.

use zeroize::Zeroizing;

/// The text in that spelling, in memory that is wiped. It never grows, so no part of it is left behind.
pub(super) fn folded(text: &str) -> Zeroizing<Vec<char>> {
    let mut folded = Zeroizing::new(Vec::with_capacity(text.len()));
    folded.extend(text.chars().filter_map(fold));
    folded
}

/// What stands for the character, or nothing where it shows nothing. The compiler calls it too, for the words.
pub(super) const fn fold(c: char) -> Option<char> {
    Some(match c {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        '\t' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
        '\0'..='@' | '['..='\u{7e}' => c,
        'A'..='Z' => c.to_ascii_lowercase(),
        _ if is_invisible(c) => return None,
        '\u{58a}'
        | '\u{5be}'
        | '\u{2010}'..='\u{2015}'
        | '\u{2043}'
        | '\u{2212}'
        | '\u{2e3a}'
        | '\u{2e3b}'
        | '\u{301c}'
        | '\u{fe58}'
        | '\u{fe63}' => '-',
        '·' | '‧' | '∙' | '⋅' | '・' | '･' | '\u{66b}' => '.',
        '‘' | '’' | 'ʼ' | '׳' => '\'',
        '״' => '"',
        '、' | '،' | '\u{66c}' => ',',
        '｡' | '।' | '॥' | '۔' => '。',
        '؟' => '?',
        '؛' => ';',
        '٪' => '%',
        '①'..='⑨' => shifted(c, '①', '1'),
        '⓪' => '0',
        '\u{4e00}'..='\u{9fff}' => simplified(c),
        _ => match digit(c) {
            Some(value) => (b'0' + value) as char,
            // The full-width form of ASCII.
            None if matches!(c, '！'..='～') => return fold(shifted(c, '！', '!')),
            None => letter(c),
        },
    })
}

/// The character as far from `to` as `c` is from `from`.
const fn shifted(c: char, from: char, to: char) -> char {
    match char::from_u32((c as u32 - from as u32) + to as u32) {
        Some(to) => to,
        None => c,
    }
}

/// Formatting, joiners, variation selectors, and the marks that a text carries in one spelling and not in another.
const fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{20e3}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}'
        // Accents of their own, Hebrew points, Arabic vowels and the stretched line, the dot below of Devanagari.
        | '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{5bf}'..='\u{5c7}' | '\u{640}' | '\u{64b}'..='\u{65f}'
        | '\u{670}' | '\u{93c}')
}

/// The zero of each script; its other digits follow it. Unicode 16, general category Nd.
const ZEROS: [u32; 66] = [
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50,
    0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40,
    0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x11066,
    0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x11730, 0x118e0, 0x11950,
    0x11c50, 0x11d50, 0x11da0, 0x16a60, 0x16ac0, 0x16b50, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6,
    0x1e140, 0x1e2f0, 0x1e950, 0x1fbf0,
];

/// The value of a decimal digit.
pub(super) const fn digit(c: char) -> Option<u8> {
    let c = c as u32;
    let mut zeros: &[u32] = &ZEROS;
    while let [rest @ .., zero] = zeros {
        if *zero <= c {
            return if c - *zero < 10 { Some((c - *zero) as u8) } else { None };
        }
        zeros = rest;
    }
    None
}

/// A traditional character and the simplified one, pair by pair: those that the words have.
const SIMPLIFIED: &[char] = &[
    '驗', '验', '證', '证', '碼', '码', '態', '态', '動', '动', '確', '确', '認', '认', '錄', '录', '陸',
    '陆', '訊', '讯', '啟', '启', '啓', '启', '單', '单', '隨', '随', '機', '机', '臨', '临', '註', '注',
    '冊', '册', '雙', '双', '兩', '两', '驟', '骤', '號', '号', '郵', '邮', '遞', '递', '區', '区', '國',
    '国', '條', '条', '優', '优', '兌', '兑', '請', '请', '薦', '荐', '訂', '订', '運', '运', '銀', '银',
    '場', '场', '電', '电', '話', '话', '熱', '热', '線', '线', '撥', '拨', '緻', '致', '傳', '传', '發',
    '发', '誤', '误', '狀', '状', '產', '产', '帳', '账', '戶', '户', '間', '间', '樓', '楼', '約', '约',
    '額', '额', '餘', '余', '價', '价', '計', '计', '總', '总', '轉', '转', '積', '积', '塊', '块', '圓',
    '圆', '幣', '币', '億', '亿', '萬', '万', '個', '个', '點', '点', '頁', '页', '會', '会', '議', '议',
    '減', '减', '滿', '满', '結', '结', '領', '领', '紅', '红', '輸', '输', '寫', '写', '為', '为', '爲',
    '为', '洩', '泄', '權', '权', '簡', '简', '維', '维', '錯', '错', '異', '异', '課', '课', '貨', '货',
    '員', '员', '報', '报', '綁', '绑', '語', '语', '開', '开', '檢', '检', '賬', '账', '訴', '诉', '時',
    '时', '數', '数', '編', '编', '購', '购', '費', '费', '現', '现', '僅', '仅',
];

const fn simplified(c: char) -> char {
    let mut pairs = SIMPLIFIED;
    while let [traditional, simplified, rest @ ..] = pairs {
        if *traditional == c {
            return *simplified;
        }
        pairs = rest;
    }
    c
}

/// U+00C0 to U+017F without accents and case; `?` stands as it is.
const LATIN: &[u8; 192] = b"aaaaaaaceeeeiiiidnooooo?ouuuuytsaaaaaaaceeeeiiiidnooooo?ouuuuyty\
aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrsssssssstttttt\
uuuuuuuuuuuuwwyyyzzzzzzs";

/// The same for Vietnamese, U+1EA0 to U+1EF9.
const VIETNAMESE: &[u8; 90] = b"aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooo\
uuuuuuuuuuuuuuyyyyyyyy";

/// What the table has for the character; `?` for those that stand for themselves.
const fn entry(c: char, table: &[u8], first: char) -> char {
    let (_, from) = table.split_at(c as usize - first as usize);
    match from {
        [b'?', ..] | [] => c,
        [letter, ..] => *letter as char,
    }
}

const fn letter(c: char) -> char {
    match c {
        '\u{c0}'..='\u{17f}' => entry(c, LATIN, 'À'),
        '\u{1ea0}'..='\u{1ef9}' => entry(c, VIETNAMESE, 'Ạ'),
        'Ơ' | 'ơ' => 'o',
        'Ư' | 'ư' => 'u',
        'Ș' | 'ș' => 's',
        'Ț' | 'ț' => 't',
        // Letters that are another one with an accent, then the case.
        'Ё' | 'ё' => 'е',
        'Й' | 'й' => 'и',
        'Ї' | 'ї' => 'і',
        'А'..='Я' => shifted(c, 'А', 'а'),
        'Ѐ'..='Џ' => shifted(c, 'Ѐ', 'ѐ'),
        'Ґ' => 'ґ',
        'آ' | 'أ' | 'إ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ة' => 'ه',
        'ک' => 'ك',
        _ => c,
    }
}

/// Whether words of the character's script stand between spaces, so that a letter beside it belongs to the word.
pub(super) const fn is_spaced(c: char) -> bool {
    matches!(c, 'a'..='z' | '0'..='9' | '\u{100}'..='\u{52f}' | '\u{5d0}'..='\u{5ea}' | '\u{620}'..='\u{6d3}'
        | '\u{900}'..='\u{963}' | '\u{970}'..='\u{97f}')
}

/// Whether the character is part of a word or a number.
pub(super) fn is_word(c: char) -> bool {
    is_spaced(c)
        || matches!(c, '\u{980}'..='\u{1fff}' | '\u{2e80}'..='\u{2fdf}' | '々'..='〇' | 'ぁ'..='ヺ' | '\u{3100}'..='\u{318f}'
            | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{ff66}'..='\u{ff9f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> String {
        folded(text).iter().collect()
    }

    #[test]
    fn one_spelling_stands_for_many() {
        for (many, one) in [
            ("ＡＢＣ：４８２９", "abc:4829"),
            ("٤٨٢٩ ۴۸۲۹ ४८२९ ๔๘๒๙ ၄၈၂၉ ៤៨២៩ 𝟒𝟖𝟐𝟗", "4829 4829 4829 4829 4829 4829 4829"),
            ("4\u{fe0f}\u{20e3}8\u{200b}2\u{ad}9\u{2066}", "4829"),
            ("482\u{a0}913 482\u{2011}913 482–913 482·913", "482 913 482-913 482-913 482.913"),
            ("MÃ XÁC THỰC Mã xác thực", "ma xac thuc ma xac thuc"),
            ("Código de verificação, Bestätigung, Łódź × ÷", "codigo de verificacao, bestatigung, lodz × ÷"),
            ("cafe\u{301} ДЛЯ Ё й и\u{306} Їжак ґҐ", "cafe для е и и іжак ґґ"),
            ("رمـز التحقّق أنت ی", "رمز التحقق انت ي"),
            ("שָׁלוֹם", "שלום"),
            ("驗證碼／認証コード", "验证码/认証コード"),
            ("a\r\nb\u{2028}c", "a\n\nb\nc"),
            ("‘’ʼ׳ ״ 、،\u{66c} ｡।॥۔ ؟؛٪", "'''' \" ,,, 。。。。 ?;%"),
            ("①⑨⓪", "190"),
            ("Ơơ Ưư Șș Țț Ѐ Ђ Џ", "oo uu ss tt ѐ ђ џ"),
            ("ة ک", "ه ك"),
        ] {
            assert_eq!(text(many), one);
            assert_eq!(text(one), one, "what is folded stays");
        }
    }

    #[test]
    fn every_digit_of_unicode_has_its_value() {
        assert!(ZEROS.is_sorted());
        for zero in ZEROS {
            for value in 0..10 {
                let c = char::from_u32(zero + value).unwrap();
                assert_eq!(digit(c).map(u32::from), Some(value));
                assert!(c.is_numeric());
            }
        }
        let many = ('\0'..=char::MAX).filter(|c| digit(*c).is_some()).count();
        assert_eq!(many, ZEROS.len() * 10);
        assert_eq!(digit('½'), None);
    }
}
