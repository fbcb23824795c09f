//! A report as SARIF 2.1.0, which code hosts show beside the lines.

use serde_json::{Value, json};

use super::finding::{CheckRule, Finding, Place};
use super::report::Report;

impl Report {
    /// One run of one tool. Paths are as they were given; those that are relative stay so, as code hosts want them.
    pub fn to_sarif(&self) -> String {
        let rules: Vec<_> = CheckRule::ALL
            .iter()
            .map(|rule| json!({ "id": rule.id(), "shortDescription": { "text": rule.summary() } }))
            .collect();
        let sarif = json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": { "name": "scruple", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
                "results": self.findings.iter().map(result).collect::<Vec<_>>(),
            }],
        });
        format!("{sarif:#}\n")
    }
}

fn result(finding: &Finding) -> Value {
    let index = CheckRule::ALL.iter().position(|rule| *rule == finding.rule);
    json!({
        "ruleId": finding.rule.id(),
        "ruleIndex": index,
        "level": finding.level.id(),
        "message": { "text": format!("{}. {}", finding.why, finding.mend) },
        "locations": [location(&finding.place)],
        "relatedLocations": finding.also.iter().map(location).collect::<Vec<_>>(),
        "properties": { "app": finding.app, "variants": finding.variants },
    })
}

fn location(place: &Place) -> Value {
    let mut physical = json!({ "artifactLocation": { "uri": uri(&place.file) } });
    if let Some(line) = place.line {
        physical["region"] = json!({ "startLine": line });
    }
    json!({ "physicalLocation": physical })
}

/// A path as a reference: what a reference gives another meaning to is written by its number.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte))
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
