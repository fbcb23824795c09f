//! Models of the core's threads: loom runs each through every order in which its threads can be. `cargo xtask models` runs them.
//!
//! Two preemptions are enough for every fault that was ever found here: one thread is interrupted between two of its steps, another one
//! goes on in between, and the first comes back. So that is the bound; where a model is small it is three or none. A thread that waits
//! or ends is no preemption, so threads take turns at every wait without limit.
//!
//! Each fault that was once there has a control: the old order of steps, by hand, of which loom must say that it fails.

#![allow(clippy::print_stdout, reason = "how many executions there were is what a model shows")]

mod expiry;
mod gatekeeper;
mod records;
mod session;
mod vault;
mod worker;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::agreement::{Category, Item, ItemSet, Platform};
use crate::clock;
use crate::consent::{Age, ConsentUpdate};
use crate::device::{Reader, Turns};
use crate::feature::{Source, SourceError, WebViewSource};
use crate::gate::SystemPermission;
use crate::policy::{CategoryPolicy, ItemPolicy, Policy};
use crate::sync::{Mutex, MutexGuard, lock};
use crate::values::Values;
use crate::vault::Vault;

const MODEL: Item = Item::DeviceModel;
const AGENT: Item = Item::WebViewUserAgent;

/// How long an item is waited for.
const DEADLINE_MS: u64 = 100;

/// How long a value lives.
const RETENTION_MS: u64 = 1_000;

/// Runs a model in every order of its threads with at most so many preemptions, and says how many that were.
fn explore(name: &str, preemptions: impl Into<Option<usize>>, model: impl Fn() + Send + Sync + 'static) {
    let executions = Arc::new(AtomicUsize::new(0));
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = preemptions.into();
    builder.max_branches = 10_000;
    let count = Arc::clone(&executions);
    builder.check(move || {
        count.fetch_add(1, Ordering::Relaxed);
        clock::restart();
        model();
    });
    let bound = builder.preemption_bound.map_or("any number of".to_owned(), |most| format!("at most {most}"));
    println!("{name}: {} executions, {bound} preemptions", executions.load(Ordering::Relaxed));
}

/// What a model knows of all its threads. Behind one of loom's locks: what is no step of a thread, loom does not try in every order.
#[derive(Default)]
struct Facts(Mutex<Known>);

#[derive(Default)]
struct Known {
    /// So many values are held that are in no vault.
    held: usize,
    /// Nobody agrees any more: a change of consent, or a close, has returned.
    over: bool,
    /// A read began all the same.
    began_after: bool,
    /// The system was asked for its permission.
    asked: bool,
    reads: usize,
}

impl Facts {
    fn new() -> Arc<Self> {
        Arc::default()
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        lock(&self.0)
    }

    /// A read begins.
    fn read(&self) {
        let mut known = self.known();
        known.reads += 1;
        known.began_after |= known.over;
    }

    fn hold(&self) {
        self.known().held += 1;
    }

    fn let_go(&self) {
        self.known().held -= 1;
    }

    /// What was taken back is gone when the call returns.
    fn taken_back(&self) {
        let mut known = self.known();
        known.over = true;
        assert_eq!(known.held, 0, "somebody still holds a value");
    }

    /// At a model's end.
    fn check(&self) {
        assert!(!self.known().began_after, "a read began after it was taken back");
    }
}

/// The platform, of which a model sees each read.
struct Platformed(Arc<Facts>);

impl fmt::Debug for Platformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Platformed")
    }
}

impl Reader for Platformed {
    fn platform(&self) -> Platform {
        Platform::Linux
    }

    fn may_hang(&self) -> bool {
        false
    }

    fn read(&self, turns: &mut dyn Turns) {
        turns.each(&mut |_, values| {
            self.0.read();
            values.device.model = Some("model".to_owned());
            Ok(())
        });
    }
}

/// A web view, of which a model sees each question.
struct Agent {
    facts: Arc<Facts>,
    /// So long it takes to answer.
    takes_ms: u64,
}

impl WebViewSource for Agent {
    fn permission(&self) -> Result<SystemPermission, SourceError> {
        self.facts.known().asked = true;
        Ok(SystemPermission::Granted)
    }

    fn read(&self, _: u64) -> Result<String, SourceError> {
        self.facts.read();
        clock::advance(self.takes_ms);
        Ok("Agent/1.0".to_owned())
    }
}

fn agent(facts: &Arc<Facts>, takes_ms: u64) -> Source {
    Source::WebView(Arc::new(Agent { facts: Arc::clone(facts), takes_ms }))
}

/// Everything on, no intervals.
fn policy() -> Policy {
    let category = |category: &Category| {
        let items = Item::ALL.iter().filter(|item| item.category() == *category);
        let named = ItemPolicy { enabled: true, purposes: None, minimum_interval_ms: None };
        let on = CategoryPolicy {
            enabled: true,
            minimum_interval_ms: Some(0),
            deadline_ms: Some(DEADLINE_MS),
            items: items.map(|item| (*item, named.clone())).collect(),
            ..CategoryPolicy::default()
        };
        (*category, on)
    };
    Policy {
        categories: Category::ALL.iter().map(category).collect(),
        retention_ms: RETENTION_MS,
        ..Policy::default()
    }
}

fn agreed() -> ConsentUpdate {
    let update = ConsentUpdate::new().age(Age::AtLeastMinimum);
    Category::ALL.iter().fold(update, |update, category| update.grant(*category))
}

fn revoked() -> ConsentUpdate {
    Category::ALL.iter().fold(ConsentUpdate::new(), |update, category| update.revoke(*category))
}

fn only(item: Item) -> ItemSet {
    [item].into_iter().collect()
}

/// Whether anything of what a model reads is in the vault.
fn has_value(vault: &Vault) -> bool {
    let any = |values: &Values| {
        values.device.model.is_some()
            || values.features.user_agent.is_some()
            || values.records.application.is_some()
    };
    vault.read(|contents| Ok(any(&contents.values))).unwrap_or(false)
}
