//! `cargo xtask doctor`: what this machine has for each stage, what it lacks, and what would mend that. Changes nothing.

mod registries;

use std::fmt;
use std::process::Command;
use std::thread;

use anstream::print;
use clap::builder::styling::{AnsiColor, Style};
use packager::process::{is_installed, printed};
use packager::trouble::{Result, Trouble};
use packager::{cache, newer_java, toolchain};

use crate::msrv;

/// What is needed, and by which stages.
struct Need {
    stages: &'static str,
    what: String,
    found: Found,
}

/// What became of the search for it.
#[derive(Debug, PartialEq)]
enum Found {
    /// It is here, in this version or place.
    Here(String),
    /// It is not, and the first run that needs it fetches it.
    Fetched(String),
    /// It is not, and this would mend that.
    Lacking(String),
}

use Found::{Fetched, Here, Lacking};

/// Programs that Debian's packages bring: by which stages they are needed, the package, and the program.
const PROGRAMS: &[(&str, &str, &str)] = &[
    ("rust kotlin proof", "strace", "strace"),
    ("rust", "chromium", "chromium"),
    ("rust", "pre-commit", "pre-commit"),
    ("rust", "elvish", "elvish"),
    ("rust", "fish", "fish"),
    ("rust", "zsh", "zsh"),
    ("rust kotlin android package", "openjdk-17-jdk-headless", "javac"),
    ("rust kotlin android package", "maven", "mvn"),
    ("android", "aapt", "aapt2"),
    ("package", "apksigner", "apksigner"),
    ("swift apple android package", "bubblewrap", "bwrap"),
    ("swift apple android package", "mmdebstrap", "mmdebstrap"),
];

/// Says what there is; something that no run fetches by itself is a failure.
pub(crate) fn run() -> Result {
    let installs = can_install();
    let programs = PROGRAMS.iter().map(|&(stages, package, program)| Need {
        stages,
        what: program.to_owned(),
        found: if is_installed(program) { Here(String::new()) } else { fetched(installs, package) },
    });
    // Whatever waits for another program or the network waits beside the others.
    let (rust, registries) = thread::scope(|scope| {
        let rust = scope.spawn(rust);
        let registries = registries::ask();
        (rust.join().unwrap_or_default(), registries)
    });
    let mut needs = rust;
    needs.extend(programs);
    needs.extend([java(installs), oldest_rust(installs), phones(installs), disk()]);
    needs.extend(registries);
    print!("{}", Table(&needs));
    match needs.iter().filter(|need| matches!(need.found, Lacking(_))).count() {
        0 => Ok(()),
        count => Err(Trouble::failed(format!("this machine lacks {count} of {}", needs.len()))),
    }
}

/// Whether steps can install Debian's packages: they are, and this is root.
fn can_install() -> bool {
    is_installed("apt-get") && printed(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// What installs a package.
fn fetched(installs: bool, package: &str) -> Found {
    let how = format!("apt-get install {package}");
    if installs { Fetched(how) } else { Lacking(how) }
}

/// Rust and the two of its components that steps call.
fn rust() -> Vec<Need> {
    let need = |what: &str, arguments: &[&str], cure: &str| {
        let mut cargo = Command::new("cargo");
        let version = printed(cargo.args(arguments));
        let found =
            version.map_or_else(|_| Lacking(cure.to_owned()), |version| Here(version.trim().to_owned()));
        Need { stages: "all", what: what.to_owned(), found }
    };
    vec![
        need("cargo", &["--version"], "https://rustup.rs"),
        need("rustfmt", &["fmt", "--version"], "rustup component add rustfmt"),
        need("clippy", &["clippy", "--version"], "rustup component add clippy"),
    ]
}

/// A second Java, for Robolectric's newest framework.
fn java(installs: bool) -> Need {
    let found = match newer_java::installed() {
        Some(java) => Here(java.display().to_string()),
        None => fetched(installs, newer_java::PACKAGE),
    };
    Need { stages: "android", what: format!("Java {} or newer", newer_java::OLDEST), found }
}

fn oldest_rust(installs: bool) -> Need {
    let cure = "Debian 12's packages, by apt as root";
    let found = kept(&msrv::place(), installs, "100 MB by the step `msrv`", cure);
    Need { stages: "rust", what: format!("Rust {}", msrv::RUST), found }
}

/// The toolchain of phones' libraries, which has the standard library's source: no target is added to this machine's Rust.
fn phones(installs: bool) -> Need {
    let cure = "run `cargo xtask toolchain cargo --version` as root, on a system with apt";
    let found = kept(&toolchain::place(), installs, "3.5 GB, in about two minutes", cure);
    Need { stages: "swift apple android package", what: "the phones' toolchain".to_owned(), found }
}

/// What lies in the cache, or comes there.
fn kept(name: &str, installs: bool, comes: &str, cure: &str) -> Found {
    match cache::dir().map(|cache| cache.join(name)) {
        Ok(place) if place.exists() => Here(place.display().to_string()),
        Ok(_) if installs => Fetched(comes.to_owned()),
        Ok(_) => Lacking(cure.to_owned()),
        Err(trouble) => Lacking(trouble.to_string()),
    }
}

/// What a whole run takes, in gigabytes: the cache, Maven's, and what is built; the first two are there after the first.
const DISK: (u64, u64) = (15, 6);

fn disk() -> Need {
    let (first, later) = DISK;
    let is_filled = cache::dir().is_ok_and(|cache| cache.join(toolchain::place()).exists());
    let wanted = if is_filled { later } else { first };
    let free = printed(Command::new("df").args(["--block-size=1G", "--output=avail", "."]));
    let free = free.ok().and_then(|table| table.lines().last()?.trim().parse::<u64>().ok());
    let found = match free {
        Some(free) if free >= wanted => Here(format!("{free} GB")),
        Some(free) => Lacking(format!("{} GB more; there are {free}", wanted - free)),
        None => Lacking("`df .` does not say how much there is".to_owned()),
    };
    Need { stages: "all", what: format!("{wanted} GB of disk"), found }
}

/// For a terminal.
struct Table<'a>(&'a [Need]);

impl fmt::Display for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let width = |text: fn(&Need) -> &str| self.0.iter().map(|need| text(need).len()).max().unwrap_or(0);
        let (stages, whats) = (width(|need| need.stages), width(|need| &need.what));
        for Need { stages: by, what, found } in self.0 {
            let (style, word, more) = match found {
                Here(more) => (AnsiColor::Green.on_default(), "here", more.as_str()),
                Fetched(how) => (Style::new(), "fetched", how.as_str()),
                Lacking(cure) => (AnsiColor::Red.on_default(), "lacking", cure.as_str()),
            };
            write!(f, "{by:stages$}  {what:whats$}  {style}{word}{style:#}")?;
            let gap = if more.is_empty() { 0 } else { "lacking".len() + 2 - word.len() };
            writeln!(f, "{:gap$}{more}", "")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use packager::file;

    /// What the sources say is to be installed.
    fn installed(text: &str) -> Vec<String> {
        let calls = ["debian::ensure(\"", "debian::ensure_from(\""];
        let one =
            calls.iter().flat_map(|call| text.split(call).skip(1)).filter_map(|rest| rest.split('"').next());
        let lists = text.rsplit("try_for_each(debian::ensure)").skip(1);
        let of_list = lists.filter_map(|before| before.rsplit('[').next());
        one.chain(of_list.flat_map(|list| list.split('"').skip(1).step_by(2))).map(str::to_owned).collect()
    }

    #[test]
    fn every_package_that_a_step_installs_is_asked_for() {
        let mut count = 0;
        let sources = ["/src", "/../packager/src"].map(|sources| {
            file::tree(Path::new(&format!("{}{sources}", env!("CARGO_MANIFEST_DIR")))).unwrap()
        });
        for file in sources.into_iter().flatten() {
            if file.ends_with("doctor.rs") || file.extension().is_none_or(|extension| extension != "rs") {
                continue;
            }
            for package in installed(&file::read(&file).unwrap()) {
                assert!(
                    PROGRAMS.iter().any(|(_, known, _)| *known == package),
                    "{}: {package}",
                    file.display()
                );
                count += 1;
            }
        }
        assert!(count >= PROGRAMS.len(), "{count} found");
    }

    #[test]
    fn every_stage_is_one_that_there_is() {
        let stages = PROGRAMS.iter().flat_map(|(stages, ..)| stages.split(' '));
        let known: Vec<_> = crate::stage::names().collect();
        stages.for_each(|stage| assert!(known.contains(&stage), "{stage}"));
    }

    #[test]
    fn each_line_says_what_would_mend_it() {
        let need = |what: &str, found| Need { stages: "rust", what: what.to_owned(), found };
        let needs = [
            need("strace", Here(String::new())),
            need("zsh", fetched(true, "zsh")),
            need("chromium", fetched(false, "chromium")),
        ];
        assert_eq!(
            anstream::adapter::strip_str(&Table(&needs).to_string()).to_string(),
            "rust  strace    here\nrust  zsh       fetched  apt-get install zsh\nrust  chromium  lacking  apt-get install chromium\n"
        );
    }
}
