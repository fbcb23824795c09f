//! Whether the registries answer: cargo's, Debian's and Maven's, each asked where its own client gets packages from.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use packager::debian;
use zip::ZipArchive;

use super::{Found, Need};

/// How long one may take, in seconds.
const PATIENCE: &str = "4";

/// Whether a registry answers; none if its client is not there to ask.
type Question = fn() -> Option<bool>;

/// Asks all three at once.
pub(super) fn ask() -> Vec<Need> {
    let asked: [(&str, &str, Question); 3] = [
        ("all", "cargo's registry", crates),
        ("all", "Debian's packages", packages),
        ("kotlin android package", "Maven's repository", artifacts),
    ];
    thread::scope(|scope| {
        let running = asked.map(|(stages, what, ask)| (stages, what, scope.spawn(ask)));
        let need = |(stages, what, answer): (_, &str, thread::ScopedJoinHandle<'_, Option<bool>>)| Need {
            stages,
            what: what.to_owned(),
            found: match answer.join().ok().flatten() {
                Some(true) => Found::Here(String::new()),
                Some(false) => Found::Lacking(format!(
                    "no answer in {PATIENCE} seconds; look at the network and its proxies"
                )),
                None => Found::Lacking("its client is not installed or has no source; see above".to_owned()),
            },
        };
        running.map(need).into()
    })
}

fn crates() -> Option<bool> {
    // What is asked for is small; the index is asked anew each time.
    answers(Command::new("timeout").args([PATIENCE, "cargo", "info", "--quiet", "cfg-if"]))
}

fn packages() -> Option<bool> {
    let mirror = debian::mirror_now()?;
    url(&mirror)
}

fn artifacts() -> Option<bool> {
    // What every project of Apache's inherits; of a folder not every repository gives a listing.
    url(&format!("{}/org/apache/apache/maven-metadata.xml", maven_repository()?.trim_end_matches('/')))
}

/// Whether an address answers at all, by curl: it heeds the same proxies as the clients do.
fn url(address: &str) -> Option<bool> {
    answers(Command::new("curl").args(["--silent", "--head", "--fail", "--max-time", PATIENCE, address]))
}

/// Whether a program ends well; none if it is not installed.
fn answers(command: &mut Command) -> Option<bool> {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().ok().map(|status| status.success())
}

/// Where Maven gets artifacts from: a mirror in the user's settings, or what Maven itself comes with.
fn maven_repository() -> Option<String> {
    let settings = std::env::home_dir()?.join(".m2/settings.xml");
    let mirror = fs::read_to_string(settings).ok().and_then(|settings| address(&settings, "mirror"));
    mirror.or_else(|| address(&defaults(Path::new("/usr/share/maven/lib"))?, "repository"))
}

/// What each project of Maven's inherits.
fn defaults(libraries: &Path) -> Option<String> {
    let mut jars = fs::read_dir(libraries).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
    let is_builder =
        |jar: &std::path::PathBuf| jar.to_str().is_some_and(|name| name.contains("/maven-model-builder"));
    let mut jar = ZipArchive::new(File::open(jars.find(is_builder)?).ok()?).ok()?;
    std::io::read_to_string(jar.by_name("org/apache/maven/model/pom-4.0.0.xml").ok()?).ok()
}

/// The address in the first element of this name.
fn address(xml: &str, element: &str) -> Option<String> {
    let document = roxmltree::Document::parse(xml).ok()?;
    let element = document.descendants().find(|node| node.tag_name().name() == element)?;
    let url = element.children().find(|node| node.tag_name().name() == "url")?;
    Some(url.text()?.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_from_mavens_files() {
        let settings = "<settings xmlns='x'><mirrors><mirror><id>a</id><url> https://a.example/b </url></mirror></mirrors></settings>";
        assert_eq!(address(settings, "mirror").as_deref(), Some("https://a.example/b"));
        assert_eq!(address(settings, "repository"), None);
        assert_eq!(address("no XML", "mirror"), None);
    }

    #[test]
    fn a_client_that_is_not_installed_is_no_answer() {
        assert_eq!(answers(&mut Command::new("no-such-program")), None);
        assert_eq!(answers(&mut Command::new("false")), Some(false));
        assert_eq!(answers(&mut Command::new("true")), Some(true));
    }
}
