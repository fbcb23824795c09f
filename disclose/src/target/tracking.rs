//! What the advertising identifier is for, and where it goes: only the host knows.

use std::fmt;

/// A domain for `NSPrivacyTrackingDomains`: a name alone, as Apple compares it with the addresses that an app calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackingDomain(String);

impl TrackingDomain {
    /// Reads a domain.
    ///
    /// # Errors
    /// Says what is wrong with it, and what would be right.
    pub fn parse(text: &str) -> Result<Self, String> {
        let example = "write the name alone, such as ads.example.com";
        if text.contains("://") || text.contains(['/', '?', '#', ':', '@', '*']) {
            return Err(format!("a domain has no scheme, port, path or wildcard; {example}"));
        }
        if !text.is_ascii() {
            return Err(
                "a domain is written in ASCII; write its letters of other scripts as xn--…".to_owned()
            );
        }
        let is_label = |label: &str| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let top = text.rsplit('.').next().unwrap_or_default();
        let is_domain = text.len() <= 253
            && text.contains('.')
            && text.split('.').all(is_label)
            && top.bytes().any(|byte| byte.is_ascii_alphabetic());
        if is_domain { Ok(Self(text.to_ascii_lowercase())) } else { Err(format!("not a domain; {example}")) }
    }

    /// In lower case.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

macro_rules! purposes {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $apple:literal;)+) => {
        /// What the host does with the advertising identifier, by Apple's list.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub enum IdfaPurpose { $($(#[$doc])* $name,)+ }

        impl IdfaPurpose {
            /// Every purpose.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The stable name.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)+ }
            }

            /// Apple's name in a privacy manifest.
            pub const fn apple(self) -> &'static str {
                match self { $(Self::$name => $apple,)+ }
            }
        }
    };
}

purposes! {
    /// Others' advertisements in the app, or data shared with who shows advertisements: what tracking mostly is.
    #[default]
    ThirdPartyAdvertising = "third-party-advertising", "NSPrivacyCollectedDataTypePurposeThirdPartyAdvertising";
    /// The host's own advertisements and marketing.
    DeveloperAdvertising = "developer-advertising", "NSPrivacyCollectedDataTypePurposeDeveloperAdvertising";
    /// Measuring how the app is used, and what advertisements bring.
    Analytics = "analytics", "NSPrivacyCollectedDataTypePurposeAnalytics";
}

impl fmt::Display for IdfaPurpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::TrackingDomain;

    #[test]
    fn a_domain_is_a_name_alone() {
        for right in ["ads.example.com", "example.com", "ADS.Example.com", "xn--fiq228c.example", "a-b.c1.io"]
        {
            let domain = TrackingDomain::parse(right).map(|domain| domain.as_str().to_owned());
            assert_eq!(domain, Ok(right.to_lowercase()));
        }
        for wrong in [
            "",
            "com",
            "https://ads.example.com",
            "ads.example.com/",
            "ads.example.com:443",
            "*.example.com",
            "ads..example.com",
            ".example.com",
            "example.com.",
            "-a.example.com",
            "a b.example.com",
            "127.0.0.1",
            "广告.example.com",
        ] {
            assert!(TrackingDomain::parse(wrong).is_err(), "{wrong}");
        }
    }
}
