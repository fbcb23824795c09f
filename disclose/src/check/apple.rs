//! Apple's side of the check: the apps among the files, what each declares, and what is wrong with it.

mod alone;
mod bundle;
mod expo;
mod keys;
mod manifests;
mod needed;
mod package;
mod target;
mod texts;

use self::bundle::{Bundle, Declared, is_in_bundle};
use self::needed::Needed;
use self::package::Packages;
use super::broken::Broken;
use super::files::{self, Files, Kind};
use super::finding::{Finding, Place};
use super::plist;
use super::privacy_manifest::{self, Owner};
use super::projects::Project;
use super::xcode::{self, IOS, Product, Target};
use super::xcodegen::{self, Generated};
use crate::Scope;

/// What was looked at, and what was found.
#[derive(Debug, Default)]
pub(crate) struct Checked {
    /// The apps, by their names.
    pub(crate) apps: Vec<String>,
    /// Where each app is, but for pieces of one that were handed over without it.
    pub(crate) places: Vec<String>,
    pub(crate) findings: Vec<Finding>,
    /// The files of projects that were read as they are, before the tool that makes them ran.
    pub(crate) read: Vec<String>,
    /// What of such a project cannot be read, with the project's file.
    pub(crate) unread: Vec<(String, Place)>,
}

/// Checks every app among the files; one for another system is told only where nothing else is an app.
pub(crate) fn check(files: &mut Files, scope: &Scope, projects: &[Project], has_other: bool) -> Checked {
    let mut checked = Checked::default();
    let bundles = bundles(files, projects, has_other, &mut checked);
    let needed = Needed::of(scope);
    for bundle in &bundles {
        let app = bundles.iter().find(|own| own.kind == Product::App && own.name == bundle.app);
        let mut findings = Vec::new();
        match bundle.kind {
            Product::App => {
                checked.apps.push(bundle.name.clone());
                if bundle.builds.iter().any(|build| build.has_info) {
                    checked.places.push(bundle.place().file);
                }
                findings.extend(in_builds(bundle, |build, found| {
                    build.mistakes(bundle, found);
                    build.check(bundle, scope, &needed, found);
                }));
                bundle.collects(scope, &needed, &mut findings);
                bundle.products(scope, &needed, None, &mut findings);
                bundle.texts(files, &needed, &mut findings);
            }
            Product::Extension => {
                findings.extend(in_builds(bundle, |build, found| build.mistakes(bundle, found)));
                bundle.products(scope, &needed, app, &mut findings);
                bundle.texts(files, &needed, &mut findings);
            }
            Product::Library | Product::Other => {}
        }
        let parts = bundles.iter().filter(|own| own.kind == Product::Library && own.app == bundle.app);
        bundle.reasons(scope, app, &parts.collect::<Vec<_>>(), &mut findings);
        checked.findings.extend(findings.into_iter().map(|finding| finding.of(&bundle.app)));
    }
    checked.findings.extend(mistakes(files, &bundles));
    checked
}

/// What is so in a bundle's configurations; where it is not so in all, in which.
fn in_builds(bundle: &Bundle, check: impl Fn(&Declared, &mut Vec<Finding>)) -> Vec<Finding> {
    let mut all: Vec<Finding> = Vec::new();
    for build in &bundle.builds {
        let mut found = Vec::new();
        check(build, &mut found);
        for mut finding in found {
            let same = |own: &&mut Finding| own.rule == finding.rule && own.why == finding.why;
            let Some(known) = all.iter_mut().find(same) else {
                finding.variants.push(build.configuration.clone());
                all.push(finding);
                continue;
            };
            if !known.variants.contains(&build.configuration) {
                known.variants.push(build.configuration.clone());
            }
            if known.place != finding.place && !known.also.contains(&finding.place) {
                known.also.push(finding.place);
            }
        }
    }
    for finding in &mut all {
        if finding.variants.len() == bundle.builds.len() {
            finding.variants.clear();
        }
    }
    all
}

/// What is wrong with the privacy manifests themselves: each is looked at once, whoever has it.
fn mistakes(files: &mut Files, bundles: &[Bundle]) -> Vec<Finding> {
    let mut findings = Vec::new();
    // One that a configuration makes.
    for bundle in bundles {
        let made = bundle
            .privacy
            .iter()
            .filter(|(file, root)| Kind::of(file) != Some(Kind::Privacy) && !root.members().is_empty());
        let made = made.flat_map(|(file, root)| privacy_manifest::mistakes(file, root, Owner::App));
        findings.extend(made.map(|finding| finding.of(&bundle.app)));
    }
    let paths: Vec<String> = files.of(Kind::Privacy).map(str::to_owned).collect();
    for path in paths {
        let mut owners = bundles.iter().filter(|own| own.privacy.iter().any(|(file, _)| *file == path));
        let first = owners.next();
        let owner = match first.map(|own| own.kind) {
            Some(Product::App | Product::Extension) => Owner::App,
            Some(Product::Library | Product::Other) => Owner::Library,
            // What nobody copies is not shipped; what is packed was made by somebody else.
            None if is_in_bundle(&path) => Owner::Library,
            None if bundles.is_empty() => Owner::App,
            None => continue,
        };
        let Some(root) = files.read(&path, plist::parse) else { continue };
        let own = privacy_manifest::mistakes(&path, &root, owner);
        let app = first.filter(|first| owners.all(|other| other.app == first.app)).map(|own| own.app.clone());
        findings.extend(own.into_iter().map(|finding| match &app {
            Some(app) => finding.of(app),
            None => finding,
        }));
    }
    findings
}

/// Every bundle of the apps among the files. What is an app for another system is told, if there is no other.
fn bundles(files: &mut Files, projects: &[Project], has_other: bool, checked: &mut Checked) -> Vec<Bundle> {
    let paths: Vec<String> = files.of(Kind::Project).map(str::to_owned).collect();
    let mut bundles = Vec::new();
    let mut claimed: Vec<String> = Vec::new();
    let mut elsewhere: Vec<(Place, String)> = Vec::new();
    // Folders whose projects speak for them.
    let mut spoken: Vec<String> =
        paths.iter().map(|path| files::parent(files::parent(path)).to_owned()).collect();
    for path in &paths {
        let targets = xcode::targets(files, path);
        bundles.extend(of_project(files, targets, &mut claimed, &mut elsewhere));
    }
    for (path, generated) in to_generate(files, projects, &spoken) {
        if generated.unread.is_empty() {
            bundles.extend(of_project(files, generated.targets, &mut claimed, &mut elsewhere));
            spoken.push(files::parent(&path).to_owned());
            checked.read.extend(generated.files);
        }
        checked.unread.extend(generated.unread.into_iter().map(|place| (path.clone(), place)));
    }
    let candidates: Vec<String> = files
        .of(Kind::PropertyList)
        .filter(|path| alone::is_info_plist(path) && !is_in_bundle(path))
        .filter(|path| files.is_named(path) || !spoken.iter().any(|folder| files::is_in(path, folder)))
        .filter(|path| !claimed.iter().any(|known| known == path))
        .map(str::to_owned)
        .collect();
    for path in candidates {
        let Some(info) = files.read(&path, plist::parse) else { continue };
        match alone::platform(files, &path, &info) {
            Some(IOS) => {
                for mut bundle in alone::bundles(files, &path, &info) {
                    bundle.app.clone_from(&path);
                    bundles.push(bundle);
                }
            }
            Some(other) => elsewhere.push((Place::new(path, None), format!("it is an app for {other}"))),
            None => {}
        }
    }
    for project in projects.iter().filter(|own| own.is_expo() && own.apple) {
        let is_there = |own: &Bundle| files::is_in(&own.place().file, &project.folder);
        let made = crate::check::expo::read(files, project).filter(|_| !bundles.iter().any(is_there));
        if let Some(made) = made {
            bundles.push(expo::bundle(made));
        }
    }
    if !bundles.iter().any(|own| own.kind == Product::App) {
        bundles.extend(alone::piece(files));
    }
    let copied: Vec<String> =
        bundles.iter().flat_map(|own| &own.privacy).map(|(path, _)| path.clone()).collect();
    for bundle in &mut bundles {
        bundle.left.retain(|path| !copied.contains(path));
    }
    if bundles.is_empty() && !has_other {
        for (place, what) in elsewhere {
            let why =
                format!("{what}, and mini-programs run on iOS and Android: there is nothing to check here");
            files.broken.push((place.file, Broken { line: place.line, why }));
        }
    }
    bundles
}

/// What XcodeGen would make, where there is no project yet; not what another specification includes.
fn to_generate(files: &mut Files, projects: &[Project], made: &[String]) -> Vec<(String, Generated)> {
    let all = projects.iter().filter(|own| own.is_xcodegen() && !made.contains(&own.folder));
    let all: Vec<_> = all.map(|own| (own.file.clone(), xcodegen::read(files, &own.file))).collect();
    let included: Vec<String> = all.iter().flat_map(|(_, own)| own.files.iter().skip(1)).cloned().collect();
    all.into_iter().filter(|(path, _)| !included.contains(path)).collect()
}

/// The bundles of one project, each with the app that it belongs to.
fn of_project(
    files: &mut Files,
    targets: Vec<Target>,
    claimed: &mut Vec<String>,
    elsewhere: &mut Vec<(Place, String)>,
) -> Vec<Bundle> {
    let mut bundles = Vec::new();
    let packages = Packages::read(files);
    let (own, other): (Vec<_>, Vec<_>) = targets
        .into_iter()
        .filter(|target| target.product != Product::Other)
        .partition(|target| target.platform == IOS);
    for target in other.iter().filter(|target| target.product == Product::App) {
        let place = Place::new(target.file.clone(), Some(target.line));
        elsewhere.push((place, format!("{} is an app for {}", target.name, target.platform)));
    }
    let apps: Vec<String> = own
        .iter()
        .filter(|target| target.product == Product::App)
        .map(|target| target.name.clone())
        .collect();
    let names: Vec<(String, Vec<String>)> =
        own.iter().map(|target| (target.name.clone(), target.needs.clone())).collect();
    for target in own {
        let name = target.name.clone();
        let app = apps.iter().find(|app| reaches(&names, app, &name, &mut Vec::new()));
        // Xcode finds by itself what the only app links; what no app has in it ships nowhere.
        let only = Some(&apps).filter(|apps| apps.len() == 1).and_then(|apps| apps.first());
        let Some(app) = app.or(only) else { continue };
        let parts = packages.linked(&target.products);
        for part in &parts {
            let known = |own: &Bundle| own.name == part.name() && own.app == *app;
            if !bundles.iter().any(known) {
                let bundle = packages.bundle(files, part);
                bundles.push(Bundle { app: app.clone(), ..bundle });
            }
        }
        let mut bundle = target::bundle(files, target, claimed);
        bundle.app.clone_from(app);
        bundle.packages = parts.iter().filter(|part| !part.is_dynamic).map(package::Part::name).collect();
        bundles.push(bundle);
    }
    bundles
}

/// Whether a target is another one, or waits for it, by however many between.
fn reaches(all: &[(String, Vec<String>)], from: &str, to: &str, seen: &mut Vec<String>) -> bool {
    if from == to {
        return true;
    }
    if seen.iter().any(|known| known == from) {
        return false;
    }
    seen.push(from.to_owned());
    let needs =
        all.iter().find(|(name, _)| name == from).map(|(_, needs)| needs.as_slice()).unwrap_or_default();
    needs.iter().any(|next| reaches(all, next, to, seen))
}

/// All of it, for tests that mutate input and for the fuzz targets.
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) fn try_all(files: &mut Files) {
    let policy = scruple::Policy::default();
    if let Ok(scope) = Scope::of(&policy) {
        let projects = super::projects::all(files);
        let _ = check(files, &scope, &projects, false);
    }
}
