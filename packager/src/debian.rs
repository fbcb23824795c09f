//! Debian's package manager.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use anstream::eprintln;

use crate::cache;
use crate::file;
use crate::process::{is_installed, prepare, printed};
use crate::trouble::{Result, Trouble};

/// Makes sure that a program is there, which the package of the same name installs.
pub fn ensure(program: &str) -> Result {
    ensure_from(program, program)
}

/// Makes sure that a program is there, which `package` installs.
pub(crate) fn ensure_from(package: &str, program: &str) -> Result {
    if is_installed(program) {
        return Ok(());
    }
    eprintln!("Installing {package}, this once: up to a minute.");
    let mut install = Command::new("apt-get");
    install.args(["install", "--yes", "--quiet", "--no-install-recommends", package]);
    install.env("DEBIAN_FRONTEND", "noninteractive");
    with_package_lists(|| prepare(&mut install))
        .map_err(|trouble| trouble.preventing(&format!("install {package} by hand, for this could not")))
}

/// The mirror of Debian that this machine gets its packages from.
pub(crate) fn mirror() -> Result<String> {
    with_package_lists(|| {
        mirror_now().ok_or_else(|| Trouble::cannot_run("apt-get's sources name no mirror of Debian"))
    })
}

/// The same by the package lists that are there, if they name one.
pub fn mirror_now() -> Option<String> {
    let mut targets = Command::new("apt-get");
    targets.args(["indextargets", "--format", "$(REPO_URI)"]);
    targets.args(["Created-By: Packages", "Origin: Debian", "Label: Debian", "Component: main"]);
    Some(printed(&mut targets).ok()?.lines().next()?.to_owned())
}

/// How this machine downloads packages (proxies, certificates, retries), one setting of apt's a line.
pub(crate) fn download_settings() -> Result<Vec<String>> {
    let settings = printed(Command::new("apt-config").args(["dump", "Acquire"]))?;
    // Index targets are what is downloaded, not how: here icons for desktops, for example.
    let wanted = |line: &&str| !line.starts_with("Acquire::IndexTargets");
    Ok(settings.lines().filter(wanted).map(str::to_owned).collect())
}

/// The newest version of a package that starts with `prefix`.
pub fn version(package: &str, prefix: &str) -> Result<String> {
    with_package_lists(|| {
        newest(&printed(Command::new("apt-cache").args(["madison", package]))?, prefix)
            .ok_or_else(|| Trouble::cannot_run(format!("apt-get's sources have no {package} {prefix}")))
    })
}

/// Unpacks packages (`name=version`), and what they need and this machine lacks, without installing anything.
pub fn unpack(packages: &[String], into: &Path) -> Result {
    with_package_lists(|| {
        let mut simulation = Command::new("apt-get");
        simulation.args(["install", "--simulate", "--no-install-recommends"]).args(packages);
        let mut lacking = to_install(&printed(&mut simulation)?);
        // Those that this machine has are wanted here all the same.
        lacking.extend(packages.iter().cloned());
        let mut download = Command::new("apt-get");
        // apt's own user may not write into this one's cache.
        download.args(["download", "--quiet", "--option", "APT::Sandbox::User=root"]);
        prepare(download.args(lacking).current_dir(into))
    })?;
    let unreadable =
        |error| Trouble::cannot_run(format!("the downloaded packages are not to be read: {error}"));
    for entry in fs::read_dir(into).map_err(unreadable)? {
        let package = entry.map_err(unreadable)?.path();
        if package.extension().is_some_and(|extension| extension == "deb") {
            prepare(Command::new("dpkg").arg("--extract").args([&package, into]))?;
            fs::remove_file(package).map_err(unreadable)?;
        }
    }
    Ok(())
}

/// Tries, and once more with fresh package lists: a new machine has none, and old ones name versions that are gone. apt refuses
/// what another process has in hand, so this waits for that.
fn with_package_lists<T>(mut attempt: impl FnMut() -> Result<T>) -> Result<T> {
    let _lock = file::lock(&cache::dir()?.join("apt.lock"))?;
    attempt().or_else(|_| {
        prepare(Command::new("apt-get").args(["update", "--quiet"]))?;
        attempt()
    })
}

/// The first version in `apt-cache madison`'s table, which is sorted from newest to oldest, that starts with `prefix`.
fn newest(madison: &str, prefix: &str) -> Option<String> {
    let mut versions = madison.lines().filter_map(|line| line.split('|').nth(1)).map(str::trim);
    versions.find(|version| version.starts_with(prefix)).map(str::to_owned)
}

/// The packages that `apt-get install --simulate` would install, as `name=version`.
fn to_install(simulation: &str) -> BTreeSet<String> {
    let installed = simulation.lines().filter_map(|line| line.strip_prefix("Inst "));
    let package = |line: &str| {
        let (name, rest) = line.split_once(' ')?;
        let (_, rest) = rest.split_once('(')?;
        Some(format!("{name}={}", rest.split_once(' ')?.0))
    };
    installed.filter_map(package).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MADISON: &str = "\
 rustc-web | 1.96.0+dfsg1-1~deb12u2 | mirror bookworm-security/main amd64 Packages
 rustc-web | 1.85.0+dfsg3-1~deb12u3 | mirror bookworm/main amd64 Packages
 rustc-web | 1.85.0+dfsg3-1~deb12u2 | mirror bookworm-updates/main amd64 Packages
";

    #[test]
    fn the_newest_fitting_version_is_chosen() {
        assert_eq!(newest(MADISON, "1.85.").as_deref(), Some("1.85.0+dfsg3-1~deb12u3"));
        assert_eq!(newest(MADISON, "1.8."), None);
        assert_eq!(newest("", "1.85."), None);
    }

    #[test]
    fn a_simulation_lists_new_and_upgraded_packages() {
        let simulation = "\
NOTE: This is only a simulation!
Inst libpcre3 (2:8.39-15 Debian:12.15/oldstable [amd64])
Inst libcurl4 [7.88.1-10+deb12u14] (7.88.1-10+deb12u15 Debian:12.15/oldstable [amd64])
Conf libpcre3 (2:8.39-15 Debian:12.15/oldstable [amd64])
";
        let packages = to_install(simulation);
        assert_eq!(Vec::from_iter(packages), ["libcurl4=7.88.1-10+deb12u15", "libpcre3=2:8.39-15"]);
    }
}
