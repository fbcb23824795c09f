//! The forms in which a host declares: one file a target.

mod android;
mod china;
mod html;
mod ios;
mod markdown;
mod play;
mod plist;
mod time;
mod tracking;
mod xml;

use schemars::JsonSchema;
use scruple::{Error, Policy};
use serde::Serialize;

use crate::Scope;

pub use play::CsvError;
pub use tracking::{IdfaPurpose, TrackingDomain};

/// For whom something is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Target {
    /// The host's privacy manifest, Info.plist with texts in English and Chinese, and entitlements.
    Ios,
    /// What each artifact's manifest adds to the host's.
    Android,
    /// The host's own export of Google Play's Data safety form, patched.
    Play,
    /// The third-party SDK row, the list of personal information and the table of permissions, in Chinese.
    China,
    /// A section of a privacy policy, in English and Chinese.
    Markdown,
    /// One page to look at.
    Html,
}

impl Target {
    /// Every target.
    pub const ALL: &'static [Self] =
        &[Self::Ios, Self::Android, Self::Play, Self::China, Self::Markdown, Self::Html];

    /// The stable name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Ios => "ios",
            Self::Android => "android",
            Self::Play => "play",
            Self::China => "china",
            Self::Markdown => "markdown",
            Self::Html => "html",
        }
    }
}

/// A file to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Where, below the folder that the host names: parts joined by `/`.
    pub path: String,
    /// What is in it.
    pub contents: Vec<u8>,
}

impl File {
    fn new(path: impl Into<String>, contents: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), contents: contents.into() }
    }
}

/// What is written for one target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disclosure {
    /// The files: the same ones for every policy, so that a file of an older policy never stays behind.
    pub files: Vec<File>,
    /// What the host must do or decide itself.
    pub notes: Vec<String>,
    /// What the store still asks, and only the host can answer.
    pub open: Vec<String>,
    /// What must be declared and could not be written down: a finding each.
    pub missing: Vec<String>,
}

/// What the host says besides its policy.
#[derive(Debug, Clone, Copy, Default)]
pub struct Given<'a> {
    /// The host's exported Data safety form, which only the target `play` needs.
    pub data_safety: Option<&'a [u8]>,
    /// Where the advertising identifier goes, for the target `ios`.
    pub tracking_domains: &'a [TrackingDomain],
    /// What the advertising identifier is for, for the target `ios`.
    pub idfa_purpose: IdfaPurpose,
}

/// Writes a target.
///
/// # Errors
/// [`WriteError`] if a session would refuse the policy, if the form is none or is missing, or if nobody says where the
/// advertising identifier goes.
pub fn write(target: Target, policy: &Policy, given: &Given<'_>) -> Result<Disclosure, WriteError> {
    let scope = Scope::of(policy).map_err(WriteError::Policy)?;
    Ok(match target {
        Target::Ios => ios::write(&scope, given)?,
        Target::Android => android::write(&scope),
        Target::Play => {
            let form = given.data_safety.ok_or(WriteError::Form(CsvError::Missing))?;
            play::patch(&scope, form).map_err(WriteError::Form)?
        }
        Target::China => china::write(&scope),
        Target::Markdown => markdown::write(&scope),
        Target::Html => html::write(policy, &scope).map_err(WriteError::Policy)?,
    })
}

/// Why nothing was written.
#[derive(Debug)]
pub enum WriteError {
    /// The policy is none that a session would open.
    Policy(Error),
    /// The Data safety form is none.
    Form(CsvError),
    /// The policy reads the advertising identifier, and no domain is named that it goes to.
    TrackingDomain,
}
