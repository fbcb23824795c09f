//! A report as SARIF 2.1.0, which code hosts show beside the lines.

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::baseline::fingerprint;
use super::finding::{CheckRule, Finding, Level, Place};
use super::report::Report;
use super::repository::Repository;

/// What stands for the repository's root, whatever machine it lies on.
const ROOT: &str = "%SRCROOT%";

/// The file, written result by result: a tree of all of them at once would take many times their size.
#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Value,
    original_uri_base_ids: Value,
    invocations: Value,
    #[serde(serialize_with = "one_by_one")]
    results: (&'a Report, &'a Repository),
}

fn one_by_one<S: Serializer>(
    (report, repository): &(&Report, &Repository),
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(report.findings.iter().map(|finding| report.result(finding, repository)))
}

impl Report {
    /// One run of one tool, with files of the repository only.
    pub fn to_sarif(&self, repository: &Repository) -> String {
        let rules: Vec<_> = CheckRule::ALL.iter().map(|rule| described(*rule)).collect();
        let version = env!("CARGO_PKG_VERSION");
        let log = Log {
            schema: "https://json.schemastore.org/sarif-2.1.0.json",
            version: "2.1.0",
            runs: [Run {
                tool: json!({ "driver": {
                    "name": "scruple", "version": version, "semanticVersion": version, "rules": rules,
                } }),
                original_uri_base_ids: json!({ ROOT: { "description": { "text": "The root of the repository." } } }),
                invocations: json!([{ "executionSuccessful": self.status() != 2 }]),
                results: (self, repository),
            }],
        };
        // Writing to a string cannot fail.
        serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"
    }

    fn result(&self, finding: &Finding, repository: &Repository) -> Value {
        let index = CheckRule::ALL.iter().position(|rule| *rule == finding.rule);
        let message = repository.words(&format!("{}. {}", finding.why, finding.mend));
        let mut result = json!({
            "ruleId": finding.rule.id(),
            "ruleIndex": index,
            "level": finding.level.id(),
            "message": { "text": message },
            "locations": [location(&finding.place, repository)],
            "relatedLocations": finding.also.iter().map(|place| location(place, repository)).collect::<Vec<_>>(),
            "partialFingerprints": { "scruple/v1": fingerprint(finding, repository) },
            "properties": {
                "app": finding.app.as_deref().map(|app| repository.words(app)), "variants": finding.variants,
            },
        });
        if self.is_compared {
            result["baselineState"] = json!("new");
        }
        result
    }
}

/// A rule with its page.
fn described(rule: CheckRule) -> Value {
    let page = rule.page();
    let level = rule.level();
    json!({
        "id": rule.id(),
        "name": rule.id(),
        "shortDescription": { "text": rule.summary() },
        "fullDescription": { "text": rule.why() },
        "help": { "text": page, "markdown": page },
        "defaultConfiguration": { "level": level.id() },
        "properties": { "tags": ["privacy"], "problem.severity": severity(level) },
    })
}

/// As code hosts call it.
fn severity(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "recommendation",
    }
}

/// Code hosts want a line: the first stands for a file as a whole.
fn location(place: &Place, repository: &Repository) -> Value {
    let (file, line) = repository.shown(place);
    let mut artifact = json!({ "uri": uri(&file) });
    if !file.starts_with('/') {
        artifact["uriBaseId"] = json!(ROOT);
    }
    let mut location = json!({
        "physicalLocation": { "artifactLocation": artifact, "region": { "startLine": line.unwrap_or(1) } },
    });
    let name = repository.name(&place.file);
    if name != file {
        location["logicalLocations"] = json!([{ "fullyQualifiedName": name, "kind": "resource" }]);
    }
    location
}

/// A path as a reference: what a reference gives another meaning to is written by its number. A path that begins at the
/// machine's root is a reference of its own.
fn uri(path: &str) -> String {
    let mut uri = if path.starts_with('/') { "file://".to_owned() } else { String::new() };
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
