//! What the measuring programs share: their arguments and the clock.
//!
//! `PROGRAM cold SUBJECT` prints how long the first time took, `PROGRAM warm SUBJECT SAMPLES REPEATS` how long later
//! ones took: nanoseconds, a sample a line. `PROGRAM silent SUBJECT REPEATS` prints nothing: its system calls are
//! counted.

use std::env;
use std::str::FromStr;
use std::time::Instant;

/// Something that is done again and again.
pub(crate) type Repeated = Box<dyn FnMut()>;

/// Does what the arguments ask for, after `prepare` made the subject ready.
pub(crate) fn take(prepare: impl FnOnce(&str) -> Repeated) {
    let mode: String = argument(1);
    let subject: String = argument(2);
    match mode.as_str() {
        "cold" => {
            let start = Instant::now();
            let mut once = prepare(&subject);
            once();
            println!("{}", start.elapsed().as_nanos());
        }
        "warm" => {
            let (samples, repeats): (usize, u32) = (argument(3), argument(4));
            let mut once = prepare(&subject);
            let mut sample = || {
                let start = Instant::now();
                (0..repeats).for_each(|_| once());
                start.elapsed().as_nanos() as f64 / f64::from(repeats)
            };
            // The first ones fill caches, and let the processor raise its clock.
            (0..samples / 2).for_each(|_| _ = sample());
            let taken: Vec<_> = (0..samples).map(|_| sample()).collect();
            // Printing would disturb the next sample.
            taken.iter().for_each(|nanoseconds| println!("{nanoseconds}"));
        }
        "silent" => {
            let mut once = prepare(&subject);
            (0..argument(3)).for_each(|_: u32| once());
        }
        other => panic!("no such mode: {other}"),
    }
}

/// An argument by its place.
fn argument<T: FromStr>(place: usize) -> T {
    let text = env::args().nth(place);
    text.and_then(|text| text.parse().ok()).expect("the arguments are those of `cargo xtask bench`")
}
