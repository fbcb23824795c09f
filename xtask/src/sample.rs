//! The step `sample`: the app in `android-sample`, on Robolectric and before Google's lint.

use packager::sample;
use packager::trouble::Result;

use crate::lint;

/// Compiles the app and runs its tests on three levels; one of them holds its pictures against docs/images. Lint looks at it all.
pub(crate) fn test() -> Result {
    sample::build(&["verify"])?;
    lint::check()
}
