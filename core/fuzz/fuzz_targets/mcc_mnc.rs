//! What a telephony stack reports for an operator.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scruple::MccMnc;
use scruple_fuzz::rules;

fuzz_target!(|code: &str| {
    if let Ok(split) = MccMnc::from_operator_code(code) {
        rules::operator_code(&split.mcc, &split.mnc);
        let whole = format!("{}{}", split.mcc, split.mnc);
        assert_eq!(
            code.split(',').next().map(str::trim),
            Some(whole.as_str()),
            "the first code, and all of it"
        );
        assert!(MccMnc::from_operator_code(&whole) == Ok(split), "a code is a code");
    }
});
