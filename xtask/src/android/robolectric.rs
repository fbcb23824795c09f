//! Android's Kotlin modules, tested in the framework's own code of several API levels: Robolectric runs it on the JVM,
//! and the library for this machine reads it.

use std::collections::BTreeMap;
use std::path::Path;

use anstream::{eprintln, println};
use packager::bindings;
use packager::file::{self, read};
use packager::trouble::{Result, Trouble};
use packager::{cache, maven, newer_java, process};

/// The levels, as the modules' build calls its runs.
const LEVELS: [&str; 5] = ["api-23", "api-29", "api-34", "api-35", "api-36"];

/// What Android's modules need and the stage `kotlin` tests.
const BELOW: [&str; 3] = ["scruple-bindings", "scruple-core", "scruple-testing"];

/// Builds the modules, runs their tests on every level, and counts.
pub(super) fn test() -> Result {
    bindings::generate()?;
    maven::ensure()?;
    let cache = cache::dir()?;
    let java = newer_java::java()?;
    if !cache.join("frameworks").exists() {
        eprintln!("Downloading Android's frameworks of five levels, this once: 1.1 GB.");
    }
    let maven = || {
        let mut maven = maven::command(maven::LIBRARY);
        maven.arg(format!("-Dscruple.cache={}", cache.display()));
        maven.arg(format!("-Dnewer.java={}", java.display()));
        maven
    };
    let below = BELOW.join(",");
    process::prepare(maven().args([
        "--quiet",
        "clean",
        "install",
        "-Dmaven.test.skip",
        "--projects",
        &below,
    ]))?;
    let without = BELOW.map(|module| format!("!{module}")).join(",");
    process::run(maven().args([
        "clean",
        "install",
        "--activate-profiles",
        "android",
        "--projects",
        &without,
    ]))?;
    let counts = counts(Path::new(maven::LIBRARY))?;
    println!("{}", table(&counts));
    check(&counts)
}

/// How a module's tests ended on one level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    tests: usize,
    skipped: usize,
}

/// By module and level.
type Counts = BTreeMap<String, [Count; LEVELS.len()]>;

/// What surefire reports of every module that ran on a level.
fn counts(modules: &Path) -> Result<Counts> {
    let mut counts = Counts::new();
    for module in file::entries(modules)? {
        let name = module.file_name().unwrap_or_default().to_string_lossy();
        let reports = module.join("target/surefire-reports");
        for (at, level) in LEVELS.iter().enumerate() {
            let level = reports.join(level);
            if !level.exists() {
                continue;
            }
            let count = &mut counts.entry(name.clone().into_owned()).or_default()[at];
            for report in
                file::entries(&level)?.iter().filter(|report| report.extension() == Some("xml".as_ref()))
            {
                let suite = read(report)?;
                count.tests += attribute(&suite, "tests")?;
                count.skipped += attribute(&suite, "skipped")?;
            }
        }
    }
    Ok(counts)
}

/// A number that the report's first element has.
fn attribute(report: &str, name: &str) -> Result<usize> {
    let number = || {
        let (_, suite) = report.split_once("<testsuite ")?;
        let (suite, _) = suite.split_once('>')?;
        let (_, value) = suite.split_once(&format!(" {name}=\""))?;
        value.split_once('"')?.0.parse().ok()
    };
    number().ok_or_else(|| Trouble::failed(format!("surefire's report says no {name}")))
}

/// A line a module, a column a level.
fn table(counts: &Counts) -> String {
    let width = counts.keys().map(String::len).max().unwrap_or(0).max("module".len());
    let line = |name: &str, cells: [String; LEVELS.len()]| {
        format!("{name:width$}{}", cells.map(|cell| format!("  {cell:>6}")).concat())
    };
    let mut lines = vec![line("tests", LEVELS.map(str::to_owned))];
    lines.extend(
        counts.iter().map(|(module, levels)| line(module, levels.map(|count| count.tests.to_string()))),
    );
    let total = |at: usize| counts.values().map(|levels| levels[at].tests).sum::<usize>().to_string();
    lines.push(line("total", std::array::from_fn(total)));
    lines.join("\n")
}

/// Every module has tests on every level, and none was skipped.
fn check(counts: &Counts) -> Result {
    if counts.is_empty() {
        return Err(Trouble::failed("no module reports tests"));
    }
    for (module, levels) in counts {
        for (level, count) in LEVELS.iter().zip(levels) {
            if count.tests == 0 {
                return Err(Trouble::failed(format!("{module} ran no test on {level}")));
            }
            if count.skipped > 0 {
                return Err(Trouble::failed(format!("{module} skipped {} tests on {level}", count.skipped)));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuite xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" name="A" time="1.2" tests="5" errors="0" skipped="1"
 failures="0"><testcase name="tests=&quot;9&quot;"/></testsuite>"#;

    fn of(tests: [usize; LEVELS.len()], skipped: usize) -> [Count; LEVELS.len()] {
        tests.map(|tests| Count { tests, skipped })
    }

    #[test]
    fn a_report_is_counted() {
        assert_eq!(attribute(REPORT, "tests").ok(), Some(5));
        assert_eq!(attribute(REPORT, "skipped").ok(), Some(1));
        assert!(attribute(REPORT, "flakes").is_err());
        assert!(attribute("", "tests").is_err());
    }

    #[test]
    fn columns_line_up_and_the_total_counts() {
        let counts = Counts::from([
            ("scruple".to_owned(), of([9, 10, 11, 12, 13], 0)),
            ("web".to_owned(), of([1; 5], 0)),
        ]);
        let expected = "\
tests    api-23  api-29  api-34  api-35  api-36
scruple       9      10      11      12      13
web           1       1       1       1       1
total        10      11      12      13      14";
        assert_eq!(table(&counts), expected);
    }

    #[test]
    fn a_level_without_tests_or_with_skipped_ones_fails() {
        let module = |levels| Counts::from([("scruple".to_owned(), levels)]);
        assert!(check(&module(of([1; 5], 0))).is_ok());
        assert!(check(&module(of([1, 1, 0, 1, 1], 0))).is_err());
        assert!(check(&module(of([2; 5], 1))).is_err());
        assert!(check(&Counts::new()).is_err());
    }
}
