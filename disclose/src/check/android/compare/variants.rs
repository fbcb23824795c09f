//! One finding for what is so in several variants.

use crate::check::finding::Finding;

/// The findings of all variants, each once, with the variants that have it where not all do.
pub(super) fn together(found: Vec<(&str, Vec<Finding>)>) -> Vec<Finding> {
    let count = found.len();
    let mut all: Vec<Finding> = Vec::new();
    for (variant, findings) in found {
        for finding in findings {
            let same = |own: &&mut Finding| {
                own.place == finding.place
                    && own.rule == finding.rule
                    && own.level == finding.level
                    && own.why == finding.why
                    && own.mend == finding.mend
            };
            match all.iter_mut().find(same) {
                Some(known) => {
                    if known.variants.last().is_none_or(|last| last != variant) {
                        known.variants.push(variant.to_owned());
                    }
                    let more =
                        finding.also.into_iter().filter(|own| !known.also.contains(own)).collect::<Vec<_>>();
                    known.also.extend(more);
                }
                None => all.push(Finding { variants: vec![variant.to_owned()], ..finding }),
            }
        }
    }
    for finding in &mut all {
        if finding.variants.len() == count {
            finding.variants.clear();
        }
        finding.also.retain(|own| *own != finding.place);
    }
    all
}
