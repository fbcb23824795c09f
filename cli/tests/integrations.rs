//! The action, the hook and the Gradle task: what is in them is run as their users' tools run it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a test may fail")]

mod common;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Output;

use common::{Host, repository, yaml};
use yaml_rust2::Yaml;

fn read(path: &str) -> Yaml {
    yaml(&fs::read_to_string(repository().join(path)).unwrap()).remove(0)
}

/// The action's step as a code host runs it: inputs by the environment, `ci/scruple` from the action's folder.
fn act(host: &Host, inputs: &[(&str, &str)]) -> Output {
    let action = read("action.yml");
    let step = &action["runs"]["steps"][0];
    assert_eq!((action["runs"]["using"].as_str(), step["shell"].as_str()), (Some("composite"), Some("bash")));
    // The command that this test was built with stands for the one that `ci/scruple` builds.
    let calls = "#!/bin/sh\nexec scruple \"$@\"\n";
    host.write(".action/ci/scruple", calls.as_bytes());
    let script = host.path().join(".action/ci/scruple");
    fs::set_permissions(script, fs::Permissions::from_mode(0o755)).unwrap();

    let mut bash = host.command("bash");
    bash.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"].as_str().unwrap()]);
    bash.env("GITHUB_ACTION_PATH", host.path().join(".action"));
    for (name, value) in step["env"].as_hash().unwrap() {
        let input = value.as_str().unwrap().trim_start_matches("${{ inputs.").trim_end_matches(" }}");
        let default = action["inputs"][input]["default"].as_str().unwrap();
        let given = inputs.iter().find(|(name, _)| *name == input).map_or(default, |(_, value)| *value);
        bash.env(name.as_str().unwrap(), given);
    }
    for (name, _) in inputs {
        assert!(!action["inputs"][*name].is_badvalue(), "the action has no input {name}");
    }
    bash.output().unwrap()
}

const IDENTIFIER: &str = "<manifest xmlns:android='http://schemas.android.com/apk/res/android'>\
    <uses-permission android:name='android.permission.ACCESS_COARSE_LOCATION'/>\
    <uses-feature android:name='android.hardware.location' android:required='false'/>\n\
    <uses-permission android:name='android.permission.READ_PHONE_STATE'/>\
    <application><activity android:name='.Main'><intent-filter>\
    <category android:name='android.intent.category.LAUNCHER'/></intent-filter></activity></application></manifest>";

#[test]
fn the_action_checks_and_writes_sarif() {
    let host = Host::new();
    let fine = act(&host, &[]);
    assert_eq!(fine.status.code(), Some(0), "{fine:?}");
    let sarif = || -> serde_json::Value {
        serde_json::from_slice(&fs::read(host.path().join("scruple.sarif")).unwrap()).unwrap()
    };
    assert!(sarif()["runs"][0]["results"].as_array().unwrap().iter().all(|own| own["level"] == "note"));

    host.write("app/src/main/AndroidManifest.xml", IDENTIFIER.as_bytes());
    let found = act(&host, &[]);
    assert_eq!(found.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&found.stdout).contains("[android-identifier]"), "{found:?}");
    assert!(sarif()["runs"][0]["results"].to_string().contains("android-identifier"));
    for allow in
        ["android-identifier", "apple-tracking,android-identifier", "apple-tracking\nandroid-identifier\n"]
    {
        assert_eq!(act(&host, &[("allow", allow)]).status.code(), Some(0), "{allow}");
    }
    assert!(host.shell("scruple check --policy scruple.json --write-baseline known.json .").status.success());
    assert_eq!(act(&host, &[("baseline", "known.json")]).status.code(), Some(0));
    // A folder a line, blanks and all; an input is never a part of the script.
    host.write("an app/AndroidManifest.xml", IDENTIFIER.as_bytes());
    assert_eq!(act(&host, &[("paths", "App\nan app\n"), ("sarif", "other.sarif")]).status.code(), Some(1));
    assert!(host.path().join("other.sarif").is_file());
    let injected = act(&host, &[("paths", "$(touch injected)"), ("policy", "`touch injected`")]);
    assert_eq!(injected.status.code(), Some(2));
    assert!(!host.path().join("injected").exists());
}

#[test]
fn the_actions_inputs_and_outputs_are_described() {
    let action = read("action.yml");
    for of in ["inputs", "outputs"] {
        for (name, described) in action[of].as_hash().unwrap() {
            assert!(
                described["description"]
                    .as_str()
                    .is_some_and(|text| text.ends_with('.') || text.contains("upload")),
                "{name:?}"
            );
        }
    }
    // Each input is used, and nothing else.
    let used: Vec<_> = action["runs"]["steps"][0]["env"].as_hash().unwrap().values().cloned().collect();
    let named: Vec<_> = action["inputs"].as_hash().unwrap().keys().collect();
    let expected: Vec<_> = named
        .iter()
        .map(|name| Yaml::String(format!("${{{{ inputs.{} }}}}", name.as_str().unwrap())))
        .collect();
    assert_eq!(used, expected);
}

#[test]
fn the_hooks_run_and_their_patterns_find_the_files() {
    let hooks = read(".pre-commit-hooks.yaml");
    let hooks = hooks.as_vec().unwrap();
    let ids: Vec<_> = hooks.iter().filter_map(|hook| hook["id"].as_str()).collect();
    assert_eq!(ids, ["scruple-check", "scruple-policy"]);
    for hook in hooks {
        let host = Host::new();
        let entry = hook["entry"].as_str().unwrap();
        assert_eq!(hook["language"].as_str(), Some("script"));
        let script = repository().join(entry.split(' ').next().unwrap());
        assert!(fs::metadata(&script).unwrap().permissions().mode() & 0o111 != 0, "{}", script.display());
        let mut line = entry.replacen("ci/scruple", "scruple", 1);
        for argument in hook["args"].as_vec().into_iter().flatten() {
            line = format!("{line} {}", argument.as_str().unwrap());
        }
        // Names are passed unless the hook says otherwise.
        if hook["pass_filenames"].as_bool() != Some(false) {
            line.push_str(" scruple.json");
        }
        let output = host.shell(&line);
        assert_eq!(output.status.code(), Some(0), "{line}: {output:?}");

        let pattern = hook["files"].as_str().unwrap();
        let matches = |name: &str| {
            let mut grep = host.command("grep");
            grep.args(["-qE", pattern]).stdin(fs::File::open(host.path().join(name)).unwrap());
            grep.status().unwrap().success()
        };
        for (name, checked) in [
            ("app/src/main/AndroidManifest.xml", true),
            ("app/build.gradle.kts", true),
            ("gradle/libs.versions.toml", true),
            ("App/zh-Hans.lproj/InfoPlist.strings", true),
            ("App.xcodeproj/project.pbxproj", true),
            ("project.yml", true),
            ("Kit/Package.swift", true),
            ("app.json", true),
            ("scruple.json", true),
            ("app/src/main/assets/scruple.json", true),
            ("README.md", false),
            ("my-scruple.json", false),
        ] {
            host.write("name", name.as_bytes());
            let expected =
                checked && (ids[0] == hook["id"].as_str().unwrap() || name.ends_with("scruple.json"));
            assert_eq!(matches("name"), expected, "{pattern}: {name}");
        }
    }
}

/// The hooks as pre-commit itself runs them, by the configuration in the guide.
#[test]
fn pre_commit_runs_the_hooks() {
    let hooks = tempfile::tempdir().unwrap();
    fs::copy(repository().join(".pre-commit-hooks.yaml"), hooks.path().join(".pre-commit-hooks.yaml"))
        .unwrap();
    fs::create_dir(hooks.path().join("ci")).unwrap();
    // The command that this test was built with stands for the one that `ci/scruple` builds.
    let script = hooks.path().join("ci/scruple");
    fs::write(&script, "#!/bin/sh\nexec scruple \"$@\"\n").unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    let host = Host::new();
    let git = |folder: &Path, arguments: &[&str]| {
        let mut git = host.command("git");
        git.current_dir(folder).args(["-c", "user.name=a", "-c", "user.email=a@example.com"]).args(arguments);
        let output = git.output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {output:?}");
    };
    for arguments in [&["init", "-q"][..], &["add", "."], &["commit", "-q", "-m", "a"], &["tag", "v0.1.0"]] {
        git(hooks.path(), arguments);
    }
    let guide = fs::read_to_string(repository().join("docs/guide/check.md")).unwrap();
    let config = guide.split("```yaml\n").find(|text| text.starts_with("repos:")).unwrap();
    let config = config.split("```").next().unwrap();
    let url = config.split("repo: ").nth(1).unwrap().lines().next().unwrap();
    let config = config.replace(url, hooks.path().to_str().unwrap());
    host.write(".pre-commit-config.yaml", config.as_bytes());
    let cache = tempfile::tempdir().unwrap();
    let run = || {
        git(host.path(), &["add", "."]);
        let mut run = host.command("pre-commit");
        run.args(["run", "--all-files", "--color", "never"]).env("PRE_COMMIT_HOME", cache.path());
        run.output()
            .expect("pre-commit is needed: `cargo xtask test` installs it, or `apt-get install pre-commit`")
    };
    let said = |output: &Output| String::from_utf8_lossy(&output.stdout).into_owned();
    let fine = run();
    assert_eq!(fine.status.code(), Some(0), "{fine:?}");
    assert_eq!(said(&fine).matches("Passed").count(), 2, "{}", said(&fine));
    host.write(
        "app/src/main/AndroidManifest.xml",
        IDENTIFIER.replace("ACCESS_COARSE", "ACCESS_FINE").as_bytes(),
    );
    host.write("scruple.json", b"{");
    let failed = run();
    assert_eq!(failed.status.code(), Some(1));
    assert_eq!(said(&failed).matches("Failed").count(), 2, "{}", said(&failed));
    assert!(said(&failed).contains("scruple.json:1:"), "{}", said(&failed));
}

/// A cargo that says what it was asked for.
#[test]
fn the_script_builds_this_checkout_and_runs_where_it_is_called() {
    let host = Host::new();
    host.write("bin/cargo", b"#!/bin/sh\npwd\nprintf '%s\\n' \"$@\"\n");
    fs::set_permissions(host.path().join("bin/cargo"), fs::Permissions::from_mode(0o755)).unwrap();
    let script = repository().join("ci/scruple");
    let line = format!("PATH=\"$PWD/bin:$PATH\" {} check --policy 'a b.json' .", script.display());
    let output = host.shell(&line);
    let said = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<_> = said.lines().collect();
    assert_eq!(lines[0], host.path().canonicalize().unwrap().to_str().unwrap());
    let manifest = repository().join("Cargo.toml");
    assert!(lines.contains(&manifest.to_str().unwrap()), "{lines:?}");
    let own = lines.iter().position(|line| *line == "--").unwrap();
    assert_eq!(lines[own + 1..], ["check", "--policy", "a b.json", "."]);
    assert!(lines.contains(&"--locked") && lines.contains(&"scruple-cli"), "{lines:?}");
}
