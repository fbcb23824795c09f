//! Where files are read into.

use zeroize::Zeroize;

/// A buffer that files are read into one after the other. What was in use of it is wiped when it is dropped or grows.
#[derive(Default)]
pub(crate) struct Scratch {
    buffer: Vec<u8>,
    used: usize,
}

/// How a file's end is known.
#[derive(Clone, Copy)]
pub(crate) enum Ends {
    /// By less than there was room for, up to the end of a line: files that the kernel gives in one piece.
    WithALine,
    /// By a read that gives nothing: files that it gives piece by piece.
    WithNothing,
}

impl Scratch {
    /// Holds most of what the kernel prints without growing.
    const INITIAL: usize = 8 * 1024;

    /// Calls `read` with free space until the file ends; `None` if there is more than `limit`.
    pub(crate) fn fill<E>(
        &mut self,
        limit: usize,
        ends: Ends,
        mut read: impl FnMut(&mut [u8]) -> Result<usize, E>,
    ) -> Result<Option<&[u8]>, E> {
        let mut length = 0;
        loop {
            if length == self.buffer.len() {
                self.grow();
            }
            let space = self.buffer.get_mut(length..).unwrap_or_default();
            let room = space.len();
            let count = read(space)?;
            length += count;
            self.used = self.used.max(length);
            if length > limit {
                return Ok(None);
            }
            let ends_with_a_line = || self.buffer.get(..length).is_some_and(|text| text.ends_with(b"\n"));
            let is_whole = match ends {
                Ends::WithALine => count < room && ends_with_a_line(),
                Ends::WithNothing => false,
            };
            if count == 0 || is_whole {
                return Ok(self.buffer.get(..length));
            }
        }
    }

    fn grow(&mut self) {
        let mut larger = vec![0; (2 * self.buffer.len()).max(Self::INITIAL)];
        for (to, from) in larger.iter_mut().zip(&self.buffer) {
            *to = *from;
        }
        self.wipe();
        self.buffer = larger;
    }

    fn wipe(&mut self) {
        if let Some(used) = self.buffer.get_mut(..self.used) {
            used.zeroize();
        }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        self.wipe();
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    /// What is read in these pieces, and how many times was asked for one.
    fn read(ends: Ends, pieces: &[&str]) -> (Option<String>, usize) {
        let mut asked = 0;
        let mut scratch = Scratch::default();
        let whole = scratch.fill::<Infallible>(20_000, ends, |space| {
            let piece = pieces.get(asked).copied().unwrap_or_default().as_bytes();
            asked += 1;
            space.iter_mut().zip(piece).for_each(|(to, from)| *to = *from);
            Ok(piece.len())
        });
        let Ok(whole) = whole;
        (whole.map(|bytes| String::from_utf8_lossy(bytes).into_owned()), asked)
    }

    #[test]
    fn a_line_that_ended_is_not_asked_for_more() {
        assert_eq!(read(Ends::WithALine, &["one\n"]), (Some("one\n".to_owned()), 1));
        assert_eq!(read(Ends::WithALine, &["o", "ne\n"]), (Some("one\n".to_owned()), 2));
        assert_eq!(read(Ends::WithALine, &["one"]), (Some("one".to_owned()), 2));
        assert_eq!(read(Ends::WithALine, &[]), (Some(String::new()), 1));
        // No room was left, so there may be more.
        let full = "x".repeat(Scratch::INITIAL - 1) + "\n";
        assert_eq!(read(Ends::WithALine, &[&full, "y\n"]), (Some(full.clone() + "y\n"), 2));
    }

    #[test]
    fn a_file_in_pieces_is_read_to_its_end_and_no_further_than_it_may() {
        assert_eq!(read(Ends::WithNothing, &["one\n", "two\n"]), (Some("one\ntwo\n".to_owned()), 3));
        let full = "x".repeat(Scratch::INITIAL);
        assert_eq!(read(Ends::WithNothing, &[&full, &full, &full]), (None, 3));
    }
}
