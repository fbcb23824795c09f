//! What a policy makes a host declare, one line a declaration: for people, and for comparing.

use schemars::JsonSchema;
use scruple::Item;
use serde::Serialize;

use crate::Scope;
use crate::rules::{Document, Element, Ios, declared};
use crate::target::Target;

/// One thing that a host declares, with every item that asks for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    /// Where: the target that writes it.
    pub target: Target,
    /// In which file or form.
    pub place: &'static str,
    /// What, by the name that it has there.
    pub name: String,
    /// The items that ask for it, in the agreement's order.
    pub items: Vec<Item>,
    /// The document that asks for it.
    #[serde(serialize_with = "reference")]
    #[schemars(with = "String")]
    pub source: &'static Document,
}

fn reference<S: serde::Serializer>(document: &&Document, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(document.reference)
}

/// Everything that a policy makes a host declare, target by target; each thing once.
pub fn lines(scope: &Scope) -> Vec<Line> {
    let mut lines = Lines(Vec::new());
    for (item, declaration) in declared(scope, |rule| rule.ios) {
        let (place, name) = match declaration.what {
            Ios::Collected { data_type, tracking } => {
                if tracking {
                    let name = "NSPrivacyTracking".to_owned();
                    lines.add(Target::Ios, "PrivacyInfo.xcprivacy", name, item, declaration.source);
                }
                ("PrivacyInfo.xcprivacy", data_type.to_owned())
            }
            Ios::Reason { category, reason } => ("PrivacyInfo.xcprivacy", format!("{category} {reason}")),
            Ios::Usage { key, .. } | Ios::Flag { key } => ("Info.plist", key.to_owned()),
            Ios::Entitlement { key, .. } => ("App.entitlements", key.to_owned()),
        };
        lines.add(Target::Ios, place, name, item, declaration.source);
    }
    for (item, declaration) in declared(scope, |rule| rule.android) {
        let name = match declaration.what.element {
            Element::Permission { name, max_sdk: Some(level), .. } => format!("{name} (up to API {level})"),
            Element::Permission { name, max_sdk: None, .. } => name.to_owned(),
            Element::Feature { name } => format!("{name} (not required)"),
        };
        lines.add(Target::Android, "AndroidManifest.xml", name, item, declaration.source);
    }
    for (item, declaration) in declared(scope, |rule| rule.play) {
        lines.add(
            Target::Play,
            "Data safety",
            declaration.what.data_type.to_owned(),
            item,
            declaration.source,
        );
    }
    for (item, declaration) in declared(scope, |rule| rule.china) {
        let name = format!("{}：{}", declaration.what.kind, declaration.what.datum);
        lines.add(Target::China, "个人信息清单", name, item, declaration.source);
    }
    for (item, declaration) in declared(scope, |rule| rule.people) {
        let name = declaration.what.en.to_owned();
        lines.add(Target::Markdown, "privacy policy", name, item, declaration.source);
    }
    lines.0
}

struct Lines(Vec<Line>);

impl Lines {
    fn add(
        &mut self,
        target: Target,
        place: &'static str,
        name: String,
        item: Item,
        source: &'static Document,
    ) {
        let same = |line: &&mut Line| (line.target, line.place, &line.name) == (target, place, &name);
        match self.0.iter_mut().find(same) {
            Some(line) if line.items.contains(&item) => {}
            Some(line) => line.items.push(item),
            None => self.0.push(Line { target, place, name, items: vec![item], source }),
        }
    }
}
