//! Enums whose cases have stable names.

/// Declares a fieldless enum together with the stable name of each case.
macro_rules! named {
    ($(#[$doc:meta])* $type:ident { $($(#[$case_doc:meta])* $case:ident = $name:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(not(feature = "development"), non_exhaustive)]
        pub enum $type { $($(#[$case_doc])* $case,)+ }

        impl $type {
            /// Every case, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$case,)+];

            /// The stable name, the same in JSON, Kotlin and Swift.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$case => $name,)+ }
            }

            /// The case of that name.
            pub fn from_id(id: &str) -> Option<Self> {
                match id { $($name => Some(Self::$case),)+ _ => None }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.id())
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.id())
            }
        }

        #[cfg(feature = "development")]
        impl schemars::JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($type).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "enum": [$($name),+] })
            }
        }
    };
}
pub(crate) use named;
