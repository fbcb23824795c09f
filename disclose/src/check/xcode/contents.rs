//! What a target takes in: the files that it compiles and copies, by its phases and by folders that it follows.

use super::{Project, is};
use crate::check::files::{self, Files};
use crate::check::plist::Node;

impl<'a> Project<'a> {
    /// The files that a target compiles.
    pub(super) fn compiled(&self, files: &Files, target: &'a Node) -> Vec<String> {
        let phases = self.objects_of(target, "buildPhases");
        let phases = phases.filter(|(_, phase)| is(phase, "PBXSourcesBuildPhase"));
        let mut found: Vec<String> = phases.flat_map(|(_, phase)| self.listed(phase)).collect();
        found.extend(self.followed(files, target));
        found
    }

    /// The files that a target copies into its bundle; not what comes to lie in a folder of its own there.
    pub(super) fn copied(&self, files: &Files, target: &'a Node) -> Vec<String> {
        let is_root = |phase: &Node| {
            let text = |key| phase.get(key).and_then(Node::text).unwrap_or_default();
            // The bundle itself, or its resources, which on iOS are the same.
            is(phase, "PBXCopyFilesBuildPhase")
                && matches!(text("dstSubfolderSpec"), "1" | "7")
                && text("dstPath").is_empty()
        };
        let phases = self.objects_of(target, "buildPhases");
        let phases = phases.filter(|(_, phase)| is(phase, "PBXResourcesBuildPhase") || is_root(phase));
        let mut found: Vec<String> = phases.flat_map(|(_, phase)| self.listed(phase)).collect();
        found.extend(self.followed(files, target));
        found
    }

    /// The files of a phase; of a text in several languages, each.
    fn listed(&self, phase: &'a Node) -> Vec<String> {
        let mut found = Vec::new();
        for (_, entry) in self.objects_of(phase, "files").filter(|(_, entry)| ships(entry)) {
            let Some(id) = entry.get("fileRef").and_then(Node::text) else { continue };
            let Some(object) = self.objects.get(id) else { continue };
            match is(object, "PBXVariantGroup") {
                true => {
                    found.extend(self.objects_of(object, "children").filter_map(|(id, _)| self.path(id, 0)))
                }
                false => found.extend(self.path(id, 0)),
            }
        }
        found
    }

    /// What of the folders that Xcode follows belongs to a target.
    fn followed(&self, files: &Files, target: &'a Node) -> Vec<String> {
        let own: Vec<&str> =
            self.objects_of(target, "fileSystemSynchronizedGroups").map(|(id, _)| id).collect();
        let mut found = Vec::new();
        let folders = self.objects.iter().filter(|(_, object)| is(object, FOLLOWED));
        for (id, folder) in folders {
            let Some(path) = self.path(id, 0) else { continue };
            let exceptions = self.objects_of(folder, "exceptions").map(|(_, set)| set);
            let mut exceptions = exceptions
                .filter(|set| self.object(set, "target").is_some_and(|own| std::ptr::eq(own, target)));
            // In a folder of the target these are left out, in another's they are taken in.
            let named: Vec<String> = exceptions.by_ref().flat_map(|set| named(set, &path)).collect();
            let is_named = |file: &str| named.iter().any(|own| own == file || files::is_in(file, own));
            let is_own = own.contains(id);
            found.extend(files.under(&path).filter(|file| is_named(file) != is_own).map(str::to_owned));
        }
        found
    }
}

const FOLLOWED: &str = "PBXFileSystemSynchronizedRootGroup";

/// The files of a set of exceptions, and those that are for other systems.
fn named(set: &Node, folder: &str) -> Vec<String> {
    let listed = set.get("membershipExceptions").map(Node::elements).unwrap_or_default();
    let filters = set.get("platformFiltersByRelativePath").map(Node::members).unwrap_or_default();
    let elsewhere = filters.iter().filter(|(_, platforms)| !is_ios(platforms)).map(|(path, _)| path.as_str());
    listed.iter().filter_map(Node::text).chain(elsewhere).map(|own| files::join(folder, own)).collect()
}

/// Whether an entry of a phase is for iOS.
pub(super) fn ships(entry: &Node) -> bool {
    let one = entry.get("platformFilter").and_then(Node::text).is_none_or(|own| own == "ios");
    one && entry.get("platformFilters").is_none_or(is_ios)
}

fn is_ios(platforms: &Node) -> bool {
    platforms.elements().iter().any(|own| own.text() == Some("ios"))
}
