//! What a table must say of the machine to be read elsewhere.

use std::fs;
use std::process::Command;
use std::thread::available_parallelism;

use packager::process;
use packager::trouble::{Result, Trouble};

/// Processor, cores, kernel, load, processes, compiler.
pub(crate) fn facts() -> Result<String> {
    let cpuinfo = read("/proc/cpuinfo")?;
    let model = cpuinfo.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let processor = model.map_or("unknown processor", |(_, name)| name);
    let cores = available_parallelism().map_or(0, usize::from);
    let kernel = read("/proc/sys/kernel/osrelease")?;
    let load = read("/proc/loadavg")?;
    let load = load.split(' ').next().unwrap_or_default();
    let rustc = process::printed(Command::new("rustc").arg("--version"))?;
    Ok(format!(
        "{processor}, {cores} cores, Linux {}, load {load} before, {} processes, {}",
        kernel.trim(),
        processes()?,
        rustc.trim()
    ))
}

/// How many processes the system shows.
fn processes() -> Result<usize> {
    let entries = fs::read_dir("/proc").map_err(|error| unreadable("/proc", &error))?;
    let is_process = |name: &str| name.bytes().all(|byte| byte.is_ascii_digit());
    Ok(entries.flatten().filter(|entry| entry.file_name().to_str().is_some_and(is_process)).count())
}

fn read(path: &str) -> Result<String> {
    fs::read_to_string(path).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &str, error: &std::io::Error) -> Trouble {
    Trouble::cannot_run(format!("{path} is not to be read: {error}"))
}
