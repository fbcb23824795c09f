//! The files that are checked inside an APK, AAR or IPA. Nothing is unpacked to disk, so no entry's name leads anywhere.

use std::io::{Read, Seek};

use zip::ZipArchive;

use super::broken::{Broken, Result};
use super::files::Kind;

/// More entries than any app has.
const ENTRIES: usize = 200_000;
/// Longer than any file that is checked; what claims less and unpacks to more is cut off here.
pub(crate) const FILE: u64 = 16 << 20;
/// Longer than any app's program.
pub(crate) const PROGRAM: u64 = 1 << 30;

/// Gives each wanted entry's name and bytes, one after the other.
pub(crate) fn read(
    archive: impl Read + Seek,
    wanted: fn(&str) -> bool,
    mut take: impl FnMut(&str, Vec<u8>),
) -> Result<()> {
    let broken = |error: zip::result::ZipError| Broken::whole(format!("not a well-formed archive: {error}"));
    let mut archive = ZipArchive::new(archive).map_err(broken)?;
    if archive.len() > ENTRIES {
        return Err(Broken::whole(format!("an archive of more than {ENTRIES} entries")));
    }
    let names: Vec<String> = archive.file_names().filter(|name| wanted(name)).map(str::to_owned).collect();
    for name in names {
        let limit = if Kind::of(&name) == Some(Kind::Program) { PROGRAM } else { FILE };
        let entry = archive.by_name(&name).map_err(broken)?;
        let mut bytes = Vec::new();
        let read = entry.take(limit + 1).read_to_end(&mut bytes);
        read.map_err(|error| Broken::whole(format!("not a well-formed archive: {name}: {error}")))?;
        if bytes.len() as u64 > limit {
            return Err(too_long(&name, limit));
        }
        take(&name, bytes);
    }
    Ok(())
}

pub(crate) fn too_long(name: &str, limit: u64) -> Broken {
    Broken::whole(format!("{name} is longer than {} MiB", limit >> 20))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn all(bytes: Vec<u8>) -> Result<Vec<(String, Vec<u8>)>> {
        let mut files = Vec::new();
        let take = |name: &str, bytes| files.push((name.to_owned(), bytes));
        read(Cursor::new(bytes), |name| name.ends_with('x'), take).map(|()| files)
    }

    #[test]
    fn only_what_is_wanted_is_unpacked_and_no_name_leads_anywhere() {
        let bytes = archive(&[("a/x", b"1"), ("y", b"2"), ("../../x", b"3")]);
        let mut read = all(bytes).unwrap();
        read.sort();
        assert_eq!(read, [("../../x".to_owned(), b"3".to_vec()), ("a/x".to_owned(), b"1".to_vec())]);
    }

    #[test]
    fn a_bomb_is_refused() {
        let bomb = vec![0; usize::try_from(FILE).unwrap() + 1];
        let bytes = archive(&[("x", &bomb)]);
        assert!(bytes.len() < 100_000, "it is small while it is packed");
        assert_eq!(all(bytes), Err(Broken::whole("x is longer than 16 MiB")));
        // The control.
        assert_eq!(all(archive(&[("x", &bomb[1..])])).unwrap()[0].1.len() as u64, FILE);
    }

    #[test]
    fn what_is_no_archive_is_said() {
        let cut = archive(&[("x", b"1")]);
        for bytes in [b"PK".to_vec(), Vec::new(), cut[..cut.len() - 30].to_vec()] {
            let broken = all(bytes).unwrap_err();
            assert!(broken.why.starts_with("not a well-formed archive: "), "{broken:?}");
        }
    }
}
