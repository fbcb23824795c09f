//! The table of what was packed.

use std::fmt::{self, Display};

/// One file, or why there is none.
pub(super) struct Line {
    /// What it belongs to.
    pub(super) what: String,
    /// Its name.
    pub(super) file: String,
    /// How large it is, or what went wrong.
    pub(super) size: Result<u64, String>,
}

/// All files.
pub(super) struct Table(pub(super) Vec<Line>);

impl Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let width =
            |column: fn(&Line) -> &str| self.0.iter().map(|line| column(line).len()).max().unwrap_or(0);
        let (whats, files) = (width(|line| &line.what), width(|line| &line.file));
        write!(f, "{:whats$}  {:files$}  {:>9}", "artifact", "file", "bytes")?;
        for Line { what, file, size } in &self.0 {
            let size = size.as_ref().map_or_else(Clone::clone, |bytes| format!("{bytes:>9}"));
            write!(f, "\n{what:whats$}  {file:files$}  {size}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_and_a_lack_is_told() {
        let line = |what: &str, file: &str, size| Line { what: what.to_owned(), file: file.to_owned(), size };
        let table = Table(vec![
            line("scruple-core", "scruple-core-0.1.0.jar", Ok(12_345)),
            line("armeabi-v7a", "not made", Err("not linked".to_owned())),
        ]);
        let expected = "\
artifact      file                        bytes
scruple-core  scruple-core-0.1.0.jar      12345
armeabi-v7a   not made                not linked";
        assert_eq!(table.to_string(), expected);
    }
}
