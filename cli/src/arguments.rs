//! What can be asked of the command.

use std::ffi::OsStr;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, StyledStr, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Args, Error, Parser, Subcommand, ValueEnum};
use scruple::{Age, Category, ConsentUpdate, Item, Purpose};
use scruple_disclose::check::CheckRule;
use scruple_disclose::target::{IdfaPurpose, Target, TrackingDomain};

/// Reads device information and feature data through Scruple's gate, and says what was withheld and why.
#[derive(Parser)]
#[command(name = "scruple", version, max_term_width = 100, arg_required_else_help = true, after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

impl Arguments {
    /// Those that the command was called with; if they are wrong, it says so and ends.
    pub(crate) fn read() -> Self {
        Self::try_parse().unwrap_or_else(|error| with_tip(error).exit())
    }
}

const EXAMPLES: &str = "\
Examples:
  scruple collect --agree all              everything this machine gives
  scruple collect --agree device --format json
  scruple explain --policy scruple.json    what a policy lets through, nothing is read
  scruple agreement                        the items that there are
  scruple policy new > scruple.json        a policy to start from
  scruple disclose --policy scruple.json --target html --out declared
                                           what the policy makes an app declare

Data goes to stdout, words to stderr. Exit status: 0 fine, 1 findings, 2 bad input or usage.";

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Collect on this machine, through the whole gate.
    #[command(after_help = "\
Examples:
  scruple collect                                      nothing: nobody agreed
  scruple collect --agree all                          everything this machine gives
  scruple collect --agree device --item device.model   one item; no other item's file is opened
  scruple collect --agree all --format mini-program    as a mini-program names it
  scruple collect --agree all --host records.json      with what the host supplies of itself
  scruple collect --agree device --record report/      this machine's files; asks first
  scruple collect --agree device --sysroot recorded/   a recorded machine

On Linux the command locks itself in before it reads: no file writes, no sockets, no other programs. If the kernel \
lacks a part of that, it says which. Only --record does not lock itself in.")]
    Collect(Collect),
    /// Say of each item whether it may be read, and which layer withholds it. Reads nothing.
    #[command(after_help = "\
Examples:
  scruple explain --agree all
  scruple explain --policy scruple.json --agree device location --age unknown --format json")]
    Explain(Explain),
    /// List the agreement's items, each with the clause it comes from.
    #[command(after_help = "\
Examples:
  scruple agreement
  scruple agreement --format markdown > items.md")]
    Agreement(Agreement),
    /// Compare a host's real files with what its policy makes it declare.
    #[command(after_help = "\
Examples:
  scruple check --policy scruple.json .                          a Gradle or Xcode project, as it is
  scruple check --policy scruple.json app.apk App/Info.plist     single files
  scruple check --policy scruple.json --format sarif . > check.sarif
  scruple check --policy scruple.json --allow android-identifier --allow apple-tracking .
  scruple check --policy scruple.json --write-baseline scruple-baseline.json .
  scruple check --policy scruple.json --baseline scruple-baseline.json .   only what is new since

Exit status: 0 fine or notes only, 1 findings, 2 a file that cannot be read, or usage.")]
    Check(Check),
    /// Write, check, compare and describe policy files.
    #[command(subcommand)]
    Policy(PolicyCommand),
    /// Write what a policy makes an app declare, in each store's own form.
    #[command(after_help = "\
Examples:
  scruple disclose --policy scruple.json --target ios android --out declared
  scruple disclose --policy scruple.json --target html --out declared        a page to look at
  scruple disclose --policy scruple.json --target play --csv data_safety_export.csv --out declared
  scruple disclose --policy scruple.json --target ios --out out --tracking-domain ads.example.com

Each target gets a folder of its own below DIR, with the same files for every policy; older ones are written over.
The paths go to stdout, what is left to do and to answer to stderr. Exit status 1: something that must be declared could not be \
written down, such as a row that the Data safety form lacks, or the domains that the advertising identifier goes to.")]
    Disclose(Disclose),
    /// Print what in this command others wrote, and their licences.
    Notices,
    /// Write the manual pages, one for each command.
    #[command(after_help = "\
Example:
  scruple man --out ~/.local/share/man/man1    and then: man scruple, man scruple-collect")]
    Man {
        /// Where to write; the folder is made if it is not there.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Print a shell's completion script.
    #[command(after_help = "\
Examples:
  scruple completions bash > ~/.local/share/bash-completion/completions/scruple
  scruple completions fish > ~/.config/fish/completions/scruple.fish
  scruple completions zsh > ~/.zfunc/_scruple       a folder in $fpath
  scruple completions powershell >> profile.ps1     the file that $PROFILE names
  scruple completions elvish > ~/.config/elvish/lib/scruple.elv    and then: use scruple")]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

#[derive(Args)]
pub(crate) struct Collect {
    #[command(flatten)]
    pub(crate) consent: Consent,
    #[command(flatten)]
    pub(crate) policy: PolicyFile,
    #[command(flatten)]
    pub(crate) purpose: PurposeOf,
    /// Only these items, by id.
    #[arg(long = "item", value_name = "ID", num_args = 1.., value_delimiter = ',', value_parser = item(), hide_possible_values = true)]
    pub(crate) items: Vec<Item>,
    /// How to print what was collected.
    #[arg(long, value_enum, default_value_t = CollectFormat::Table)]
    pub(crate) format: CollectFormat,
    /// What the host supplies of itself (parts A and B), as JSON; `-` for standard input.
    #[arg(long, value_name = "FILE")]
    pub(crate) host: Option<PathBuf>,
    /// Read a recorded machine: the same files under this directory, and in its file `statfs` what no file says.
    #[arg(long, value_name = "DIR")]
    pub(crate) sysroot: Option<PathBuf>,
    /// Record this machine: write the files that the items are read from into this directory, serial numbers and names
    /// replaced. They are shown first, and written after a yes.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["sysroot", "host", "format"])]
    pub(crate) record: Option<PathBuf>,
    /// Say yes to what --record asks.
    #[arg(long, requires = "record")]
    pub(crate) yes: bool,
}

#[derive(Args)]
pub(crate) struct Explain {
    #[command(flatten)]
    pub(crate) consent: Consent,
    #[command(flatten)]
    pub(crate) policy: PolicyFile,
    #[command(flatten)]
    pub(crate) purpose: PurposeOf,
    /// How to print the decisions.
    #[arg(long, value_enum, default_value_t = ExplainFormat::Table)]
    pub(crate) format: ExplainFormat,
}

#[derive(Args)]
pub(crate) struct Agreement {
    /// How to print the table.
    #[arg(long, value_enum, default_value_t = AgreementFormat::Table)]
    pub(crate) format: AgreementFormat,
}

#[derive(Args)]
pub(crate) struct Check {
    /// The host's policy, `-` for standard input.
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: PathBuf,
    /// Files and folders: manifests, Info.plist, privacy manifests, entitlements, .apk, .aar, .ipa, whole projects.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Make a rule's findings notes: the host has its own reasons. Once a rule, or several with commas between.
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = check_rule(), hide_possible_values = true)]
    pub(crate) allow: Vec<CheckRule>,
    /// Report only what is not in this file.
    #[arg(long, value_name = "FILE", conflicts_with = "write_baseline")]
    pub(crate) baseline: Option<PathBuf>,
    /// Write what is found to this file, for --baseline, and report nothing.
    #[arg(long, value_name = "FILE")]
    pub(crate) write_baseline: Option<PathBuf>,
    /// How to print the findings.
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub(crate) format: CheckFormat,
}

#[derive(Subcommand)]
pub(crate) enum PolicyCommand {
    /// Print a commented policy to start from, everything off.
    New,
    /// Check policy files: the first mistake with its line and column.
    Check {
        /// The policy files, `-` for standard input.
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
    },
    /// Print the JSON Schema of policy files.
    Schema,
    /// Say what changes from one policy to another: what is declared, and whether people must be asked again.
    #[command(after_help = "\
Examples:
  scruple policy diff old.json new.json
  scruple policy diff old.json new.json --format json
  scruple policy diff old.json new.json --ask-again || echo 'ask everybody anew'
  git show main:scruple.json > old.json && scruple policy diff old.json scruple.json

Exit status: 0 if nothing is to be done, 1 if the newer policy needs a new declaration or a new consent, 2 bad input or usage.
A shorter interval and a longer retention are said, and are no new consent.")]
    Diff(Diff),
}

#[derive(Args)]
pub(crate) struct Diff {
    /// The policy as it was, `-` for standard input.
    pub(crate) before: PathBuf,
    /// The policy as it is to be, `-` for standard input.
    pub(crate) after: PathBuf,
    /// Let the exit status say only whether people must be asked again.
    #[arg(long)]
    pub(crate) ask_again: bool,
    /// How to print the difference.
    #[arg(long, value_enum, default_value_t = TextFormat::Text)]
    pub(crate) format: TextFormat,
}

#[derive(Args)]
pub(crate) struct Disclose {
    /// The host's policy, `-` for standard input.
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: PathBuf,
    /// For whom to write; `all` without play, unless --csv is there.
    #[arg(long = "target", value_name = "TARGET", required = true, num_args = 1.., value_delimiter = ',', value_parser = target())]
    targets: Vec<String>,
    /// Where to write; the folder is made if it is not there.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// The app's own Data safety form, exported from Play Console; it stays as it is.
    #[arg(long, value_name = "FILE")]
    pub(crate) csv: Option<PathBuf>,
    /// A domain that the advertising identifier goes to; once a domain. The target ios asks for it if the policy reads one.
    #[arg(long = "tracking-domain", value_name = "DOMAIN", value_delimiter = ',', value_parser = TrackingDomain::parse)]
    pub(crate) tracking_domains: Vec<TrackingDomain>,
    /// What the advertising identifier is for, by Apple's list.
    #[arg(long, value_name = "PURPOSE", value_parser = idfa_purpose(), default_value = IdfaPurpose::default().id())]
    pub(crate) idfa_purpose: IdfaPurpose,
    /// How to print what was written.
    #[arg(long, value_enum, default_value_t = TextFormat::Text)]
    pub(crate) format: TextFormat,
}

impl Disclose {
    /// The targets that are asked for, each once.
    pub(crate) fn targets(&self) -> Vec<Target> {
        let asked = |target: &&Target| {
            self.targets.iter().any(|name| {
                name == target.id() || (name == ALL && (**target != Target::Play || self.csv.is_some()))
            })
        };
        Target::ALL.iter().filter(asked).copied().collect()
    }
}

/// What the person at the command line agrees to, in the end user's place.
#[derive(Args)]
pub(crate) struct Consent {
    /// Agree to these categories, or to `all`, for both purposes; also states the age, unless --age says otherwise.
    #[arg(long, value_name = "CATEGORY", num_args = 1.., value_delimiter = ',', value_parser = agreed())]
    agree: Vec<String>,
    /// State the end user's age against the minimum age for consent.
    #[arg(long, value_enum)]
    age: Option<AgeOf>,
}

#[derive(Args)]
pub(crate) struct PolicyFile {
    /// The host's policy, `-` for standard input. Without one every item is on, location fuzzy.
    #[arg(long = "policy", value_name = "FILE")]
    pub(crate) path: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct PurposeOf {
    /// What the data is for.
    #[arg(long, value_parser = purpose(), default_value = Purpose::Feature.id())]
    pub(crate) purpose: Purpose,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum CollectFormat {
    /// For people.
    Table,
    /// Stable and documented.
    Json,
    /// JSON with the field names that mini-programs know.
    MiniProgram,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum ExplainFormat {
    /// For people.
    Table,
    /// Stable and documented.
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum AgreementFormat {
    /// For people.
    Table,
    /// Stable and documented.
    Json,
    /// For documents.
    Markdown,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum TextFormat {
    /// For people.
    Text,
    /// Stable and documented.
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum CheckFormat {
    /// For people.
    Text,
    /// Stable and documented.
    Json,
    /// SARIF 2.1.0, for code hosts.
    Sarif,
}

#[derive(Clone, Copy, ValueEnum)]
enum AgeOf {
    /// Nobody stated it.
    Unknown,
    /// Below the minimum age.
    Below,
    /// At least the minimum age.
    AtLeast,
}

const ALL: &str = "all";

impl Consent {
    pub(crate) fn is_given(&self) -> bool {
        !self.agree.is_empty()
    }

    pub(crate) fn update(&self) -> ConsentUpdate {
        let age = match self.age {
            Some(AgeOf::Unknown) => Age::Unknown,
            Some(AgeOf::Below) => Age::BelowMinimum,
            Some(AgeOf::AtLeast) => Age::AtLeastMinimum,
            None if self.is_given() => Age::AtLeastMinimum,
            None => Age::Unknown,
        };
        let agreed =
            |category: &&Category| self.agree.iter().any(|name| name == ALL || name == category.id());
        Category::ALL
            .iter()
            .filter(agreed)
            .fold(ConsentUpdate::new().age(age), |update, category| update.grant(*category))
    }
}

fn agreed() -> PossibleValuesParser {
    Category::ALL.iter().map(|category| category.id()).chain([ALL]).collect::<Vec<_>>().into()
}

fn target() -> PossibleValuesParser {
    Target::ALL.iter().map(|target| target.id()).chain([ALL]).collect::<Vec<_>>().into()
}

fn item() -> impl clap::builder::TypedValueParser<Value = Item> {
    ItemId
}

fn check_rule() -> impl clap::builder::TypedValueParser<Value = CheckRule> {
    let from_id = |id: &str| CheckRule::ALL.iter().copied().find(|rule| rule.id() == id);
    named(CheckRule::ALL.iter().map(|rule| rule.id()).collect(), from_id)
}

fn idfa_purpose() -> impl clap::builder::TypedValueParser<Value = IdfaPurpose> {
    let from_id = |id: &str| IdfaPurpose::ALL.iter().copied().find(|purpose| purpose.id() == id);
    named(IdfaPurpose::ALL.iter().map(|purpose| purpose.id()).collect(), from_id)
}

fn purpose() -> impl clap::builder::TypedValueParser<Value = Purpose> {
    named(Purpose::ALL.iter().map(|purpose| purpose.id()).collect(), Purpose::from_id)
}

/// The same error, with a tip if an item, or most of its name, stands where none can.
fn with_tip(mut error: Error) -> Error {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.as_str(),
        _ => "",
    };
    let option = text(ContextKind::InvalidArg);
    // Of other commands an argument may be a file.
    let reads =
        std::env::args_os().nth(1).is_some_and(|command| command == "collect" || command == "explain");
    let kind = error.kind();
    let tip = if kind == ErrorKind::UnknownArgument && reads && !option.starts_with('-') {
        Item::nearest(option).map(|item| format!("`scruple collect --item {item}` asks for one item"))
    } else if kind == ErrorKind::InvalidValue && option.starts_with("--agree ") {
        Item::nearest(text(ContextKind::InvalidValue)).map(|item| {
            let category = item.category();
            format!("`--agree` takes categories; that of `{item}` is `{category}`")
        })
    } else {
        None
    };
    let has_none = error.get(ContextKind::SuggestedValue).is_none();
    if let Some(tip) = tip.filter(|_| has_none) {
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![StyledStr::from(tip)]));
    }
    error
}

/// An item by its id. Of a mistyped one, or its last part alone, the nearest is named.
#[derive(Clone)]
struct ItemId;

impl TypedValueParser for ItemId {
    type Value = Item;

    fn parse_ref(&self, command: &clap::Command, option: Option<&Arg>, value: &OsStr) -> Result<Item, Error> {
        let known = |id: &str| {
            let hint = || match Item::nearest(id) {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => "known here: the ids of `scruple agreement`".to_owned(),
            };
            Item::from_id(id).ok_or_else(hint)
        };
        known.parse_ref(command, option, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Item::ALL.iter().map(|item| PossibleValue::new(item.id()))))
    }
}

fn named<T: Clone + Send + Sync + 'static>(
    names: Vec<&'static str>,
    from_id: fn(&str) -> Option<T>,
) -> impl clap::builder::TypedValueParser<Value = T> {
    PossibleValuesParser::new(names).try_map(move |name| from_id(&name).ok_or("unknown name"))
}
