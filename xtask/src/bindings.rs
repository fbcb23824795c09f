//! `cargo xtask bindings`: the Kotlin and Swift that UniFFI generates from the built library.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anstream::eprintln;
use clap::Args;

use crate::file::{self, read, write};
use crate::process;
use crate::trouble::{Result, Trouble};

/// Generate the Kotlin and Swift bindings from the built library
///
/// Kotlin's go to target/bindings/kotlin, where Maven compiles them. Swift's are kept in the repository, since a Swift
/// package is built from its sources: bindings/swift/Sources/{ScrupleBindings,scrupleFFI}.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Change nothing; fail if the bindings in the repository do not fit the library
    #[arg(long)]
    check: bool,
}

/// Where the library for this machine and everything that is generated from it lie.
pub(crate) const OUT: &str = "target/bindings";

/// What is generated for Swift and kept in the repository.
const KEPT: [(&str, &str); 2] = [
    ("scruple.swift", "bindings/swift/Sources/ScrupleBindings/scruple.swift"),
    ("scrupleFFI.h", "bindings/swift/Sources/scrupleFFI/include/scrupleFFI.h"),
];

/// Builds the library and generates what belongs to it.
pub(crate) fn run(arguments: &Arguments) -> Result {
    generate()?;
    if arguments.check { check() } else { keep() }
}

/// Builds the library for this machine, with the sessions on recorded machines and the Android reader that the bindings'
/// tests need, and generates from it.
pub(crate) fn generate() -> Result {
    // A fully stripped library has lost what the generator reads.
    process::prepare(Command::new("cargo").args([
        "build",
        "--profile",
        "bindings",
        "--package",
        "scruple-ffi",
        "--target-dir",
        "target",
        "--features",
        "recorded,robolectric",
    ]))?;
    let library = Path::new(OUT).join("libscruple_ffi.so");
    for language in ["kotlin", "swift"] {
        let out = Path::new(OUT).join(language);
        file::remove(&out)?;
        let mut bindgen = Command::new("cargo");
        bindgen.args(["run", "--quiet", "--package", "uniffi-bindgen", "--", "generate"]);
        bindgen.args(["--language", language, "--no-format", "--config", "uniffi.toml", "--out-dir"]);
        process::prepare(bindgen.arg(out).arg(&library))?;
    }
    let kotlin = Path::new(OUT).join("kotlin/dev/scruple/bindings/scruple.kt");
    write(&kotlin, without_apple(&with_freed_structures(&without_futures(&read(&kotlin)?))?)?)?;
    for name in ["scruple.swift", "scruple_ffi.swift"] {
        let path = swift(name);
        write(&path, read_in_place(&for_the_package(&read(&path)?))?)?;
    }
    Ok(())
}

/// Kotlin without the declarations for asynchronous functions, of which there are none: JNA looks every declared
/// function up, so the library would have to carry 44 of them.
fn without_futures(kotlin: &str) -> String {
    let mut inside = false;
    let kept = |line: &&str| {
        inside |= line.contains("external fun ffi_scruple_rust_future_");
        let keep = !inside;
        inside &= !line.starts_with("    ): ");
        keep
    };
    kotlin.lines().filter(kept).fold(String::with_capacity(kotlin.len()), |text, line| text + line + "\n")
}

/// Kotlin whose calls leave nothing that only a collector frees: `Call.kt` keeps the structure that a call's status is, which takes
/// longer to make than the call itself, and gives back the memory of those that stand for texts and records.
fn with_freed_structures(kotlin: &str) -> Result<String> {
    let call = "    val call = Call.begin()\n    val status = call.status()\n    try {\n        \
                val return_value = callback(status)\n        uniffiCheckCallStatus(errorHandler, status)\n        \
                call.keep(status)\n        return return_value\n    } finally { call.end() }\n";
    // JNA makes the memory of a structure that is returned twice, unless it finds this constructor.
    let own = "    class ByValue(): RustBuffer(), Structure.ByValue {\n        \
               constructor(returned: Pointer): this() { if (Pointer.nativeValue(returned) != 0L) useMemory(returned) }\n    }\n";
    let once = [
        (
            "    var status = UniffiRustCallStatus()\n    val return_value = callback(status)\n    \
             uniffiCheckCallStatus(errorHandler, status)\n    return return_value\n",
            call,
        ),
        ("    class ByValue: RustBuffer(), Structure.ByValue\n", own),
        ("(size=${size})\")\n           }\n", "(size=${size})\")\n           }\n            Call.hold(it)\n"),
        (
            "rustbuffer_free(buf, status)\n        }\n",
            "rustbuffer_free(buf, status)\n        }.also { Call.free(buf) }\n",
        ),
    ];
    once.into_iter().try_fold(kotlin.to_owned(), |text, (generated, own)| replaced(&text, generated, own))
}

/// Kotlin that does not hand over what the core calls on Apple's platforms only: nothing of it reaches an Android app.
fn without_apple(kotlin: &str) -> Result<String> {
    ["DeviceSource", "StorageSource"].iter().try_fold(kotlin.to_owned(), |text, source| {
        replaced(&text, &format!("        uniffiCallbackInterface{source}.register(this)\n"), "")
    })
}

/// Swift that reads a record where Rust wrote it. `Data` copies each number by itself, which is most of what a read costs.
fn read_in_place(swift: &str) -> Result<String> {
    let bytes = "UnsafeRawBufferPointer(rebasing: reader.data[range])";
    let once = [
        ("createReader(data: Data) ->", "createReader(data: UnsafeRawBufferPointer) ->".to_owned()),
        ("Data(rustBuffer: buf)", "UnsafeRawBufferPointer(start: buf.data, count: Int(buf.len))".to_owned()),
        ("reader.data.copyBytes(to: $0, from: range)", format!("$0.copyMemory(from: {bytes})")),
        (
            "reader.data.copyBytes(to: buffer, from: range)",
            format!("UnsafeMutableRawBufferPointer(buffer).copyMemory(from: {bytes})"),
        ),
    ];
    let swift =
        once.iter().try_fold(swift.to_owned(), |text, (generated, own)| replaced(&text, generated, own))?;
    Ok(swift.replace("(data: Data, offset: Data.Index)", "(data: UnsafeRawBufferPointer, offset: Int)"))
}

/// Generated code with one place of it replaced.
///
/// # Errors
/// Another version of the generator may write something else there.
fn replaced(text: &str, generated: &str, own: &str) -> Result<String> {
    match text.matches(generated).count() {
        1 => Ok(text.replace(generated, own)),
        times => Err(Trouble::failed(format!(
            "UniFFI's generator wrote `{}` {times} times; xtask/src/bindings.rs replaces it, and expects it once",
            generated.trim()
        ))),
    }
}

/// Swift that only the package's own targets can use: a module that is built beside a host's can be imported there,
/// whatever the products are. The generator knows `public` only.
fn for_the_package(swift: &str) -> String {
    let narrowed = |line: &str| {
        let (indent, code) = line.split_at(line.len() - line.trim_start().len());
        let (required, code) = match code.strip_prefix("required ") {
            Some(code) => ("required ", code),
            None => ("", code),
        };
        ["public", "open"]
            .iter()
            .filter_map(|access| code.strip_prefix(access))
            .find(|rest| rest.is_empty() || rest.starts_with(' '))
            .map_or_else(|| line.to_owned(), |rest| format!("{indent}{required}package{rest}"))
    };
    swift.lines().map(narrowed).fold(String::with_capacity(swift.len()), |text, line| text + &line + "\n")
}

/// Whether what the repository keeps is what the library needs: a call through other bindings would read its arguments
/// wrongly.
pub(crate) fn check() -> Result {
    for (generated, kept) in KEPT {
        let fits = read(&swift(generated))? == fs::read_to_string(kept).unwrap_or_default();
        if !fits {
            return Err(Trouble::failed(format!(
                "{kept} does not fit the library; run `cargo xtask bindings`"
            )));
        }
    }
    Ok(())
}

fn keep() -> Result {
    for (generated, kept) in KEPT {
        write(Path::new(kept), &read(&swift(generated))?)?;
        eprintln!("Wrote {kept}");
    }
    Ok(())
}

fn swift(name: &str) -> PathBuf {
    Path::new(OUT).join("swift").join(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_public_is_the_packages_own() {
        let generated =
            "public\nenum A {}\n    public let opened: B\nopen func open() {}\n  required public init()\n";
        let narrowed = "package\nenum A {}\n    package let opened: B\npackage func open() {}\n  required package init()\n";
        assert_eq!(for_the_package(generated), narrowed);
        assert_eq!(
            for_the_package("// public\nprivate let publics = 1\n"),
            "// public\nprivate let publics = 1\n"
        );
    }

    #[test]
    fn what_is_replaced_is_there_once() {
        assert_eq!(replaced("a b c", "b", "d").unwrap(), "a d c");
        for (text, times) in [("a c", "0 times"), ("b b", "2 times")] {
            assert!(replaced(text, "b", "d").unwrap_err().to_string().contains(times));
        }
    }

    #[test]
    fn declarations_of_futures_are_left_out() {
        let own = "    external fun uniffi_scruple_fn_free_session(`handle`: Long,\n    ): Unit\n";
        let future = "    external fun ffi_scruple_rust_future_free_u8(`handle`: Long,\n    ): Unit\n";
        assert_eq!(without_futures(&format!("{own}{future}{own}")), format!("{own}{own}"));
    }
}
