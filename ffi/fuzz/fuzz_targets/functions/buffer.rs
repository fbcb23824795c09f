//! Values as the bindings write them for the C functions, and what is nearly one.

use uniffi_core::RustBuffer;

use crate::tape::Tape;

/// What is handed over, and whether it is as the bindings would have written it.
#[derive(Default)]
pub(crate) struct Argument {
    pub(crate) bytes: Vec<u8>,
    pub(crate) is_spoiled: bool,
}

/// A value, field by field. Now and then a field is not what its type can be, and now and then the end is missing.
///
/// No count is larger than what is there: UniFFI reserves what a count says before it has seen an entry, and two billion
/// entries are an allocation that no system grants. Only a binding writes counts.
pub(crate) fn value(write: impl FnOnce(&mut Argument)) -> Argument {
    let mut value = Argument::default();
    write(&mut value);
    if is_rare() && !value.bytes.is_empty() {
        let end = usize::from(Tape.byte()) % value.bytes.len();
        value.bytes.truncate(end);
        value.is_spoiled = true;
    }
    value
}

fn is_rare() -> bool {
    Tape.byte() == 255
}

impl Argument {
    /// One of so many variants, counted from one.
    pub(crate) fn variant(&mut self, of: usize) {
        self.number(1 + i32::from(Tape.byte()) % i32::try_from(of).unwrap());
        self.spoil(|| [0, 0, 0xff, Tape.byte().max(128)]);
    }

    pub(crate) fn flag(&mut self, is: bool) {
        self.bytes.push(is.into());
        self.spoil(|| [Tape.byte().max(2)]);
    }

    pub(crate) fn option(&mut self, write: impl FnOnce(&mut Self)) {
        let is = Tape.mostly();
        self.flag(is);
        if is {
            write(self);
        }
    }

    pub(crate) fn list(&mut self, length: u8, mut write: impl FnMut(&mut Self)) {
        self.number(length.into());
        self.spoil(|| [0xff, 0xff, 0xff, Tape.byte()]);
        (0..length).for_each(|_| write(self));
    }

    pub(crate) fn text(&mut self) {
        self.words(&words());
    }

    pub(crate) fn words(&mut self, words: &str) {
        self.number(i32::try_from(words.len()).unwrap());
        self.spoil(|| [Tape.byte(), 0xff, 0xff, 0xff]);
        self.bytes.extend(words.as_bytes());
        if !words.is_empty() {
            self.spoil(|| [0xff]);
        }
    }

    pub(crate) fn number(&mut self, number: i32) {
        self.bytes.extend(number.to_be_bytes());
    }

    pub(crate) fn large(&mut self, number: u64) {
        self.bytes.extend(number.to_be_bytes());
    }

    /// Any number, those that are none among them.
    pub(crate) fn real(&mut self) {
        self.bytes.extend([(); 8].map(|()| Tape.byte()));
    }

    /// Puts what no such field can be in the place of what was written last.
    fn spoil<const LENGTH: usize>(&mut self, nonsense: impl FnOnce() -> [u8; LENGTH]) {
        if is_rare() {
            self.bytes.truncate(self.bytes.len() - LENGTH);
            self.bytes.extend(nonsense());
            self.is_spoiled = true;
        }
    }

    pub(crate) fn buffer(self) -> RustBuffer {
        RustBuffer::from_vec(self.bytes)
    }
}

/// A text that is an argument or an answer by itself: it has no length before it. It is UTF-8, which UniFFI takes for granted and the
/// bindings' encoders see to.
pub(crate) fn text() -> Argument {
    Argument { bytes: words().into_bytes(), is_spoiled: false }
}

fn words() -> String {
    String::from_utf8_lossy(&Tape.bytes()).into_owned()
}
