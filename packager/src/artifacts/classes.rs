//! Class files: every name and every text that one refers to is in its pool of constants.

use std::collections::BTreeSet;

use crate::trouble::{Result, Trouble};

/// One constant of a pool, as far as it is looked at; the numbers are places in the pool.
#[derive(Debug, PartialEq)]
enum Constant {
    Text(String),
    Class(usize),
    Member { owner: usize, named: usize },
    Named(usize),
    Other,
}

/// The texts in a class file's pool of constants.
pub(super) fn texts(class: &[u8]) -> Result<Vec<String>> {
    let texts = read(class)?.into_iter().filter_map(|constant| match constant {
        Constant::Text(text) => Some(text),
        Constant::Class(_) | Constant::Member { .. } | Constant::Named(_) | Constant::Other => None,
    });
    Ok(texts.collect())
}

/// What a class file refers to, by Java's names: members as `class.member`, and classes of which it uses no member.
pub(super) fn references(class: &[u8]) -> Result<BTreeSet<String>> {
    let pool = read(class)?;
    let text = |at: usize| match pool.get(at) {
        Some(Constant::Text(text)) => Some(text.as_str()),
        Some(Constant::Class(_) | Constant::Member { .. } | Constant::Named(_) | Constant::Other) | None => {
            None
        }
    };
    let class = |at: usize| match pool.get(at) {
        Some(Constant::Class(name)) => text(*name).and_then(named),
        Some(Constant::Text(_) | Constant::Member { .. } | Constant::Named(_) | Constant::Other) | None => {
            None
        }
    };
    let mut owners = BTreeSet::new();
    let mut references = BTreeSet::new();
    for constant in &pool {
        let Constant::Member { owner, named } = constant else { continue };
        let Some(Constant::Named(name)) = pool.get(*named) else { continue };
        // An array's are nobody's.
        if let (Some(owner), Some(name)) = (class(*owner), text(*name)) {
            references.insert(format!("{owner}.{name}"));
            owners.insert(owner);
        }
    }
    let classes = (0..pool.len()).filter_map(class);
    references.extend(classes.filter(|class| !owners.contains(class)));
    Ok(references)
}

/// A class's name as Java's source has it; none for an array of numbers.
fn named(name: &str) -> Option<String> {
    let element = name.trim_start_matches('[');
    let class = match element.strip_prefix('L').filter(|_| element.len() < name.len()) {
        Some(class) => class.trim_end_matches(';'),
        None if element.len() < name.len() => return None,
        None => name,
    };
    Some(class.replace(['/', '$'], "."))
}

fn read(class: &[u8]) -> Result<Vec<Constant>> {
    pool(&mut Reader(class)).ok_or_else(|| Trouble::failed("this is no class file"))
}

/// What is left to read.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<usize> {
        Some(u16::from_be_bytes(self.take(2)?.try_into().ok()?).into())
    }
}

/// Reads the pool, whose first place is empty. The numbers are the JVM specification's (4.4).
fn pool(reader: &mut Reader<'_>) -> Option<Vec<Constant>> {
    if reader.take(4)? != [0xCA, 0xFE, 0xBA, 0xBE] {
        return None;
    }
    reader.take(4)?;
    let count = reader.number()?;
    let mut pool = vec![Constant::Other];
    while pool.len() < count {
        let constant = match reader.take(1)?[0] {
            1 => {
                let length = reader.number()?;
                Constant::Text(String::from_utf8_lossy(reader.take(length)?).into_owned())
            }
            7 => Constant::Class(reader.number()?),
            9..=11 => Constant::Member { owner: reader.number()?, named: reader.number()? },
            12 => {
                let name = reader.number()?;
                reader.take(2)?;
                Constant::Named(name)
            }
            tag => {
                reader.take(match tag {
                    8 | 16 | 19 | 20 => 2,
                    15 => 3,
                    3 | 4 | 17 | 18 => 4,
                    5 | 6 => {
                        // Long ones count twice.
                        pool.push(Constant::Other);
                        8
                    }
                    _ => return None,
                })?;
                Constant::Other
            }
        };
        pool.push(constant);
    }
    Some(pool)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A class file that ends after its pool: a text, a long number, a class, another text.
    const CLASS: &[u8] =
        b"\xCA\xFE\xBA\xBE\0\0\0\x37\0\x06\x01\0\x03one\x05\0\0\0\0\0\0\0\x01\x07\0\x01\x01\0\x03two";

    #[test]
    fn texts_are_found_behind_everything_else() {
        assert_eq!(texts(CLASS).unwrap(), ["one", "two"]);
    }

    #[test]
    fn members_are_named_with_their_class_and_classes_alone() {
        // 1 "a/B$C", 2 class 1, 3 "d", 4 "()V", 5 named 3 4, 6 member 2 5, 7 "[Le/F;", 8 class 7, 9 "[I", 10 class 9.
        let class = b"\xCA\xFE\xBA\xBE\0\0\0\x37\0\x0B\x01\0\x05a/B$C\x07\0\x01\x01\0\x01d\x01\0\x03()V\x0C\0\x03\0\x04\
            \x0A\0\x02\0\x05\x01\0\x06[Le/F;\x07\0\x07\x01\0\x02[I\x07\0\x09";
        assert_eq!(references(class).unwrap().into_iter().collect::<Vec<_>>(), ["a.B.C.d", "e.F"]);
    }

    #[test]
    fn half_a_file_and_another_file_are_refused() {
        for bytes in [&CLASS[..20], b"PK\x03\x04", b""] {
            assert_eq!(texts(bytes).unwrap_err().to_string(), "this is no class file");
        }
    }
}
