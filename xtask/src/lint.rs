//! Android's lint, over every module and the sample: what it finds is explained here, line by line, or it is a fault.

use std::collections::BTreeSet;
use std::env;
use std::path::{Path, PathBuf};

use anstream::println;
use packager::file::{self, read, write};
use packager::sample::{APP, RESOURCES};
use packager::trouble::{Result, Trouble};
use packager::{fetched, maven, process};

/// Where Maven finds it.
const LINT: &str = "xtask/tools/lint";

/// What is made on the way.
const WORK: &str = "target/lint";

/// What may be found: the check, the file, and the reason. One that is not found any more is a fault too.
const EXPLAINED: &[(&str, &str, &str)] = &[
    (
        "StaticFieldLeak",
        "bindings/kotlin/scruple/src/main/kotlin/dev/scruple/android/ApplicationContext.kt",
        "it is the application's context, which lives as long as the process",
    ),
    (
        "OldTargetApi",
        "android-sample/target/resources/AndroidManifest.xml",
        "36 is the newest level whose framework the tests can run in: docs/decisions/0037-api-36-37-and-lint.md",
    ),
    (
        "DataExtractionRules",
        "android-sample/target/resources/AndroidManifest.xml",
        "allowBackup is off; the rules are for what Android 12 copies from phone to phone all the same",
    ),
    (
        "Overdraw",
        "android-sample/src/main/res/layout/main.xml",
        "the window's background shows through the system bars, this one under the app's own",
    ),
    (
        "MonochromeLauncherIcon",
        "android-sample/src/main/res/mipmap-anydpi-v26/ic_launcher.xml",
        "a sample has no themed icon",
    ),
];

/// Looks at what Maven and aapt2 have made of the modules and the sample.
pub(crate) fn check() -> Result {
    let work = Path::new(WORK);
    let project = work.join("project.xml");
    write(&project, described()?)?;
    let mut lint = fetched::java(LINT, work)?;
    lint.args([
        "com.android.tools.lint.Main",
        "--quiet",
        "--client-id",
        "cargo-xtask",
        "--client-name",
        "xtask",
    ]);
    lint.args(["--client-version", "1", "--project"]);
    let printed = process::printed(lint.arg(&project))?;
    let found = findings(&printed);
    for (id, file, why) in EXPLAINED {
        println!("lint: {id} in {file}: {why}");
    }
    compare(&found).inspect_err(|_| println!("{printed}"))
}

/// Every module with a manifest, and the sample with its resources, as the merged manifest has it.
fn described() -> Result<String> {
    let root = env::current_dir().map_err(|error| Trouble::failed(format!("no directory: {error}")))?;
    let library = file::entries(Path::new(maven::LIBRARY))?;
    let mut modules = String::new();
    let mut classes = libraries()?;
    classes.extend(library.iter().map(|module| module.join("target/classes")).filter(|own| own.exists()));
    for directory in &library {
        let manifest = directory.join("src/main/AndroidManifest.xml");
        if manifest.exists() {
            let sources = file::tree(&directory.join("src/main/kotlin"))?;
            modules += &module(&root, directory, true, &manifest, &sources, None, &classes);
        }
    }
    let (app, resources) = (Path::new(APP), Path::new(RESOURCES));
    let mut sources = file::tree(&app.join("src/main/kotlin"))?;
    sources.extend(file::tree(&resources.join("java"))?);
    let (manifest, own) = (resources.join("AndroidManifest.xml"), app.join("src/main/res"));
    modules += &module(&root, app, false, &manifest, &sources, Some(&own), &classes);
    Ok(format!("<project>\n<root dir=\"{}\"/>\n{modules}</project>\n", root.display()))
}

/// What the sample is compiled against: Kotlin, coroutines and the framework.
fn libraries() -> Result<Vec<PathBuf>> {
    let path = read(&Path::new(APP).join("target/compile.classpath"))?;
    let is_ours = |jar: &PathBuf| jar.to_string_lossy().contains("/dev/scruple/");
    Ok(env::split_paths(path.trim()).filter(|jar| !is_ours(jar)).collect())
}

fn module(
    root: &Path,
    directory: &Path,
    is_library: bool,
    manifest: &Path,
    sources: &[PathBuf],
    resources: Option<&Path>,
    classes: &[PathBuf],
) -> String {
    let at = |path: &Path| root.join(path).display().to_string();
    let name = directory.file_name().unwrap_or_default().to_string_lossy();
    let mut lines = vec![
        format!(
            "<module name=\"{name}\" android=\"true\" library=\"{is_library}\" compile-sdk-version=\"36\">"
        ),
        format!("<manifest file=\"{}\"/>", at(manifest)),
    ];
    lines.extend(sources.iter().map(|file| format!("<src file=\"{}\"/>", at(file))));
    lines.extend(resources.map(|path| format!("<resource file=\"{}\"/>", at(path))));
    lines.extend(classes.iter().map(|path| {
        let kind = if path.is_dir() { "file" } else { "jar" };
        format!("<classpath {kind}=\"{}\"/>", at(path))
    }));
    lines.push("</module>\n".to_owned());
    lines.join("\n")
}

/// What was found, each as check and file.
fn findings(printed: &str) -> BTreeSet<(String, String)> {
    let one = |line: &str| {
        let (place, rest) = [": Warning: ", ": Error: "].iter().find_map(|level| line.split_once(level))?;
        let id = rest.strip_suffix(']')?.rsplit_once('[')?.1;
        // Some have no line.
        let file = place.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(':');
        Some((id.to_owned(), file.to_owned()))
    };
    printed.lines().filter_map(one).collect()
}

/// Fails if something is found that nobody explained, or explained that is not found.
fn compare(found: &BTreeSet<(String, String)>) -> Result {
    // Lint names a file from its module on.
    let is = |(id, file): &(String, String), (known, whole, _): &(&str, &str, &str)| {
        id == known && Path::new(whole).ends_with(file)
    };
    if let Some((id, file)) = found.iter().find(|own| !EXPLAINED.iter().any(|known| is(own, known))) {
        return Err(Trouble::failed(format!("lint finds {id} in {file}, and nothing explains it")));
    }
    match EXPLAINED.iter().find(|known| !found.iter().any(|own| is(own, known))) {
        None => Ok(()),
        Some((id, file, _)) => {
            Err(Trouble::failed(format!("lint no longer finds {id} in {file}: leave the reason out")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_are_read_with_their_files() {
        let printed = "a/B.kt:9: Warning: Do not [1]; a leak [StaticFieldLeak]\n   ~~~\na/res: Error: Missing [Icon]\n0 errors, 8 warnings\n";
        let of = |id: &str, file: &str| (id.to_owned(), file.to_owned());
        assert_eq!(findings(printed), [of("Icon", "a/res"), of("StaticFieldLeak", "a/B.kt")].into());
    }

    #[test]
    fn what_nobody_explained_and_what_is_not_found_any_more_are_faults() {
        let mut found: BTreeSet<_> =
            EXPLAINED.iter().map(|(id, file, _)| ((*id).to_owned(), (*file).to_owned())).collect();
        compare(&found).unwrap();
        found.insert(("NewOne".to_owned(), "a/B.kt".to_owned()));
        let why = compare(&found).unwrap_err().to_string();
        assert_eq!(why, "lint finds NewOne in a/B.kt, and nothing explains it");
        assert!(compare(&BTreeSet::new()).unwrap_err().to_string().starts_with("lint no longer finds "));
    }
}
