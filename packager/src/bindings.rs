//! The Kotlin and Swift that UniFFI generates from the built library.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anstream::eprintln;

use crate::file::{self, read, write};
use crate::process;
use crate::trouble::{Result, Trouble};

/// Where the library for this machine and everything that is generated from it lie.
pub const OUT: &str = "target/bindings";

/// What is generated for Swift and kept in the repository.
const KEPT: [(&str, &str); 2] = [
    ("scruple.swift", "bindings/swift/Sources/ScrupleBindings/scruple.swift"),
    ("scrupleFFI.h", "bindings/swift/Sources/scrupleFFI/include/scrupleFFI.h"),
];

/// Builds the library for this machine, with the sessions on recorded machines and the Android reader that the bindings'
/// tests need, and generates from it.
pub fn generate() -> Result {
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
    // Two lanes of the tests may be here at once, and a third thing compile what was generated before.
    let _alone = file::lock(&Path::new(OUT).join("generating"))?;
    let fresh = Path::new(OUT).join("fresh");
    for language in ["kotlin", "swift"] {
        let out = fresh.join(language);
        file::remove(&out)?;
        let mut bindgen = Command::new("cargo");
        bindgen.args(["run", "--quiet", "--package", "uniffi-bindgen", "--", "generate"]);
        bindgen.args(["--language", language, "--no-format", "--config", "uniffi.toml", "--out-dir"]);
        process::prepare(bindgen.arg(out).arg(&library))?;
    }
    let kotlin = fresh.join("kotlin/dev/scruple/bindings/scruple.kt");
    write(&kotlin, without_apple(&with_freed_structures(&without_futures(&read(&kotlin)?))?)?)?;
    for name in ["scruple", "scruple_ffi"] {
        let path = fresh.join("swift").join(name).with_extension("swift");
        write(&path, in_place(&for_the_package(&read(&path)?), name)?)?;
    }
    for language in ["kotlin", "swift"] {
        file::mirror(&fresh.join(language), &Path::new(OUT).join(language))?;
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

/// Swift that reads a record where Rust wrote it, and writes one where Rust will read it: nobody wipes memory of Swift's own that
/// a value has passed through. `Data` copies each number by itself, too, which is most of what a read costs.
fn in_place(swift: &str, library: &str) -> Result<String> {
    let bytes = "UnsafeRawBufferPointer(rebasing: reader.data[range])";
    let once = [
        ("createReader(data: Data) ->", "createReader(data: UnsafeRawBufferPointer) ->".to_owned()),
        ("Data(rustBuffer: buf)", "UnsafeRawBufferPointer(start: buf.data, count: Int(buf.len))".to_owned()),
        ("reader.data.copyBytes(to: $0, from: range)", format!("$0.copyMemory(from: {bytes})")),
        ("count: Int) throws -> Array<UInt8> {", "count: Int) throws -> UnsafeRawBufferPointer {".to_owned()),
        (
            "    var value = [UInt8](repeating: 0, count: count)\n    \
             value.withUnsafeMutableBufferPointer({ buffer in\n        \
             reader.data.copyBytes(to: buffer, from: range)\n    })\n    \
             reader.offset = range.upperBound\n    return value\n",
            format!("    reader.offset = range.upperBound\n    return {bytes}\n"),
        ),
        (
            "    // Allocate a new buffer, copying the contents of a `UInt8` array.\n    init(bytes: [UInt8]) {\n        \
             let rbuf = bytes.withUnsafeBufferPointer { ptr in\n            RustBuffer.from(ptr)\n        }\n        \
             self.init(capacity: rbuf.capacity, len: rbuf.len, data: rbuf.data)\n    }\n",
            APPEND.replace("LIBRARY", library),
        ),
        (
            "createWriter() -> [UInt8] {\n    return []\n",
            "createWriter() -> RustBuffer {\n    return .empty()\n".to_owned(),
        ),
        ("    writer.append(contentsOf: byteArr)\n", SEQUENCE.to_owned()),
        ("{ writer.append(contentsOf: $0) }", "{ writer.append($0) }".to_owned()),
        ("return RustBuffer(bytes: writer)", "return writer".to_owned()),
        (
            "        return value.utf8CString.withUnsafeBufferPointer { ptr in\n            \
             // The swift string gives us int8_t, we want uint8_t.\n            \
             ptr.withMemoryRebound(to: UInt8.self) { ptr in\n                \
             // The swift string gives us a trailing null byte, we don't want it.\n                \
             let buf = UnsafeBufferPointer(rebasing: ptr.prefix(upTo: ptr.count - 1))\n                \
             return RustBuffer.from(buf)\n            }\n        }\n",
            "        var value = value\n        return value.withUTF8(RustBuffer.from)\n".to_owned(),
        ),
    ];
    let swift =
        once.iter().try_fold(swift.to_owned(), |text, (generated, own)| replaced(&text, generated, own))?;
    Ok(swift
        .replace("(data: Data, offset: Data.Index)", "(data: UnsafeRawBufferPointer, offset: Int)")
        .replace("inout [UInt8]", "inout RustBuffer"))
}

/// How a buffer of Rust's grows; what it leaves behind, Rust wipes.
const APPEND: &str = "    // Adds bytes, in memory of Rust's.
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        if capacity - len < UInt64(bytes.count) {
            let short = self
            self = try! rustCall { ffi_LIBRARY_rustbuffer_reserve(short, UInt64(bytes.count), $0) }
        }
        if let from = bytes.baseAddress, let to = data {
            UnsafeMutableRawPointer(to + Int(len)).copyMemory(from: from, byteCount: bytes.count)
            len += UInt64(bytes.count)
        }
    }
";

/// How it takes what a text or `Data` is made of: where that lies in one piece, which both do but for what Objective-C keeps, whole.
const SEQUENCE: &str =
    "    if byteArr.withContiguousStorageIfAvailable({ writer.append(UnsafeRawBufferPointer($0)) }) == nil {
        for byte in byteArr {
            writeInt(&writer, byte)
        }
    }
";

/// Generated code with one place of it replaced.
///
/// # Errors
/// Another version of the generator may write something else there.
fn replaced(text: &str, generated: &str, own: &str) -> Result<String> {
    match text.matches(generated).count() {
        1 => Ok(text.replace(generated, own)),
        times => Err(Trouble::failed(format!(
            "UniFFI's generator wrote `{}` {times} times; packager/src/bindings.rs replaces it, and expects it once",
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
pub fn check() -> Result {
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

/// Takes what was generated into the repository.
pub fn keep() -> Result {
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
