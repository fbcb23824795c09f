//! What the command does to the machine, as the kernel sees it.

#![cfg(target_os = "linux")]
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test may fail")]

mod common;

use common::strace::{calls, locked_in, only_reads, opened};

#[test]
fn without_agreement_no_file_is_opened_and_nothing_of_the_machine_is_asked() {
    let calls = calls("trace=all", &[], &["collect"]);
    let own = locked_in(&calls);
    assert!(own.iter().any(|call| call.starts_with("write(1")), "it printed: {own:?}");
    for call in own {
        let name = call.split('(').next().unwrap_or_default();
        let harmless = [
            "write",
            "brk",
            "mmap",
            "munmap",
            "mremap",
            "madvise",
            "ioctl",
            "prctl",
            "sigaltstack",
            "exit_group",
            "getrandom",
            "futex",
        ];
        assert!(harmless.contains(&name) || call.starts_with("+++"), "{call}");
    }
}

/// The control of the test above, and of the one below.
#[test]
fn with_agreement_the_items_files_are_opened() {
    let calls = calls("trace=seccomp,openat,statfs", &[], &["collect", "--agree", "all"]);
    let own = locked_in(&calls);
    let opened = opened(own);
    for path in [
        "/sys/class/dmi/id/product_name",
        "/proc/cpuinfo",
        "/etc/os-release",
        "/proc/sys/kernel/hostname",
        "/proc/1/comm",
        "/sys/class/drm",
    ] {
        assert!(opened.contains(&path), "{path}: {opened:?}");
    }
    assert!(own.iter().any(|call| call.starts_with("statfs(\"/home\"")));
}

#[test]
fn one_item_opens_its_own_files_and_no_others() {
    let model = ["collect", "--agree", "device", "--item", "device.model"];
    let calls = calls("trace=seccomp,openat,openat2,statfs,getdents64", &[], &model);
    let own = locked_in(&calls);
    let opened = opened(own);
    assert_eq!(opened.first(), Some(&"/sys/class/dmi/id/product_name"));
    // Only where there is no DMI.
    assert!(opened.iter().skip(1).all(|path| *path == "/proc/device-tree/model"), "{opened:?}");
    assert!(own.iter().all(|call| !call.starts_with("statfs") && !call.starts_with("getdents64")), "{own:?}");
}

#[test]
fn identifiers_are_never_opened() {
    let calls = calls("trace=%file", &[], &["collect", "--agree", "all"]);
    for identifier in ["machine-id", "serial", "uuid", "boot_id", "/address", "net/", "cmdline", "environ"] {
        assert!(!calls.iter().any(|call| call.contains(identifier)), "{identifier}");
    }
    assert!(calls.iter().any(|call| call.contains("product_name")), "the control");
}

/// What a host hands in is opened before the sandbox closes, and read inside.
#[test]
fn the_filter_comes_before_the_first_read_of_the_machine_and_of_the_hosts_files() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let everything =
        "{\"agreement\": \"tcmpp-dpsa/2024-05-28\", \"categories\": {\"device\": {\"enabled\": true}}}";
    let (policy, records) = (file("policy.json", everything), file("records.json", "{}"));
    let files = ["collect", "--agree", "all", "--policy", &policy, "--host", &records];
    let calls = calls("trace=seccomp,openat,read", &[], &files);
    let own = locked_in(&calls);
    let (before, _) = calls.split_at(calls.len() - own.len());
    assert!(opened(own).contains(&"/proc/cpuinfo"));
    for path in [&policy, &records] {
        assert!(opened(before).contains(&path.as_str()) && !opened(own).contains(&path.as_str()), "{path}");
        let is_read = |call: &String| call.starts_with("read(") && call.contains(&format!("<{path}>"));
        assert!(own.iter().any(is_read) && !before.iter().any(is_read), "{path}");
    }
    let early = before.iter().filter(|call| call.starts_with("openat") && !call.contains("O_PATH"));
    let early: Vec<_> = early.filter(|call| !call.contains("/lib") && !call.contains("ld.so")).collect();
    // What the runtime opens to start any program, and the two.
    let harmless = ["/proc/self/maps", "cgroup", &policy, &records];
    assert!(early.iter().all(|call| harmless.iter().any(|path| call.contains(path))), "{early:?}");
}

#[test]
fn a_collection_of_everything_only_reads() {
    let records = common::repository().join("docs/examples/host-records.json");
    let everything = ["collect", "--agree", "all", "--format", "json", "--host", records.to_str().unwrap()];
    let calls = calls("trace=all", &[], &everything);
    let own = locked_in(&calls);
    assert_eq!(own.iter().find(|call| !only_reads(call)), None);
    let folder = tempfile::tempdir().unwrap();
    let recorded = folder.path().join("recorded");
    let record = ["collect", "--agree", "all", "--yes", "--record", recorded.to_str().unwrap()];
    let control = self::calls("trace=all", &[], &record).iter().filter(|call| !only_reads(call)).count();
    assert!(control > 0, "the control writes files");
    println!(
        "proof: The command writes, sends and starts nothing | {} system calls of a collection of everything: all only read | \
         of a recording, which writes files, {control} calls stand out",
        own.len()
    );
}
