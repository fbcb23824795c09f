//! How many bytes of the phone's library each crate is.

use std::collections::BTreeMap;
use std::path::Path;

use packager::process::printed;
use packager::toolchain;
use packager::trouble::Result;

/// Bytes of functions and data by the crate that their names begin with; inlining moves some from one to another.
pub(super) type Sizes = BTreeMap<String, u64>;

/// Reads a library's symbols.
pub(super) fn of(library: &Path) -> Result<Sizes> {
    let mut nm = toolchain::command("llvm-nm")?;
    nm.args(["--print-size", "--defined-only", "--demangle", "--radix=d"]).arg(library);
    Ok(parse(&printed(&mut nm)?))
}

/// Reads a symbol a line: where, how large, of what kind, and its name.
fn parse(symbols: &str) -> Sizes {
    let mut sizes = Sizes::new();
    for line in symbols.lines() {
        let mut fields = line.splitn(4, ' ').skip(1);
        let (Some(Ok(size)), Some(_), Some(name)) =
            (fields.next().map(str::parse::<u64>), fields.next(), fields.next())
        else {
            continue;
        };
        // `<a::B as c::D>::e` and `<&mut a::B>::e` are a's.
        let path = name.trim_start_matches(['<', '&', '*', '(', '[']);
        let path = ["mut ", "const ", "dyn "].iter().fold(path, |path, word| path.trim_start_matches(word));
        if let Some((first, _)) = path.split_once("::") {
            *sizes.entry(first.to_owned()).or_default() += size;
        }
    }
    sizes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_is_of_the_crate_that_its_name_begins_with() {
        let symbols = "00000000000000000016 00000000000000000010 t <serde_json::Error as core::fmt::Debug>::fmt\n\
            00000000000000000032 00000000000000000005 t serde_json::to_string\n\
            00000000000000000048 00000000000000000007 t <&mut scruple::A as b::C>::d\n\
            00000000000000000064 00000000000000000009 T uniffi_scruple_fn_a\n\
            00000000000000000080 t no_size\n";
        let expected = [("scruple", 7), ("serde_json", 15)].map(|(name, size)| (name.to_owned(), size));
        assert_eq!(parse(symbols), expected.into());
    }
}
