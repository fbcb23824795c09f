//! YAML, as far as project files go: one document, its aliases and merge keys resolved, every value with its line.

use yaml_rust2::parser::{Event, Parser};
use yaml_rust2::scanner::{Marker, ScanError, TScalarStyle};

use super::broken::{Broken, Result};
use super::plist::{Node, Value};
use super::text;
use super::xml::DEPTH;

/// More values than any project file has: aliases of aliases end here.
const NODES: usize = 200_000;
/// Takes in the members of another dictionary.
const MERGE: &str = "<<";

/// The document as the values of a property list: texts, booleans, lists and dictionaries.
pub(crate) fn parse(bytes: &[u8]) -> Result<Node> {
    let text = text::decode(bytes)?;
    let mut reader = Reader { parser: Parser::new_from_str(&text), anchors: Vec::new(), left: NODES };
    loop {
        let (event, mark) = reader.next()?;
        match event {
            Event::StreamEnd => return Ok(Node { line: 1, value: Value::Other(NOTHING) }),
            Event::StreamStart | Event::DocumentStart | Event::DocumentEnd | Event::Nothing => {}
            Event::Alias(_) | Event::Scalar(..) | Event::SequenceStart(..) | Event::MappingStart(..) => {
                return reader.node(event, mark, 0);
            }
            Event::SequenceEnd | Event::MappingEnd => {
                return Err(broken(mark, "something ends that never began"));
            }
        }
    }
}

const NOTHING: &str = "nothing";

struct Reader<'a> {
    parser: Parser<std::str::Chars<'a>>,
    /// What an alias may name, by its number.
    anchors: Vec<(usize, Node)>,
    left: usize,
}

impl Reader<'_> {
    fn next(&mut self) -> Result<(Event, Marker)> {
        self.parser.next_token().map_err(|error: ScanError| broken(*error.marker(), error.info()))
    }

    fn node(&mut self, event: Event, mark: Marker, depth: usize) -> Result<Node> {
        if depth > DEPTH {
            return Err(broken(mark, "nested too deeply"));
        }
        self.take(1, mark)?;
        let line = u32::try_from(mark.line()).unwrap_or(u32::MAX);
        let (value, anchor) = match event {
            Event::Scalar(text, style, anchor, _) => (scalar(text, style), anchor),
            Event::SequenceStart(anchor, _) => {
                let mut elements = Vec::new();
                loop {
                    match self.next()? {
                        (Event::SequenceEnd, _) => break,
                        (event, mark) => elements.push(self.node(event, mark, depth + 1)?),
                    }
                }
                (Value::Array(elements), anchor)
            }
            Event::MappingStart(anchor, _) => (self.dictionary(depth)?, anchor),
            Event::Alias(anchor) => {
                let known = self.anchors.iter().rev().find(|(own, _)| *own == anchor);
                let node = known.map(|(_, node)| node.clone());
                let node = node.ok_or_else(|| broken(mark, "an alias of something that it stands in"))?;
                self.take(count(&node), mark)?;
                return Ok(node);
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart
            | Event::DocumentEnd
            | Event::SequenceEnd
            | Event::MappingEnd => return Err(broken(mark, "a value is missing")),
        };
        let node = Node { line, value };
        if anchor > 0 {
            self.take(count(&node), mark)?;
            self.anchors.push((anchor, node.clone()));
        }
        Ok(node)
    }

    fn dictionary(&mut self, depth: usize) -> Result<Value> {
        let (mut members, mut merged): (Vec<(String, Node)>, Vec<Node>) = (Vec::new(), Vec::new());
        loop {
            let (event, mark) = self.next()?;
            if event == Event::MappingEnd {
                break;
            }
            let Event::Scalar(key, ..) = event else {
                return Err(broken(mark, "a key that is no text"));
            };
            let (event, value) = self.next()?;
            let node = self.node(event, value, depth + 1)?;
            match node.value {
                Value::Array(all) if key == MERGE => merged.extend(all),
                Value::Dictionary(_) if key == MERGE => merged.push(node),
                Value::Text(_)
                | Value::Boolean(_)
                | Value::Array(_)
                | Value::Dictionary(_)
                | Value::Other(_) => {
                    // Where the key stands is where a person looks for it; of two the later one counts.
                    let line = u32::try_from(mark.line()).unwrap_or(u32::MAX);
                    members.retain(|(own, _)| *own != key);
                    members.push((key, Node { line, ..node }));
                }
            }
        }
        for (key, node) in merged.iter().flat_map(Node::members) {
            if !members.iter().any(|(own, _)| own == key) {
                members.push((key.clone(), node.clone()));
            }
        }
        Ok(Value::Dictionary(members))
    }

    fn take(&mut self, nodes: usize, mark: Marker) -> Result<()> {
        let left = self.left.checked_sub(nodes);
        self.left = left.ok_or_else(|| broken(mark, "more values than a project file has"))?;
        Ok(())
    }
}

/// How many values there are in one, itself among them.
pub(crate) fn count(node: &Node) -> usize {
    let inside = node.elements().iter().chain(node.members().iter().map(|(_, node)| node));
    inside.map(count).sum::<usize>() + 1
}

fn scalar(text: String, style: TScalarStyle) -> Value {
    if style != TScalarStyle::Plain {
        return Value::Text(text);
    }
    match text.as_str() {
        "" | "~" | "null" | "Null" | "NULL" => Value::Other(NOTHING),
        // As XcodeGen's reader takes them, which is of YAML 1.1.
        "true" | "True" | "TRUE" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => Value::Boolean(true),
        "false" | "False" | "FALSE" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => Value::Boolean(false),
        _ => Value::Text(text),
    }
}

fn broken(mark: Marker, why: &str) -> Broken {
    Broken::at(u32::try_from(mark.line()).unwrap_or(u32::MAX), format!("not YAML: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_their_lines() {
        let text =
            "# c\nname: App\nlist:\n  - a\n  - b: yes\n    c: \"no\"\nnothing:\nflow: {x: 1.10, y: [z]}\n";
        let root = parse(text.as_bytes()).unwrap();
        let at = |key: &str| root.get(key).unwrap();
        assert_eq!((at("name").line, at("name").text()), (2, Some("App")));
        let list = at("list").elements();
        assert_eq!((list[0].line, list[0].text(), list[1].get("b").unwrap().line), (4, Some("a"), 5));
        assert_eq!(list[1].get("b").unwrap().value, Value::Boolean(true));
        assert_eq!(list[1].get("c").unwrap().value, Value::Text("no".to_owned()));
        assert_eq!(at("nothing").value, Value::Other(NOTHING));
        assert_eq!(at("flow").get("x").unwrap().text(), Some("1.10"));
        assert_eq!(at("flow").get("y").unwrap().elements()[0].text(), Some("z"));
    }

    #[test]
    fn aliases_and_merge_keys_are_resolved() {
        let root =
            parse(b"a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 3\nc: *a\nd:\n  <<: [*a, {z: 4}]\n").unwrap();
        let of = |key: &str, member: &str| root.get(key).unwrap().get(member).and_then(Node::text);
        assert_eq!(
            (of("b", "x"), of("b", "y"), of("c", "y"), of("d", "z")),
            (Some("1"), Some("3"), Some("2"), Some("4"))
        );
    }

    #[test]
    fn mistakes_have_their_line_and_an_end() {
        for text in ["a: b\nc: [", "a: b\n\t- c", "a:\n  ? [x]\n  : y", "a: *b", "a: &a [*a]", "a: 'b"] {
            assert!(parse(text.as_bytes()).is_err(), "{text}");
        }
        assert_eq!(
            parse(b"a: b\nc: {").map_err(|broken| broken.line.is_some_and(|line| line >= 2)),
            Err(true)
        );
        let deep = "[".repeat(100_000);
        assert!(parse(deep.as_bytes()).is_err());
        // Each line names the one before it twice.
        let laughs: String =
            (1..60).map(|own| format!("a{own}: &a{own} [*a{0}, *a{0}]\n", own - 1)).collect();
        assert!(parse(format!("a0: &a0 [x]\n{laughs}").as_bytes()).is_err());
        for empty in ["", "# nothing", "---\n..."] {
            assert_eq!(parse(empty.as_bytes()).map(|own| own.members().len()), Ok(0), "{empty}");
        }
    }
}
