//! Location: precise as the system gives it, or the centre of a cell of a fixed grid.

use crate::feature::SourceError;
use crate::gate::SystemPermission;
use crate::outcome::Unavailable;
use crate::values::Coordinates;

/// Reads location: one source for fuzzy location, another for precise.
#[uniffi::export(foreign)]
pub trait LocationSource: Send + Sync {
    /// Whether the app may read location of this accuracy. It never prompts the person.
    ///
    /// # Errors
    /// Why the system does not say.
    fn permission(&self) -> Result<SystemPermission, SourceError>;

    /// Where the device is, in WGS 84.
    ///
    /// # Errors
    /// Why there is no value.
    fn read(&self, deadline_ms: u64) -> Result<Coordinates, SourceError>;
}

/// Bands of latitude in a degree: each is 0.02° high, about 2.2 km.
const BANDS: f64 = 50.0;
/// The northernmost band.
const LAST_BAND: f64 = 180.0 * BANDS - 1.0;

impl Coordinates {
    /// The place, if it is one.
    pub(crate) fn checked(self) -> Result<Self, Unavailable> {
        let on_earth = (-90.0..=90.0).contains(&self.latitude) && (-180.0..=180.0).contains(&self.longitude);
        // Neither range holds a NaN.
        if on_earth { Ok(self) } else { Err(Unavailable::Malformed) }
    }

    /// The centre of the grid's cell that the place is in. The grid is fixed, since the mean of many answers with fresh
    /// noise would be the place itself; its cells are equally wide within a band and at least 3 km² everywhere.
    pub(crate) fn fuzzy(self) -> Result<Self, Unavailable> {
        let Self { latitude, longitude } = self.checked()?;
        let band = ((latitude + 90.0) * BANDS).floor().min(LAST_BAND);
        // One division each, so that the decimals come out as short as they are.
        let centre = (2.0 * band + 1.0 - 180.0 * BANDS) / (2.0 * BANDS);
        let cells = cells(centre);
        // The antimeridian's two names are one place.
        let cell = ((longitude + 180.0) / 360.0 * cells).floor() % cells;
        Ok(Self { latitude: centre, longitude: (2.0 * cell + 1.0 - cells) * 180.0 / cells })
    }
}

/// How many cells a band has: as many as keep them about as wide as they are high.
fn cells(centre: f64) -> f64 {
    (360.0 * centre.to_radians().cos() * BANDS).floor().max(1.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use std::f64::consts::PI;

    use super::*;

    fn at(latitude: f64, longitude: f64) -> Coordinates {
        Coordinates { latitude, longitude }
    }

    fn fuzzy(latitude: f64, longitude: f64) -> (f64, f64) {
        let location = at(latitude, longitude).fuzzy().unwrap();
        (location.latitude, location.longitude)
    }

    /// Kilometres between two places, on a sphere of the earth's largest radius: never less than the truth.
    fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
        let (lat1, lat2) = (a.0.to_radians(), b.0.to_radians());
        let (dlat, dlon) = (lat2 - lat1, (b.1 - a.1).to_radians());
        let h = (dlat / 2.0).sin().powi(2) + lat1.cos() * lat2.cos() * (dlon / 2.0).sin().powi(2);
        2.0 * 6399.6 * h.sqrt().min(1.0).asin()
    }

    /// Square kilometres north of the equator up to a latitude, on the ellipsoid of WGS-84, all around.
    fn area_up_to(latitude: f64) -> f64 {
        const POLAR_RADIUS: f64 = 6_356.752_314_245;
        const ECCENTRICITY: f64 = 0.081_819_190_842_621;
        let sine = latitude.to_radians().sin();
        let e = ECCENTRICITY * sine;
        PI * POLAR_RADIUS.powi(2) * (sine / (1.0 - e * e) + (e.atanh()) / ECCENTRICITY)
    }

    /// The smallest cell of a grid with that many bands in a degree.
    fn smallest_cell(bands: f64) -> f64 {
        (0..(180.0 * bands) as u32)
            .map(|band| {
                let (south, north) = (f64::from(band) / bands - 90.0, f64::from(band + 1) / bands - 90.0);
                let centre = f64::midpoint(south, north);
                let cells = (360.0 * centre.to_radians().cos() * bands).floor().max(1.0);
                (area_up_to(north) - area_up_to(south)) / cells
            })
            .fold(f64::INFINITY, f64::min)
    }

    #[test]
    fn every_cell_has_at_least_three_square_kilometres() {
        assert!(
            (510_065_621.0 - 2.0 * area_up_to(90.0)).abs() < 10.0,
            "the formula gives the earth's surface"
        );
        let smallest = smallest_cell(BANDS);
        assert!(smallest >= 3.0, "{smallest}");
        assert!(smallest_cell(2.0 * BANDS) < 3.0, "the control: a finer grid is too fine");
    }

    #[test]
    fn hostile_numbers_are_refused() {
        let over = |limit: f64| limit.next_up();
        for (latitude, longitude) in [
            (f64::NAN, 0.0),
            (0.0, f64::NAN),
            (f64::INFINITY, 0.0),
            (0.0, f64::NEG_INFINITY),
            (over(90.0), 0.0),
            (-over(90.0), 0.0),
            (0.0, over(180.0)),
            (0.0, -over(180.0)),
            (1e308, 1e308),
        ] {
            assert_eq!(at(latitude, longitude).checked(), Err(Unavailable::Malformed));
            assert_eq!(at(latitude, longitude).fuzzy(), Err(Unavailable::Malformed));
        }
        assert_eq!(at(90.0, -180.0).checked(), Ok(at(90.0, -180.0)));
    }

    #[test]
    fn known_places_get_their_cells_centre() {
        // 0.02° bands: 48.13 is the centre of 48.12 to 48.14, which has 12013 cells.
        let (latitude, longitude) = fuzzy(48.137_154, 11.576_124);
        assert!((latitude - 48.13).abs() < 1e-9);
        assert!((longitude - ((6392.0 + 0.5) / 12_013.0 * 360.0 - 180.0)).abs() < 1e-9, "{longitude}");
        assert_eq!(fuzzy(0.01, 0.01).0, 0.01);
    }

    #[test]
    fn poles_and_antimeridian() {
        assert_eq!(fuzzy(90.0, 0.0), fuzzy(89.999, 1.0));
        assert_eq!(fuzzy(-90.0, 0.0), fuzzy(-89.999, 1.0));
        for latitude in [-90.0, -45.0, 0.0, 45.0, 90.0] {
            assert_eq!(fuzzy(latitude, 180.0), fuzzy(latitude, -180.0));
            assert!((-180.0..180.0).contains(&fuzzy(latitude, 180.0_f64.next_down()).1));
        }
        assert_eq!(fuzzy(-0.0, -0.0), fuzzy(0.0, 0.0));
        assert_eq!(fuzzy(f64::MIN_POSITIVE / 2.0, 5e-324), fuzzy(0.0, 0.0));
    }

    #[test]
    fn every_bands_centre_is_in_its_own_band() {
        for band in 0..9_000_u32 {
            let centre = (2.0 * f64::from(band) + 1.0 - 9_000.0) / 100.0;
            assert_eq!(fuzzy(centre, 0.0).0, centre);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn fuzzing_twice_is_fuzzing_once(latitude in -90.0..=90.0, longitude in -180.0..=180.0) {
            let once = fuzzy(latitude, longitude);
            prop_assert_eq!(fuzzy(once.0, once.1), once);
            prop_assert_eq!(fuzzy(latitude, longitude), once);
            prop_assert!((-90.0..=90.0).contains(&once.0) && (-180.0..180.0).contains(&once.1));
        }

        /// Half a cell's diagonal: the cells nearest the poles, three to a band, are the widest.
        #[test]
        fn the_answer_is_near(latitude in -90.0..=90.0, longitude in -180.0..=180.0) {
            prop_assert!(kilometres((latitude, longitude), fuzzy(latitude, longitude)) < 2.4);
        }

        #[test]
        fn the_answer_is_near_at_the_poles(from_pole in 0.0..0.2, longitude in -180.0..=180.0, south: bool) {
            let latitude = if south { from_pole - 90.0 } else { 90.0 - from_pole };
            prop_assert!(kilometres((latitude, longitude), fuzzy(latitude, longitude)) < 2.4);
        }

        /// Whoever stays within a cell cannot be told to have moved.
        #[test]
        fn a_cell_has_one_answer(latitude in -90.0..=90.0, longitude in -180.0..=180.0, dy in -0.49..0.49, dx in -0.49..0.49) {
            let centre = fuzzy(latitude, longitude);
            let width = 360.0 / cells(centre.0);
            prop_assert_eq!(fuzzy(centre.0 + dy / BANDS, centre.1 + dx * width), centre);
        }
    }
}
