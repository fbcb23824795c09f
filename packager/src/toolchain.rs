//! The Rust, linker and Swift that phones' builds use, the same on every machine: a Debian trixie in the user's
//! cache directory, entered program by program.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anstream::eprintln;

use crate::cache;
use crate::debian;
use crate::process::{prepare, printed};
use crate::trouble::{Result, Trouble};

/// Debian 13.
const SUITE: &str = "trixie";

/// Raised when the same packages are to be installed in another way.
const VERSION: u32 = 1;

/// Rust 1.85 with its source, LLVM 19 with linker and readers, Swift 6.0; and what all of them need.
const PACKAGES: &[&str] =
    &["cargo", "clang", "lld", "llvm", "rust-src", "rustc", "swiftlang", "ca-certificates"];

/// How dpkg installs: nobody reads there, and whatever a crash might lose is made anew anyway (without waiting for
/// the disk it is twice as fast).
const DPKG: &[&str] = &[
    "force-unsafe-io",
    "path-exclude=/usr/share/doc/*",
    "path-exclude=/usr/share/locale/*",
    "path-exclude=/usr/share/man/*",
];

/// Where programs are.
const PATH: &str = "/usr/sbin:/usr/bin:/sbin:/bin";

/// The directory that is the toolchain's root.
fn root() -> Result<PathBuf> {
    cache::filled(&place(), make)
}

/// Its name in the cache.
pub fn place() -> String {
    format!("{SUITE}-{VERSION}-{}", PACKAGES.join("+"))
}

/// A program of the toolchain, ready for its arguments. It sees the repository, the cache and cargo's home where they are, runs
/// in the current directory, and has an environment of its own. What it has mounted ends with it.
pub fn command(program: &str) -> Result<Command> {
    let root = root()?;
    debian::ensure_from("bubblewrap", "bwrap")?;
    let repository = env::current_dir()
        .map_err(|error| Trouble::cannot_run(format!("the current directory is gone: {error}")))?;
    let cargo = cargo_home()?;
    let mut command = Command::new("bwrap");
    command.arg("--die-with-parent").arg("--bind").arg(&root).arg("/");
    command.args(["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]);
    // How to reach the network is this machine's matter, and may change.
    for setting in ["/etc/resolv.conf", "/etc/ssl/certs"] {
        command.args(["--ro-bind", setting, setting]);
    }
    for shared in [&repository, &cache::dir()?, &cargo] {
        command.arg("--bind").args([shared, shared]);
    }
    command.args(["--", program]);
    command.env_clear().envs(env::vars().filter(|(name, _)| is_passed_on(name)));
    command.env("PATH", PATH).env("HOME", "/root").env("LANG", "C.UTF-8").env("CARGO_HOME", cargo);
    Ok(command)
}

/// Makes the root directory of such a system in `dir`.
fn make(dir: &Path) -> Result {
    let preventing = |trouble: Trouble| trouble.preventing("a Debian trixie beside this system");
    if printed(Command::new("id").arg("-u")).map_err(preventing)?.trim() != "0" {
        return Err(Trouble::cannot_run(
            "only root can make a Debian trixie beside this system; run this as root",
        ));
    }
    debian::ensure("mmdebstrap")?;
    eprintln!("Making a Debian trixie with Rust 1.85 and Swift 6.0, this once: 3.5 GB, about two minutes.");
    let start = Instant::now();
    // Mounts of its own, so that a half-made one can simply be removed.
    let mut mmdebstrap = Command::new("unshare");
    mmdebstrap.args([
        "--mount",
        "--propagation",
        "private",
        "mmdebstrap",
        "--mode=root",
        "--variant=essential",
    ]);
    mmdebstrap.arg(format!("--include={}", PACKAGES.join(",")));
    mmdebstrap.args(DPKG.iter().map(|option| format!("--dpkgopt={option}")));
    mmdebstrap.args(debian::download_settings()?.iter().map(|setting| format!("--aptopt={setting}")));
    mmdebstrap.arg(SUITE).arg(dir).arg(debian::mirror()?);
    prepare(&mut mmdebstrap).map_err(preventing)?;
    eprintln!("Made it in {} seconds.", start.elapsed().as_secs());
    Ok(())
}

/// Cargo's home: the registry's address, and the crates that are downloaded already.
fn cargo_home() -> Result<PathBuf> {
    env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")))
        .ok_or_else(|| Trouble::cannot_run("there is no home directory for cargo; set CARGO_HOME"))
}

/// Whether a variable means the same there: how to reach a registry, and how to talk.
fn is_passed_on(name: &str) -> bool {
    ["CARGO_HTTP_", "CARGO_NET_", "CARGO_REGISTRIES_", "CARGO_REGISTRY_", "CARGO_TERM_"]
        .iter()
        .any(|prefix| name.starts_with(prefix))
        || name.to_ascii_lowercase().ends_with("_proxy")
        || ["CARGO_BUILD_JOBS", "CI", "NO_COLOR", "TERM"].contains(&name)
}
