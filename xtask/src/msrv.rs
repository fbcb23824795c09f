//! What ships also builds with the oldest Rust, the cross toolchain's.

use std::env::consts::ARCH;
use std::path::Path;
use std::process::Command;

use anstream::eprintln;
use packager::trouble::Result;
use packager::{cache, debian, process};

/// The workspace's `rust-version`.
pub(crate) const RUST: &str = "1.85";

/// Builds the library as it ships, and checks the rest, also the core without what only development needs.
pub(crate) fn builds() -> Result {
    let rust = cache::filled(&place(), fetch)?;
    cargo(&rust, &["check", "-p", "scruple", "-p", "scruple-cli"])?;
    cargo(&rust, &["build", "--profile", "phone", "-p", "scruple-ffi"])?;
    cargo(&rust, &["check", "-p", "scruple", "--no-default-features"])
}

/// Its name in the cache.
pub(crate) fn place() -> String {
    format!("rust-{RUST}")
}

/// Unpacks Debian 12's second Rust (its browser needs one that is newer than the first) into `dir`.
fn fetch(dir: &Path) -> Result {
    eprintln!("Downloading Rust {RUST}, this once: 100 MB, some seconds to unpack.");
    let standard_library = format!("libstd-rust-web-{RUST}");
    let fetched = debian::version("rustc-web", &format!("{RUST}.")).and_then(|version| {
        let packages = ["rustc-web", "cargo-web", "libstd-rust-web-dev", &standard_library];
        debian::unpack(&packages.map(|name| format!("{name}={version}")), dir)
    });
    fetched.map_err(|trouble| trouble.preventing(&format!("Rust {RUST} comes from Debian 12's packages")))
}

/// Cargo and the unpacked Rust, which shares no output with the other one.
fn cargo(rust: &Path, what: &[&str]) -> Result {
    let libraries = ["usr/lib", "lib"].map(|lib| rust.join(lib).join(format!("{ARCH}-linux-gnu")));
    let [usr_lib, lib] = libraries.map(|path| path.display().to_string());
    let mut cargo = Command::new(rust.join("usr/bin/cargo"));
    cargo.args(what).args(["--locked", "--target-dir", "target/msrv"]);
    cargo.env("RUSTC", rust.join("usr/bin/rustc"));
    cargo.env("LD_LIBRARY_PATH", format!("{usr_lib}:{lib}"));
    process::run(&mut cargo)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_the_workspaces() {
        assert!(include_str!("../../Cargo.toml").contains(&format!("\nrust-version = \"{RUST}\"\n")));
    }
}
