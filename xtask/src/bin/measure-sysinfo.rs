//! Measures sysinfo on the fields that it shares with Scruple, by the leanest calls that it has for them.

mod samples;

use std::hint::black_box;
use std::path::Path;

use samples::Repeated;
use sysinfo::{
    CpuRefreshKind, DiskRefreshKind, Disks, ProcessRefreshKind, ProcessesToUpdate, Product, System,
};

fn main() {
    samples::take(prepare);
}

/// A `System` that is kept, as its documentation advises.
fn prepare(subject: &str) -> Repeated {
    let mut system = System::new().expect("sysinfo knows Linux");
    // sysinfo has the present frequency, not the highest; without cpufreq it reads /proc/cpuinfo for it, for each core.
    let with_frequency = CpuRefreshKind::nothing().with_frequency();
    match subject {
        "device" => {
            let mut disks = disks();
            Box::new(move || device(&mut system, &mut disks, with_frequency))
        }
        "device-without-frequency" => {
            let mut disks = disks();
            Box::new(move || device(&mut system, &mut disks, CpuRefreshKind::nothing()))
        }
        "processes" => Box::new(move || processes(&mut system)),
        "both" => {
            let mut disks = disks();
            Box::new(move || {
                device(&mut system, &mut disks, with_frequency);
                processes(&mut system);
            })
        }
        other => panic!("no such subject: {other}"),
    }
}

/// The disks, so far without what they hold.
fn disks() -> Disks {
    Disks::new_with_refreshed_list_specifics(DiskRefreshKind::nothing()).expect("sysinfo knows Linux")
}

/// Of the device items those that sysinfo has.
fn device(system: &mut System, disks: &mut Disks, cpu: CpuRefreshKind) {
    let root = disks.iter_mut().find(|disk| disk.mount_point() == Path::new("/"));
    black_box(root.map(|disk| {
        disk.refresh_specifics(DiskRefreshKind::nothing().with_storage());
        disk.total_space()
    }));
    system.refresh_cpu_list(cpu);
    black_box(system.cpus());
    _ = black_box((Product::name(), Product::family(), Product::vendor_name()));
    _ = black_box((System::os_version(), System::kernel_version(), System::host_name()));
}

/// Ids and names, and what else sysinfo reads of a process in any case.
fn processes(system: &mut System) {
    let kind = ProcessRefreshKind::nothing().without_tasks();
    system.refresh_processes_specifics(ProcessesToUpdate::All, true, kind);
    black_box(system.processes());
}
