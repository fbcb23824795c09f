//! Measured times.

use crate::bench::table::Figure;

/// How long something took, in microseconds.
#[derive(Default)]
pub(crate) struct Samples(Vec<f64>);

impl Samples {
    /// Adds what a measuring program printed: nanoseconds, a sample a line.
    pub(crate) fn add(&mut self, printed: &str) {
        let nanoseconds = printed.lines().filter_map(|line| line.parse::<f64>().ok());
        self.0.extend(nanoseconds.map(|nanoseconds| nanoseconds / 1000.0));
    }

    /// The median, and between which values eight of ten samples lie.
    pub(crate) fn figure(&self) -> Option<Figure> {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let percentile = |percent| sorted.get(sorted.len().checked_sub(1)? * percent / 100).copied();
        Some(Figure { middle: percentile(50)?, spread: Some((percentile(10)?, percentile(90)?)) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_of_the_sorted_samples() {
        let mut samples = Samples::default();
        assert!(samples.figure().is_none());
        for nanoseconds in (0..=10).rev() {
            samples.add(&format!("{nanoseconds}000\n"));
        }
        assert_eq!(samples.figure(), Some(Figure { middle: 5.0, spread: Some((1.0, 9.0)) }));
    }
}
