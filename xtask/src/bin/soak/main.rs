//! Many threads collect while consent comes and goes: `soak COLLECTIONS THREADS SECONDS`, as `cargo xtask soak` calls it.

mod host;
mod sources;

use std::env;
use std::fs;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use host::{Host, Tally};

#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

/// Sessions that are open at once.
const HOSTS: usize = 4;

/// How often a line is printed.
const INTERVAL: Duration = Duration::from_secs(5);

/// What one line shows.
struct Sample {
    kib: u64,
    threads: u64,
}

fn main() -> ExitCode {
    // A source's panic is part of it.
    std::panic::set_hook(Box::new(|panic| {
        if thread::current().name() != Some("scruple-source") {
            eprintln!("{panic}");
        }
    }));
    let [collections, threads, seconds] = [1, 2, 3].map(argument);
    let (tally, over, left) = (Tally::default(), AtomicBool::new(false), AtomicU64::new(collections));
    let hosts: Vec<Host> = (0..HOSTS).map(|_| Host::open()).collect();
    let mut samples = Vec::new();
    thread::scope(|scope| {
        let working: Vec<_> = (0..threads)
            .map(|number| {
                let (hosts, tally, over, left) = (&hosts, &tally, &over, &left);
                scope.spawn(move || {
                    host::work(hosts, tally, number, || !over.load(Ordering::Relaxed) && one(left))
                })
            })
            .collect();
        let begun = Instant::now();
        let mut next = INTERVAL;
        while working.iter().any(|thread| !thread.is_finished()) {
            thread::sleep(Duration::from_millis(100));
            let end = begun.elapsed() >= Duration::from_secs(seconds) || tally.violations() > 0;
            over.fetch_or(end, Ordering::Relaxed);
            if begun.elapsed() >= next {
                next += INTERVAL;
                let sample = sample();
                println!(
                    "{:>4} s  {tally}  {} KiB  {} threads",
                    begun.elapsed().as_secs(),
                    sample.kib,
                    sample.threads
                );
                samples.push(sample);
            }
        }
    });
    drop(hosts);
    verdict(&tally, &samples, threads)
}

/// Takes one of those that are left.
fn one(left: &AtomicU64) -> bool {
    left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok()
}

/// Says what was seen, and whether it is as it ought to be.
fn verdict(tally: &Tally, samples: &[Sample], threads: u64) -> ExitCode {
    let begun = Instant::now();
    // This one, and the one that ends snapshots.
    while sample().threads > 2 && begun.elapsed() < Duration::from_secs(10) {
        thread::sleep(Duration::from_millis(10));
    }
    let at_the_end = sample();
    println!("{tally}\nat the end: {} KiB, {} threads", at_the_end.kib, at_the_end.threads);
    let mut troubles = Vec::new();
    if tally.violations() > 0 {
        troubles.push("a value was there after its revocation had returned".to_owned());
    }
    if !tally.has_controls() {
        troubles.push("nothing was collected, or nothing was taken back: this proves nothing".to_owned());
    }
    if at_the_end.threads > 2 {
        troubles.push("sessions that are closed have threads".to_owned());
    }
    let most = |samples: &[Sample], of: fn(&Sample) -> u64| samples.iter().map(of).max().unwrap_or_default();
    let (first, second) = samples.split_at(samples.len() / 2);
    let (before, after) = (most(first, |sample| sample.kib), most(second, |sample| sample.kib));
    if !first.is_empty() {
        println!("memory: at most {before} KiB in the first half, {after} KiB in the second");
        // A tenth, and what an allocator may round up to.
        if after > before + before / 10 + 1_024 {
            troubles.push("memory grows".to_owned());
        }
    }
    // The core's own bound is 64; this program's, the main one and the one that ends snapshots come on top.
    let most_threads = most(samples, |sample| sample.threads);
    if most_threads > threads + 64 + 2 {
        troubles.push(format!("{most_threads} threads are more than the bound"));
    }
    troubles.iter().for_each(|trouble| eprintln!("error: {trouble}"));
    if troubles.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// This process, as the kernel describes it.
fn sample() -> Sample {
    let status = fs::read_to_string("/proc/self/status").expect("the soak needs Linux");
    let number = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
        line.trim().trim_end_matches(" kB").parse().expect("the kernel gives a number")
    };
    Sample { kib: number("VmRSS:"), threads: number("Threads:") }
}

fn argument(place: usize) -> u64 {
    let text = env::args().nth(place);
    text.and_then(|text| text.parse().ok()).expect("the arguments are those of `cargo xtask soak`")
}
