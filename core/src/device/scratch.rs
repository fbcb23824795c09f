//! Where files are read into.

use zeroize::Zeroize;

/// A buffer that files are read into one after the other. What was in use of it is wiped when it is dropped or grows.
#[derive(Default)]
pub(crate) struct Scratch {
    buffer: Vec<u8>,
    used: usize,
}

impl Scratch {
    /// Holds most of what the kernel prints without growing.
    const INITIAL: usize = 8 * 1024;

    /// Calls `read` with free space until it returns 0; `None` if there is more than `limit`.
    pub(crate) fn fill<E>(
        &mut self,
        limit: usize,
        mut read: impl FnMut(&mut [u8]) -> Result<usize, E>,
    ) -> Result<Option<&[u8]>, E> {
        let mut length = 0;
        loop {
            if length == self.buffer.len() {
                self.grow();
            }
            let count = read(self.buffer.get_mut(length..).unwrap_or_default())?;
            length += count;
            self.used = self.used.max(length);
            if length > limit {
                return Ok(None);
            }
            if count == 0 {
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
