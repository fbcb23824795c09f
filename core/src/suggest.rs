//! What would be right instead of an unknown name.

#[cfg(feature = "development")]
use crate::agreement::Item;

/// The nearest name (with the development feature), and the few that there are, or where to find the many.
pub(crate) fn suggest(name: &str, names: &[&str]) -> String {
    const FEW: usize = 12;
    let known =
        if names.len() <= FEW { names.join(", ") } else { "the ids of `scruple agreement`".to_owned() };
    match nearest(name, names) {
        Some(nearest) => format!("did you mean `{nearest}`? Known here: {known}"),
        None => format!("known here: {known}"),
    }
}

/// Whether an unknown name may be a mistyped one of ours; without the development feature any may be.
pub(crate) fn is_near(name: &str, known: &str) -> bool {
    cfg!(not(feature = "development")) || nearest(name, &[known]).is_some()
}

/// The most similar name; the first of equals. The last part of an id, such as `model`, is enough.
#[cfg(feature = "development")]
fn nearest<'n>(name: &str, names: &[&'n str]) -> Option<&'n str> {
    // At this or below, a suggestion confuses more than it helps.
    const SIMILAR: f64 = 0.75;
    // Nobody mistypes a name at such length.
    const LONGEST: usize = 64;
    if name.len() > LONGEST {
        return None;
    }
    let name = name.to_lowercase();
    let mut nearest = None;
    let mut most = SIMILAR;
    for candidate in names {
        let last = candidate.rsplit('.').next().unwrap_or(candidate);
        let similar = strsim::jaro_winkler(&name, candidate).max(strsim::jaro_winkler(&name, last));
        if similar > most {
            (nearest, most) = (Some(*candidate), similar);
        }
    }
    nearest
}

#[cfg(not(feature = "development"))]
fn nearest<'n>(_: &str, _: &[&'n str]) -> Option<&'n str> {
    None
}

#[cfg(feature = "development")]
impl Item {
    /// The item whose id, or the last part of it, is most similar to a mistyped one.
    pub fn nearest(id: &str) -> Option<Self> {
        let ids: Vec<_> = Self::ALL.iter().map(|item| item.id()).collect();
        nearest(id, &ids).and_then(Self::from_id)
    }
}
