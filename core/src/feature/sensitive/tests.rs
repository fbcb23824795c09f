//! The guard's table: what is withheld, and the near misses that pass. Numbers are the card schemes' test numbers.

use proptest::prelude::*;

use super::card;
use super::code::LONGEST_MESSAGE;
use super::fold::{digit, folded};
use super::is_sensitive;

const CARDS: &[&str] = &[
    "4111111111111111",
    "4111 1111 1111 1111",
    "4111-1111-1111-1111",
    "4111.1111.1111.1111",
    "4111_1111_1111_1111",
    "4111  1111  1111  1111",
    "4111\u{a0}1111\u{a0}1111\u{a0}1111",
    "4111\u{2009}1111\u{2009}1111\u{2009}1111",
    "4111\u{2007}1111\u{2007}1111\u{2007}1111",
    "4111\u{3000}1111\u{3000}1111\u{3000}1111",
    "4111\t1111\t1111\t1111",
    "4111\n1111\n1111\n1111",
    "4111\r\n1111\r\n1111\r\n1111",
    "4111–1111–1111–1111",
    "4111 - 1111 - 1111 - 1111",
    "4111\u{200b}1111\u{200b}1111\u{200b}1111",
    "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
    "41111111 11111111",
    "４１１１　１１１１　１１１１　１１１１",
    "4222222222222",
    "5555555555554444",
    "5105 1051 0510 5100",
    "2223003122003222",
    "2223 0031 2200 3222",
    "378282246310005",
    "3782 822463 10005",
    "3782-822463-10005",
    "6011111111111117",
    "3056 930902 5904",
    "36227206271667",
    "3530111333300000",
    "213100000000001",
    "180000000000002",
    "6200000000000005",
    "6205500000000000004",
    "620550 0000000000004",
    "6205 5000 0000 0000 004",
    "2200 0000 0000 0004",
    "6759649826438453",
    "my card is 4111 1111 1111 1111, thanks",
    "卡号：6200000000000005",
    "请转到6200 0000 0000 0005（工行）",
    "2024-05-28 4111 1111 1111 1111",
    "4111 1111 1111 1111 12/27 123",
    "12 4111-1111-1111-1111",
    "No. 12, 411111 1111111111",
    "card:4111111111111111;",
    "x4111111111111111x",
];

const CODES: &[&str] = &[
    "482913",
    " 482913\n",
    "482 913",
    "482-913",
    "４８２９１３",
    "Your verification code is 482913",
    "Your verification code is: 4829.",
    "482913 is your Google verification code",
    "G-482913 is your Google verification code.",
    "Use 4821 to sign in to Example",
    "OTP: 482 913",
    "otp 482913",
    "Your one-time password is 48291377",
    "Your OTP for the payment is 482913. Do not share it.",
    "Your code is 48291",
    "<#> Your ExampleApp code is: 482913",
    "Security code: 482-913",
    "Login code: 48291. Don't give it to anyone.",
    "Enter passcode 4829 within 5 minutes",
    "Your 2FA code: 482913",
    "Confirmation code AB12-CD34",
    "Your access code is A1B2C3",
    "【腾讯科技】验证码：482913，5分钟内有效，请勿泄露。",
    "您的验证码是482913",
    "验证码 4829",
    "482913（动态验证码），请在30分钟内填写",
    "您的动态密码为482913，请勿告诉他人",
    "校验码482913，您正在登录",
    "【銀行】驗證碼：482913",
    "您的確認碼為 482913",
    "短信密码：482913",
    "您的授权码为４８２９１３",
    // What the line above tells of an error is not told of this line.
    "verification code error\n482913",
    "The code your order needs: 48291",
    "2024 (your passcode)",
];

const HARMLESS_TEXTS: &[&str] = &[
    "",
    " ",
    "hello",
    "4111111111111112",
    "4111 1111 1111 1112",
    "1234567890123456",
    "9999999999999995",
    "0000000000000000",
    "4444444444444444",
    "44444444444444444",
    "4111    1111    1111    1111",
    "411111111111111",
    "41111111111111111111",
    "Order 202405281234567890",
    "订单号：20240528123456789012",
    "Order number 1029384756",
    "Tracking 1Z999AA10123456784",
    "SF1234567890123",
    "13800138000",
    "+86 138 0013 8000",
    "138-0013-8000",
    "(415) 555-2671",
    "+1 415 555 2671, +1 415 555 2672",
    "13800138000 13900139000",
    "2024-05-28",
    "20240528",
    "2024-05-28 14:34:44",
    "28.05.2024 14:34",
    "1716870000000",
    "1716870000",
    "2024",
    "1234",
    "12345",
    "1234567",
    "$1,234.56",
    "¥482913.00",
    "192.168.100.200",
    "10.0.0.1:8080",
    "postal code 94103",
    "zip code: 94103",
    "Use promo code 2024",
    "promo code SAVE20 for $482",
    "error code 40013",
    "status code 5000",
    "QR code 482913",
    "area code 4155",
    "the code in line 1234 is wrong",
    "source code revision 482913",
    "ISBN 9783161484100",
    "978-3-16-148410-0",
    "490154203237518",
    "验证码错误",
    "验证码已发送，请查收",
    "请输入验证码",
    "会议号 482 913 207",
    "密码学导论 2024",
    "laptop 482913",
    "sotp 482913",
    "otps 482913",
    "123abc",
    "G-forces",
    "G-12345678",
    "The OTP for page 123 is",
    "OTP 12345-6",
    "OTP ab12:cd34",
    "OTP abcdef12-cdefg34",
    "verification code was wrong, try again",
    "In 2024 the verification code was introduced",
    "Your verification code expires at 14:34",
    "550e8400-e29b-41d4-a716-446655440000",
    "d41d8cd98f00b204e9800998ecf8427e",
    "let x = 482913;",
    "v1.2.3456",
    "48.137154, 11.576124",
    "https://example.com/p/482913",
    "room 4829, floor 12",
    "KE 482913 flies at 14:34",
    // The word for a code is another sentence's, or of something else, or too far away.
    "Verification code error:\n482913",
    "To sign in, open the app. We are here for you. 4829 sheep did.",
    "The password. Take 4829",
    "1999 songs (passcode needed)",
    "2024 is the error that your passcode gave",
    "PIN of order your 48291",
    "The passcode you will get from us at the end of the whole long day at the sea is 2024",
];

fn holds_a_card(text: &str) -> bool {
    card::holds_a_card(&folded(text))
}

#[test]
fn cards_and_codes_are_withheld() {
    for text in CARDS {
        assert!(holds_a_card(text), "{text:?}");
    }
    for text in CODES {
        assert!(is_sensitive(text), "{text:?}");
        assert!(!holds_a_card(text), "{text:?}");
    }
}

#[test]
fn near_misses_pass() {
    for text in HARMLESS_TEXTS {
        assert!(!is_sensitive(text), "{text:?}");
    }
}

#[test]
fn an_announcement_in_a_long_text_is_prose() {
    let sentence = "Your verification code is 482913. ";
    assert!(is_sensitive(sentence));
    assert!(!is_sensitive(&sentence.repeat(40)));
    let filled = |length: usize| format!("{sentence}{}", ".".repeat(length - sentence.len()));
    assert!(is_sensitive(&filled(LONGEST_MESSAGE)));
    assert!(!is_sensitive(&filled(LONGEST_MESSAGE + 1)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    #[test]
    fn any_text_is_judged(text in any::<String>()) {
        is_sensitive(&text);
    }

    #[test]
    fn a_card_is_found_wherever_it_stands(before in "[a-zA-Z ]{0,40}", after in "[a-zA-Z ]{0,40}", card in 0..CARDS.len()) {
        let text = format!("{before}{}{after}", CARDS[card]);
        prop_assert!(is_sensitive(&text));
    }

    #[test]
    fn a_wrong_check_digit_is_no_card(number in "4[0-9]{14}", check in 0..10_u8) {
        let digits = |text: &str| text.chars().filter_map(digit).map(u32::from).collect::<Vec<_>>();
        let right = (0..10_u8).find(|check| card::passes_luhn(&digits(&format!("{number}{check}")))).unwrap();
        prop_assert_eq!(card::passes_luhn(&digits(&format!("{number}{check}"))), check == right);
    }
}
