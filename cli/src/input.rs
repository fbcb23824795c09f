//! Files that a person wrote, or standard input.
//!
//! They are opened first and read later: `collect` reads them where nothing can be opened any more.

use std::fs::File;
use std::io::{self, Read as _};
use std::os::fd::AsFd as _;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use scruple::{Error, HostRecords, Policy};
use scruple_disclose::unopened;

use crate::Result;

/// What is right where a policy cannot be opened.
pub(crate) const POLICY: &str = "name a policy; `scruple policy new > scruple.json` writes one";

/// The same, of host records.
pub(crate) const RECORDS: &str =
    "name a JSON file with what the host supplies: `application`, `mini_programs`, `network`";

/// A file or standard input, opened.
pub(crate) struct Input {
    name: String,
    file: File,
    /// What would be right instead of a file that cannot be read.
    cure: &'static str,
}

impl Input {
    /// `-` is standard input, and so is the file that stands for it, which cannot be opened if it is a socket.
    pub(crate) fn open(path: &Path, cure: &'static str) -> Result<Self> {
        static TAKEN: AtomicBool = AtomicBool::new(false);
        let is_dash = path == Path::new("-");
        let name = if is_dash { "<stdin>".to_owned() } else { path.display().to_string() };
        let is_stdin = is_dash || path == Path::new("/dev/stdin");
        if is_stdin && TAKEN.swap(true, Ordering::Relaxed) {
            return Err(format!("{name}: standard input is read once; name a file for the other"));
        }
        let file = match is_stdin {
            true => io::stdin().as_fd().try_clone_to_owned().map(File::from),
            false => File::open(path),
        };
        match file {
            Ok(file) => Ok(Self { name, file, cure }),
            Err(error) => Err(unread(&name, &error, cure)),
        }
    }

    pub(crate) fn policy(self) -> Result<Policy> {
        self.read(Policy::TEXT_LIMIT, Policy::from_json)
    }

    pub(crate) fn records(self) -> Result<HostRecords> {
        self.read(HostRecords::TEXT_LIMIT, HostRecords::from_json)
    }

    /// All bytes, if there are no more than so many.
    pub(crate) fn bytes(self, limit: usize) -> Result<Vec<u8>> {
        let name = self.name.clone();
        let bytes = self.start(limit)?;
        if bytes.len() > limit {
            return Err(format!("{name}: too long; expected at most {limit} bytes"));
        }
        Ok(bytes)
    }

    /// What the text says; an error begins with the file, the line and the column.
    fn read<T>(self, limit: usize, parse: fn(&str) -> std::result::Result<T, Error>) -> Result<T> {
        let name = self.name.clone();
        let failed = |reason: String| format!("{name}:{reason}");
        let text = match String::from_utf8(self.start(limit)?) {
            Ok(text) => text,
            // Of what is too long the end is cut off, perhaps within a character; the parser says that it is too long.
            Err(error) if error.as_bytes().len() > limit + MARK => {
                String::from_utf8_lossy(error.as_bytes()).into_owned()
            }
            Err(error) => {
                let (text, _) = error.as_bytes().split_at(error.utf8_error().valid_up_to());
                let text = String::from_utf8_lossy(text);
                let line = text.matches('\n').count() + 1;
                let last = text.rsplit('\n').next().unwrap_or_default().trim_start_matches('\u{feff}');
                let column = last.chars().count() + 1;
                return Err(failed(format!("{line}:{column}: not UTF-8; save the file as UTF-8")));
            }
        };
        parse(&text).map_err(|error| failed(error.to_string()))
    }

    /// The beginning, as far as it takes to see that a text is too long, whether or not a byte-order mark is before it.
    fn start(self, limit: usize) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let most = u64::try_from(limit + MARK + 1).unwrap_or(u64::MAX);
        let read = self.file.take(most).read_to_end(&mut bytes);
        read.map_err(|error| unread(&self.name, &error, self.cure)).map(|_| bytes)
    }
}

fn unread(name: &str, error: &io::Error, cure: &str) -> String {
    format!("{name}: {}; {cure}", unopened(error))
}

/// A byte-order mark's length.
const MARK: usize = 3;

/// Opens and reads a policy.
pub(crate) fn policy(path: &Path) -> Result<Policy> {
    Input::open(path, POLICY)?.policy()
}
