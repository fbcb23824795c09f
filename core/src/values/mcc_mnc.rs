//! Splits an operator's numeric code into country and network.

use serde::Serialize;
use zeroize::Zeroize;

use crate::outcome::Unavailable;
use crate::secret::redacted;

/// Mobile country code and mobile network code. They are strings, since `02` and `002` are different networks.
#[derive(Clone, PartialEq, Eq, Zeroize, Serialize, uniffi::Record)]
#[cfg_attr(feature = "development", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct MccMnc {
    /// Three digits.
    pub mcc: String,
    /// Two or three digits.
    pub mnc: String,
}

redacted!(MccMnc);

impl MccMnc {
    /// Splits the code that a telephony stack reports, such as `310260`. The first three digits are the country's.
    ///
    /// # Errors
    /// [`Unavailable::NotStated`] for an empty text (no service yet), [`Unavailable::Placeholder`] for `00000`, `--`
    /// and `65535`, which stand for no operator, and [`Unavailable::Malformed`] for anything else.
    pub fn from_operator_code(code: &str) -> Result<Self, Unavailable> {
        // Some radios report a list with a place for each SIM slot; the first is the default one's.
        let code = code.split(',').next().unwrap_or_default().trim();
        match code {
            "" => return Err(Unavailable::NotStated),
            // Apple gives the last two for every carrier from iOS 16.4.
            "--" | "65535" => return Err(Unavailable::Placeholder),
            _ if code.bytes().all(|digit| digit == b'0') => return Err(Unavailable::Placeholder),
            _ => {}
        }
        let digits = (5..=6).contains(&code.len()) && code.bytes().all(|digit| digit.is_ascii_digit());
        match code.split_at_checked(3) {
            Some((mcc, mnc)) if digits => Ok(Self { mcc: mcc.to_owned(), mnc: mnc.to_owned() }),
            Some(_) | None => Err(Unavailable::Malformed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Networks on the air, two- and three-digit ones, from the public lists of codes.
    const REAL: [(&str, &str, &str); 30] = [
        ("20205", "202", "05"),
        ("20404", "204", "04"),
        ("20801", "208", "01"),
        ("21401", "214", "01"),
        ("22201", "222", "01"),
        ("22801", "228", "01"),
        ("23415", "234", "15"),
        ("24001", "240", "01"),
        ("25001", "250", "01"),
        ("26002", "260", "02"),
        ("26201", "262", "01"),
        ("26202", "262", "02"),
        ("28601", "286", "01"),
        ("302220", "302", "220"),
        ("302720", "302", "720"),
        ("310260", "310", "260"),
        ("310410", "310", "410"),
        ("311480", "311", "480"),
        ("334020", "334", "020"),
        ("338050", "338", "050"),
        ("40410", "404", "10"),
        ("44010", "440", "10"),
        ("45005", "450", "05"),
        ("45400", "454", "00"),
        ("46000", "460", "00"),
        ("46001", "460", "01"),
        ("46692", "466", "92"),
        ("50501", "505", "01"),
        ("722310", "722", "310"),
        ("732101", "732", "101"),
    ];

    #[test]
    fn real_codes_split_after_the_country() {
        for (code, mcc, mnc) in REAL {
            let split = MccMnc::from_operator_code(code).map(|split| (split.mcc, split.mnc));
            assert_eq!(split, Ok((mcc.to_owned(), mnc.to_owned())), "{code}");
        }
    }

    #[test]
    fn a_list_gives_its_first() {
        for code in ["26202,", "26202,310260", " 26202 ,"] {
            let split = MccMnc::from_operator_code(code).map(|split| (split.mcc, split.mnc));
            assert_eq!(split, Ok(("262".to_owned(), "02".to_owned())), "{code}");
        }
    }

    #[test]
    fn what_is_no_code_has_a_reason() {
        let reason = |code| MccMnc::from_operator_code(code).err();
        for code in ["", " ", ",", ",26202"] {
            assert_eq!(reason(code), Some(Unavailable::NotStated), "{code:?}");
        }
        for code in ["00000", "000000", "0", "--", "65535", "--,"] {
            assert_eq!(reason(code), Some(Unavailable::Placeholder), "{code:?}");
        }
        for code in ["2620", "2620212", "26a02", "+26202", "٢٦٢٠٢", "262\u{0}2", "26 202", "-26202", "262.02"]
        {
            assert_eq!(reason(code), Some(Unavailable::Malformed), "{code:?}");
        }
    }
}
