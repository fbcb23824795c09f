//! `cargo xtask containers`: is it noticed if a container no longer wipes what it holds?
//!
//! Each is replaced by a plain one, by itself, in a copy of the repository. The compiler has to refuse that, or the test that looks into
//! each block before it is freed (`core/tests/wiped`) has to fail.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anstream::{eprintln, println};
use clap::Args;
use packager::trouble::{Result, Trouble};
use packager::{file, process};

/// A container of the core, and what makes a plain one of it.
struct Container {
    /// What it holds.
    holds: &'static str,
    /// In which file of `core/src` what is replaced by what.
    plain: &'static [(&'static str, &'static str, &'static str)],
}

const fn container(
    holds: &'static str,
    plain: &'static [(&'static str, &'static str, &'static str)],
) -> Container {
    Container { holds, plain }
}

/// All that a Rust host on Linux reaches, or one with a recorded Apple device.
const CONTAINERS: &[Container] = &[
    container("a secret", &[("secret.rs", "        self.0.zeroize();\n", "")]),
    container("a snapshot's values", &[("values/mod.rs", "        self.zeroize();\n", "")]),
    container(
        "a file that was read",
        &[(
            "device/scratch.rs",
            "    fn drop(&mut self) {\n        self.wipe();\n",
            "    fn drop(&mut self) {\n",
        )],
    ),
    container(
        "a file that grows",
        &[(
            "device/scratch.rs",
            "        self.wipe();\n        self.buffer = larger;",
            "        self.buffer = larger;",
        )],
    ),
    container(
        "os-release's variables",
        &[
            ("device/os_release.rs", "[Option<Zeroizing<String>>; N] {", "[Option<String>; N] {"),
            (
                "device/os_release.rs",
                "                    *slot = value;",
                "                    *slot = value.map(|mut value| std::mem::take(&mut *value));",
            ),
            (
                "device/linux.rs",
                "type OsRelease = [Option<Zeroizing<String>>;",
                "type OsRelease = [Option<String>;",
            ),
        ],
    ),
    container(
        "a variable that was cut short",
        &[
            (
                "device/os_release.rs",
                "    let mut value = Zeroizing::new(String::with_capacity(text.len()));",
                "    let mut value = String::with_capacity(text.len());",
            ),
            ("device/os_release.rs", "(whole.then_some(value),", "(whole.then(|| Zeroizing::new(value)),"),
        ],
    ),
    container(
        "a machine's vendor",
        &[
            (
                "device/linux.rs",
                "Option<Result<Secret<String>, Unavailable>>",
                "Option<Result<String, Unavailable>>",
            ),
            ("device/linux.rs", "self.dmi(\"sys_vendor\").map(Secret::new)", "self.dmi(\"sys_vendor\")"),
            ("device/linux.rs", "Ok(vendor.expose().clone())", "Ok(vendor.clone())"),
        ],
    ),
    container(
        "a text's single letters",
        &[("text/filler.rs", "Zeroizing::new(String::new())", "String::new()")],
    ),
    container(
        "host records that are supplied",
        &[(
            "session.rs",
            "        let records = Secret::new(records);\n        records.expose().check()?;\n        self.gatekeeper.supply(records)",
            "        records.check()?;\n        self.gatekeeper.supply(Secret::new(records))",
        )],
    ),
    container(
        "host records that are kept",
        &[
            ("gatekeeper.rs", "    records: Secret<HostRecords>,", "    records: Plain,"),
            (
                "gatekeeper.rs",
                "        self.records = Secret::new(HostRecords::default());",
                "        self.records = Plain(HostRecords::default());",
            ),
            (
                "gatekeeper.rs",
                "            records: Secret::new(HostRecords::default()),",
                "            records: Plain(HostRecords::default()),",
            ),
            (
                "gatekeeper.rs",
                "self.open_state()?.records = records;",
                "self.open_state()?.records = Plain(records.expose().clone());",
            ),
            (
                "gatekeeper.rs",
                "/// What is behind the gatekeeper's lock.\n",
                "#[derive(Debug)]\nstruct Plain(HostRecords);\nimpl Plain {\n    fn expose(&self) -> &HostRecords {\n        &self.0\n    }\n    fn expose_mut(&mut self) -> &mut HostRecords {\n        &mut self.0\n    }\n}\n\n/// What is behind the gatekeeper's lock.\n",
            ),
        ],
    ),
    container(
        "records of a file with a mistake",
        &[
            ("records/json.rs", "Zeroizing::new(Self::default())", "Self::default()"),
            ("records/json.rs", "Ok(std::mem::take(&mut *read?))", "read"),
        ],
    ),
    container(
        "an application that is taken back",
        &[(
            "records/mod.rs",
            "                self.application.zeroize();",
            "                self.application = None;",
        )],
    ),
    container(
        "mini-programs that are taken back",
        &[(
            "records/mod.rs",
            "                self.mini_programs.zeroize();",
            "                self.mini_programs.clear();",
        )],
    ),
    container(
        "permissions' names",
        &[(
            "records/table.rs",
            "            name.zeroize();\n",
            "            drop(std::mem::take(&mut name));\n",
        )],
    ),
    container("domains", &[("records/table.rs", "        self.domains.zeroize();\n", "")]),
    container(
        "Base64 that is read",
        &[("records/bytes.rs", "Zeroizing::new(node.text()?.into_owned())", "node.text()?.into_owned()")],
    ),
    container(
        "Base64 that is written",
        &[(
            "records/bytes.rs",
            "-> Zeroizing<String> {\n    Zeroizing::new(BASE64_STANDARD.encode(bytes))",
            "-> String {\n    BASE64_STANDARD.encode(bytes)",
        )],
    ),
    container(
        "the platform's names",
        &[
            ("snapshot.rs", "Zeroizing::new(self.for_mini_program()?)", "self.for_mini_program()?"),
            ("snapshot.rs", "export::text(&*info)", "export::text(&info)"),
        ],
    ),
    container(
        "an answer that nobody wants",
        &[("feature/call.rs", "                answer.zeroize();\n", "")],
    ),
    container(
        "an identifier",
        &[(
            "feature/identifier.rs",
            "Zeroizing::new(call.ask(|deadline_ms| source.read(deadline_ms))?)",
            "call.ask(|deadline_ms| source.read(deadline_ms))?",
        )],
    ),
    container(
        "a user agent",
        &[(
            "feature/web_view.rs",
            "Zeroizing::new(call.ask(|deadline_ms| source.read(deadline_ms))?)",
            "call.ask(|deadline_ms| source.read(deadline_ms))?",
        )],
    ),
    container(
        "a name of a source's",
        &[(
            "feature/apple.rs",
            "Zeroizing::new(call.ask(|deadline_ms| source.name(deadline_ms))?)",
            "call.ask(|deadline_ms| source.name(deadline_ms))?",
        )],
    ),
    container(
        "a clipboard's text",
        &[
            (
                "feature/clipboard.rs",
                "Zeroizing::new(content.text.take().unwrap_or_default())",
                "content.text.take().unwrap_or_default()",
            ),
            ("feature/clipboard.rs", "Ok(text.to_string())", "Ok(text.clone())"),
        ],
    ),
    container(
        "a type that is no name",
        &[(
            "feature/clipboard.rs",
            "        name.zeroize();\n    }\n    diagnosis",
            "        name.clear();\n    }\n    diagnosis",
        )],
    ),
    container(
        "types that are too many",
        &[(
            "feature/clipboard.rs",
            "        surplus.iter_mut().for_each(Zeroize::zeroize);\n",
            "        surplus.iter_mut().for_each(String::clear);\n",
        )],
    ),
    container(
        "an advertised name",
        &[("feature/bluetooth.rs", "device.name.take().map(Zeroizing::new)", "device.name.take()")],
    ),
    container(
        "a service that is no UUID",
        &[(
            "feature/bluetooth.rs",
            ".for_each(Zeroize::zeroize);\n            device.service_uuids.retain",
            ".for_each(String::clear);\n            device.service_uuids.retain",
        )],
    ),
    container(
        "devices that are too many",
        &[(
            "feature/bluetooth.rs",
            "        surplus.iter_mut().for_each(Zeroize::zeroize);\n",
            "        let _ = surplus;\n",
        )],
    ),
    container(
        "what the guard looks at",
        &[(
            "feature/sensitive/fold.rs",
            "-> Zeroizing<Vec<char>> {\n    let mut folded = Zeroizing::new(Vec::with_capacity(text.len()));",
            "-> Vec<char> {\n    let mut folded = Vec::with_capacity(text.len());",
        )],
    ),
    container(
        "a kernel's answer",
        &[
            (
                "device/apple/kernel.rs",
                "    fn ask(&self, name: &CStr) -> Result<Secret<Vec<u8>>, Unavailable> {",
                "    fn ask(&self, name: &CStr) -> Result<Vec<u8>, Unavailable> {",
            ),
            ("device/apple/kernel.rs", "answer.cloned().map(Secret::new).ok_or", "answer.cloned().ok_or"),
            ("device/apple/kernel.rs", "line(self.ask(name)?.expose())", "line(&self.ask(name)?)"),
            ("device/apple/kernel.rs", "number(self.ask(name)?.expose())", "number(&self.ask(name)?)"),
        ],
    ),
];

/// Replace each container that wipes by one that does not, and fail if nothing notices
#[derive(Args)]
pub(crate) struct Arguments {
    /// Only those that hold this, such as `clipboard`
    #[arg(value_name = "WHAT", default_value = "")]
    what: String,
}

/// Where the copy is. The core's dependencies are those of its tests, which are built already.
const COPY: &str = "target/containers";

/// Replaces one after the other.
pub(crate) fn run(arguments: &Arguments) -> Result {
    let copied = copy()?;
    // The control: as they are, nothing is left behind.
    if !tested()?.status.success() {
        return Err(Trouble::failed("the test fails with every container as it is"));
    }
    let (mut noticed, mut unnoticed) = (Vec::new(), Vec::new());
    let chosen = CONTAINERS.iter().filter(|container| container.holds.contains(&arguments.what));
    for Container { holds, plain } in chosen {
        for (path, from, to) in *plain {
            replace(&source(path), from, to)?;
        }
        let output = tested()?;
        for (path, ..) in *plain {
            file::write(&source(path), file::bytes(&Path::new("core/src").join(path))?)?;
        }
        let words = [output.stdout, output.stderr].concat();
        match noticed_by(output.status.success(), &String::from_utf8_lossy(&words)) {
            Some(by) => {
                eprintln!("{holds}: noticed by {by}");
                noticed.push(by);
            }
            None => unnoticed.push(*holds),
        }
    }
    if !unnoticed.is_empty() {
        return Err(Trouble::failed(format!("a plain container is not noticed: {}", unnoticed.join("; "))));
    }
    let by_compiler = noticed.iter().filter(|by| **by == COMPILER).count();
    println!(
        "proof: each wiping container replaced by a plain one is noticed | {} of {}, {by_compiler} of them by the compiler | \
         the same test passes with {copied} files as they are",
        noticed.len(),
        noticed.len(),
    );
    Ok(())
}

const COMPILER: &str = "the compiler";

/// Who noticed it, by what was said.
fn noticed_by(passed: bool, words: &str) -> Option<&'static str> {
    match () {
        () if passed => None,
        () if words.contains("left behind:") => Some("the test"),
        () if words.contains("error[E") => Some(COMPILER),
        () => None,
    }
}

/// Copies what is in version control, and says how many files those are.
fn copy() -> Result<usize> {
    file::remove(Path::new(COPY))?;
    let listed = process::printed(Command::new("git").args([
        "ls-files",
        "--cached",
        "--others",
        "--exclude-standard",
    ]))?;
    let files = listed.lines().filter(|path| Path::new(path).is_file());
    let mut copied = 0;
    for path in files {
        file::write(&Path::new(COPY).join(path), file::bytes(Path::new(path))?)?;
        copied += 1;
    }
    Ok(copied)
}

fn source(path: &str) -> PathBuf {
    [COPY, "core/src", path].iter().collect()
}

fn replace(path: &Path, from: &str, to: &str) -> Result {
    let text = file::read(path)?;
    if text.matches(from).count() != 1 {
        return Err(Trouble::failed(format!("{}: not once there: {from}", path.display())));
    }
    file::write(path, text.replace(from, to))
}

/// The test over the copy.
fn tested() -> Result<Output> {
    let mut cargo = Command::new("cargo");
    cargo.args([
        "test",
        "--quiet",
        "--locked",
        "--package",
        "scruple",
        "--features",
        "recorded-apple",
        "--test",
        "wiped",
    ]);
    cargo.args(["--manifest-path", &format!("{COPY}/Cargo.toml"), "--target-dir", "target"]);
    cargo.output().map_err(|error| Trouble::failed(format!("`cargo test` did not start: {error}")))
}
