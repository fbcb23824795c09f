//! Times in words: the largest units that say them exactly.

use std::time::Duration;

/// In English.
pub(super) fn en(ms: u64) -> String {
    let named = |(count, unit): (u64, usize)| {
        let unit = ["hour", "minute", "second", "millisecond"][unit];
        format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
    };
    parts(ms).map(named).collect::<Vec<_>>().join(" ")
}

/// In Chinese.
pub(super) fn zh(ms: u64) -> String {
    parts(ms).map(|(count, unit)| format!("{count}{}", ["小时", "分钟", "秒", "毫秒"][unit])).collect()
}

/// Hours, minutes, seconds and milliseconds, by their index; at least one of them.
fn parts(ms: u64) -> impl Iterator<Item = (u64, usize)> {
    let time = Duration::from_millis(ms);
    let seconds = time.as_secs();
    let counts = [seconds / 3600, seconds / 60 % 60, seconds % 60, u64::from(time.subsec_millis())];
    let is_said = move |(count, unit): &(u64, usize)| *count > 0 || (ms == 0 && *unit == 2);
    counts.into_iter().enumerate().map(|(unit, count)| (count, unit)).filter(is_said)
}

#[cfg(test)]
mod tests {
    use super::{en, zh};

    #[test]
    fn times_are_exact() {
        for (ms, english, chinese) in [
            (60_000, "1 minute", "1分钟"),
            (30_000, "30 seconds", "30秒"),
            (3_661_001, "1 hour 1 minute 1 second 1 millisecond", "1小时1分钟1秒1毫秒"),
            (86_400_000, "24 hours", "24小时"),
            (0, "0 seconds", "0秒"),
        ] {
            assert_eq!((en(ms).as_str(), zh(ms).as_str()), (english, chinese));
        }
    }
}
