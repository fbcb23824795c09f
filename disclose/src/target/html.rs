//! One page to look at: what is read, what each switch costs, what is declared. No script, and nothing from elsewhere.

use std::collections::HashMap;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use scruple::{
    AGREEMENT, Category, CategoryPolicy, Error, Item, ItemPolicy, LocationAccuracy, Policy, Purpose,
};

use super::time::en as time;
use crate::Scope;
use crate::declarations::{self, Line};
use crate::diff::Difference;
use crate::rules::{Document, Element, Ios, rule};
use crate::target::{Disclosure, File, Target};

/// What a browser may load for the page: its own style.
const NOTHING_FROM_ELSEWHERE: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

pub(super) fn write(policy: &Policy, scope: &Scope) -> Result<Disclosure, Error> {
    let lines = declarations::lines(scope);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta http-equiv="Content-Security-Policy" content=(NOTHING_FROM_ELSEWHERE);
                title { "What this policy reads, and what it makes you declare" }
                style { (PreEscaped(include_str!("html.css"))) }
            }
            body {
                a.skip href="#main" { "Skip to the content" }
                header {
                    h1 { "What this policy reads, and what it makes you declare" }
                    p.lead {
                        strong { (scope.items().count()) } " of " (Item::ALL.len()) " items are read, and "
                        strong { (lines.len()) } " declarations follow. Location is "
                        strong { (policy.location_accuracy.id()) } ", values live " strong { (time(policy.retention_ms)) }
                        ". Agreement " code { (AGREEMENT) } "."
                    }
                    nav aria-label="On this page" {
                        ul {
                            li { a href="#switches" { "What each switch costs" } }
                            li { a href="#items" { "Item by item, layer by layer" } }
                            li { a href="#declarations" { "Everything to declare" } }
                            li { a href="#documents" { "By which documents" } }
                        }
                    }
                }
                main #main tabindex="-1" {
                    (switches(policy, scope)?)
                    (items(policy, scope))
                    (everything(&lines))
                    (documents(&lines))
                }
                footer {
                    p { "Written by " code { "scruple disclose --target html" } ". The page loads nothing and runs no script." }
                }
            }
        }
    };
    Ok(Disclosure {
        files: vec![File::new("disclosure.html", page.into_string() + "\n")],
        notes: Vec::new(),
        open: Vec::new(),
        missing: Vec::new(),
    })
}

/// A switch of the policy.
struct Switch {
    category: Category,
    /// How many of its items are read, of how many.
    read: usize,
    total: usize,
    /// What is declared because it is on, or would be if it were.
    costs: Vec<Line>,
}

impl Switch {
    fn of(policy: &Policy, scope: &Scope, category: Category) -> Result<Self, Error> {
        let read = scope.items().filter(|item| item.category() == category).count();
        let turned = Scope::of(&switched(policy, category, read == 0))?;
        let (without, with) = if read == 0 { (scope, &turned) } else { (&turned, scope) };
        Ok(Self {
            category,
            read,
            total: Item::ALL.iter().filter(|item| item.category() == category).count(),
            costs: Difference::between(without, with).declare,
        })
    }

    fn is_on(&self) -> bool {
        self.read > 0
    }

    fn state(&self) -> Markup {
        html! { span.badge { @if self.is_on() { "on" } @else { "off" } } }
    }

    fn costs(&self, target: Target) -> impl Iterator<Item = &Line> {
        self.costs.iter().filter(move |line| line.target == target)
    }
}

/// What each category costs: at a glance, then by name.
fn switches(policy: &Policy, scope: &Scope) -> Result<Markup, Error> {
    let switches: Vec<_> = Category::ALL
        .iter()
        .map(|category| Switch::of(policy, scope, *category))
        .collect::<Result<_, _>>()?;
    Ok(html! {
        section #switches aria-labelledby="switches-title" {
            h2 #switches-title { "What each switch costs" }
            p {
                "A category of the policy is a switch. What is declared because of it alone, or would be if it were on: what \
                 another switch asks for too is not counted."
            }
            div.scroll tabindex="0" role="region" aria-labelledby="switches-title" {
                table.glance {
                    thead { tr {
                        th scope="col" { "Switch" }
                        th scope="col" { "State" }
                        th scope="col" { "Items read" }
                        @for target in DECLARED { th.number scope="col" { (title(target)) } }
                    } }
                    tbody { @for switch in &switches { (glance(switch)) } }
                }
            }
            ul.cards { @for switch in &switches { (card(switch)) } }
        }
    })
}

/// The targets that have declarations of their own; the page itself has none.
const DECLARED: [Target; 5] = [Target::Ios, Target::Android, Target::Play, Target::China, Target::Markdown];

fn glance(switch: &Switch) -> Markup {
    html! {
        tr.on[switch.is_on()].off[!switch.is_on()] {
            th scope="row" { (name(switch.category)) }
            td { (switch.state()) }
            td { (switch.read) " of " (switch.total) }
            @for target in DECLARED {
                @let count = switch.costs(target).count();
                td.number.never[count == 0] { (count) }
            }
        }
    }
}

fn card(switch: &Switch) -> Markup {
    html! {
        li.card.on[switch.is_on()].off[!switch.is_on()] {
            h3 { (name(switch.category)) " " (switch.state()) }
            p {
                @if switch.costs.is_empty() { "Costs no declaration." }
                @else if switch.is_on() { "Switched off, this need not be declared:" }
                @else { "Switched on, this would have to be declared:" }
            }
            @if !switch.costs.is_empty() {
                dl {
                    @for target in DECLARED {
                        @if switch.costs(target).next().is_some() {
                            dt { (title(target)) }
                            @for line in switch.costs(target) { dd { (declared_name(line)) } }
                        }
                    }
                }
            }
        }
    }
}

/// The policy with one category switched. On means all of it, for both purposes.
fn switched(policy: &Policy, category: Category, on: bool) -> Policy {
    let mut policy = policy.clone();
    let all: HashMap<_, _> = Item::ALL
        .iter()
        .filter(|item| item.category() == category)
        .map(|item| (*item, ItemPolicy { enabled: true, purposes: None, minimum_interval_ms: None }))
        .collect();
    policy
        .categories
        .insert(category, CategoryPolicy { enabled: on, items: all, ..CategoryPolicy::default() });
    policy
}

/// The matrix: a row an item, a column a layer of the gate.
fn items(policy: &Policy, scope: &Scope) -> Markup {
    html! {
        section #items aria-labelledby="items-title" {
            h2 #items-title { "Item by item, layer by layer" }
            p { "The layers are asked from left to right; the first that says no keeps an item from being read." }
            p.filter {
                input #only-read type="checkbox";
                " " label for="only-read" { "Show only what is read" }
            }
            div.scroll tabindex="0" role="region" aria-labelledby="items-title" {
                table.matrix {
                    thead { tr {
                        @for heading in ["Item", "Agreement", "Policy", "Consent", "Age", "Interval", "System"] {
                            th scope="col" { (heading) }
                        }
                    } }
                    @for category in Category::ALL {
                        @let of_category = || Item::ALL.iter().copied().filter(|item| item.category() == *category);
                        tbody.off[!of_category().any(|item| scope.contains(item))] {
                            tr.group { th colspan="7" scope="rowgroup" { (name(*category)) } }
                            @for item in of_category() { (row(policy, scope, item)) }
                        }
                    }
                }
            }
        }
    }
}

fn row(policy: &Policy, scope: &Scope, item: Item) -> Markup {
    let on = scope.contains(item);
    let interval = policy.minimum_interval_ms(item);
    html! {
        tr.off[!on] {
            th scope="row" { code { (item) } div.what { (words(item)) } }
            td { (list(item.purposes())) }
            td {
                @if on { span.yes { (list(scope.purposes(item))) } }
                @else if item == Item::LocationPrecise && policy.location_accuracy == LocationAccuracy::Fuzzy {
                    span.no { "no: fuzzy is chosen" }
                } @else { span.no { "no: off" } }
            }
            @if on {
                td { "to " (name(item.category())) }
                td.short { "old enough" }
                td { @if interval == 0 { "none" } @else { (time(interval)) } }
                td { (system(scope, item)) }
            } @else {
                @for _ in 0..4 { td.never { span aria-hidden="true" { "–" } span.hidden { "not asked" } } }
            }
        }
    }
}

/// What the operating systems ask for, or ask the person.
fn system(scope: &Scope, item: Item) -> Markup {
    let rule = rule(item);
    let ios = rule.ios.on(scope.purposes(item)).filter_map(|declaration| match declaration.what {
        Ios::Usage { key, .. } => Some(key),
        Ios::Collected { .. } | Ios::Reason { .. } | Ios::Flag { .. } | Ios::Entitlement { .. } => None,
    });
    let android =
        rule.android.on(scope.purposes(item)).filter_map(|declaration| match declaration.what.element {
            Element::Permission { name, .. } => Some(name.trim_start_matches("android.permission.")),
            Element::Feature { .. } => None,
        });
    let asked: Vec<_> = android.chain(ios).collect();
    html! {
        @if asked.is_empty() { "none" }
        @for name in asked { code { (breakable(name)) } " " }
    }
}

/// Everything to declare, target by target.
fn everything(lines: &[Line]) -> Markup {
    html! {
        section #declarations aria-labelledby="declarations-title" {
            h2 #declarations-title { "Everything to declare" }
            @if lines.is_empty() { p { "Nothing: this policy reads nothing." } }
            @for target in Target::ALL {
                @let of_target = lines.iter().filter(|line| line.target == *target).collect::<Vec<_>>();
                @if !of_target.is_empty() {
                    div.scroll tabindex="0" role="region" aria-labelledby={ "declare-" (target.id()) } {
                        table {
                            caption #{ "declare-" (target.id()) } { (title(*target)) }
                            thead { tr { @for heading in ["Where", "What", "Because of", "By"] { th scope="col" { (heading) } } } }
                            tbody {
                                @for line in of_target {
                                    tr {
                                        td { (of_language(line.target, line.place)) }
                                        th scope="row" { (declared_name(line)) }
                                        td { @for item in &line.items { code { (item) } " " } }
                                        td { (of_language(line.target, line.source.title)) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn documents(lines: &[Line]) -> Markup {
    let used = Document::ALL.iter().filter(|document| lines.iter().any(|line| line.source == **document));
    html! {
        section #documents aria-labelledby="documents-title" {
            h2 #documents-title { "By which documents" }
            @if lines.is_empty() { p { "None is needed." } }
            ul {
                @for Document { publisher, title, reference, date } in used {
                    li {
                        (publisher) ": " cite { (title) } ", "
                        @if reference.starts_with("https:") { a href=(reference) rel="noreferrer" { (breakable(reference)) } }
                        @else { (reference) }
                        ", " (date)
                    }
                }
            }
        }
    }
}

fn title(target: Target) -> &'static str {
    match target {
        Target::Ios => "iOS",
        Target::Android => "Android",
        Target::Play => "Google Play",
        Target::China => "China",
        Target::Markdown | Target::Html => "Privacy policy",
    }
}

fn name(category: Category) -> &'static str {
    match category {
        Category::Application => "Application and mini-programs",
        Category::NetworkConfiguration => "Network configuration",
        Category::Device => "Device",
        Category::Identifier => "Identifier",
        Category::Clipboard => "Clipboard",
        Category::Location => "Location",
        Category::Bluetooth => "Bluetooth",
        Category::Nfc => "Near-field communication",
        Category::ProcessList => "Process list",
        Category::WebView => "Web view",
    }
}

fn words(item: Item) -> &'static str {
    rule(item).people.declarations.first().map_or("", |declaration| declaration.what.en)
}

fn list(purposes: &[Purpose]) -> String {
    purposes.iter().map(|purpose| purpose.id()).collect::<Vec<_>>().join(", ")
}

/// A declaration by its name: technical ones in their own type, with places to break.
fn declared_name(line: &Line) -> Markup {
    match line.target {
        Target::Ios | Target::Android | Target::Play => html! { code { (breakable(&line.name)) } },
        Target::China | Target::Markdown | Target::Html => of_language(line.target, &line.name),
    }
}

/// A text in the language of its target, so that a screen reader speaks it right.
fn of_language(target: Target, text: &str) -> Markup {
    html! {
        @if target == Target::China { span lang="zh-Hans" { (text) } } @else { (text) }
    }
}

/// A long name that may break before a capital, after a dot, a slash and an underscore.
fn breakable(name: &str) -> Markup {
    let mut parts = vec![String::new()];
    let mut previous = ' ';
    for letter in name.chars() {
        let begins = letter.is_ascii_uppercase() && previous.is_ascii_lowercase();
        if begins || "._/".contains(previous) {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
        previous = letter;
    }
    html! {
        @for (index, part) in parts.iter().enumerate() { @if index > 0 { wbr; } (part) }
    }
}
