//! The page as a browser shows it: what it loads, what it looks like to a keyboard, a screen reader and a printer.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test may fail")]
#![allow(dead_code, missing_docs, unreachable_pub, reason = "the helpers are shared")]

mod common;

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use common::{file, scope};
use scruple::Item;
use scruple_disclose::target::Target;
use serde_json::{Value, json};

const NEEDED: &str = "chromium is needed: `cargo xtask test` installs it, or `apt-get install chromium`";

/// A browser without a window, spoken to by its own protocol over two pipes.
struct Browser {
    process: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    /// The page that it shows.
    session: String,
    number: u64,
    /// What it told unasked.
    events: Vec<Value>,
}

impl Browser {
    /// Opens a page.
    fn open(address: &str) -> Self {
        // The protocol's pipes are the descriptors 3 and 4.
        let mut process = Command::new("sh")
            .args(["-c", "exec chromium \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1", "sh"])
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe"])
            .args(["--disable-background-networking", "--disable-component-update", "--no-first-run"])
            .arg(format!("--user-data-dir={}", folder("profile").display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let to = process.stdin.take().unwrap();
        let from = BufReader::new(process.stdout.take().unwrap());
        let mut browser = Self { process, to, from, session: String::new(), number: 0, events: Vec::new() };
        let target = browser.ask("Target.createTarget", json!({ "url": "about:blank" }));
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        browser.session =
            browser.ask("Target.attachToTarget", attach)["sessionId"].as_str().unwrap().to_owned();
        for domain in ["Page", "Network", "Log", "Accessibility"] {
            browser.ask(&format!("{domain}.enable"), json!({}));
        }
        browser.ask("Page.navigate", json!({ "url": address }));
        while !browser.events.iter().any(|event| event["method"] == "Page.loadEventFired") {
            let event = browser.next();
            browser.events.push(event);
        }
        browser
    }

    fn ask(&mut self, method: &str, parameters: Value) -> Value {
        self.number += 1;
        let mut message = json!({ "id": self.number, "method": method, "params": parameters });
        if !self.session.is_empty() {
            message["sessionId"] = json!(self.session);
        }
        write!(self.to, "{message}\0").and_then(|()| self.to.flush()).expect(NEEDED);
        loop {
            let answer = self.next();
            if answer["id"] == self.number {
                assert!(answer["error"].is_null(), "{method}: {}", answer["error"]);
                return answer["result"].clone();
            }
            self.events.push(answer);
        }
    }

    fn next(&mut self) -> Value {
        let mut message = Vec::new();
        self.from.read_until(0, &mut message).unwrap();
        message.pop().expect(NEEDED);
        serde_json::from_slice(&message).unwrap()
    }

    /// What a script gives; the page has none of its own, and its policy keeps the browser from running any other's.
    fn evaluate(&mut self, script: &str) -> Value {
        let answer = self.ask(
            "Runtime.evaluate",
            json!({ "expression": script, "returnByValue": true, "awaitPromise": true }),
        );
        assert!(answer["exceptionDetails"].is_null(), "{answer}");
        answer["result"]["value"].clone()
    }

    fn emulate(&mut self, medium: &str, scheme: &str) {
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.ask("Emulation.setEmulatedMedia", json!({ "media": medium, "features": features }));
    }

    fn width(&mut self, width: u32) {
        let metrics = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.ask("Emulation.setDeviceMetricsOverride", metrics);
    }

    fn press(&mut self, key: &str) {
        let code = if key == "Tab" { 9 } else { 32 };
        let text = if key == "Tab" { "" } else { " " };
        for kind in ["keyDown", "keyUp"] {
            let mut event = json!({ "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code });
            if kind == "keyDown" && !text.is_empty() {
                event["text"] = json!(text);
            }
            self.ask("Input.dispatchKeyEvent", event);
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn folder(name: &str) -> std::path::PathBuf {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// How much lighter the lighter of a text and its ground is, for the worst text of the page.
const WORST_CONTRAST: &str = "(() => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    const rgba = colour => {
        canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const light = ([r, g, b]) => {
        const linear = c => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
        return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
    };
    const ground = element => {
        for (; element; element = element.parentElement) {
            const colour = rgba(getComputedStyle(element).backgroundColor);
            if (colour[3] === 255) return colour;
        }
        return [255, 255, 255, 255];
    };
    let worst = { contrast: 21, text: '' };
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const text = texts.currentNode, element = text.parentElement;
        if (!text.data.trim() || !element.getClientRects().length) continue;
        const [a, b] = [light(rgba(getComputedStyle(element).color)), light(ground(element))];
        const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (contrast < worst.contrast) worst = { contrast, text: text.data };
    }
    return worst;
})()";

#[test]
fn a_browser_shows_the_page() {
    let page = folder("page").join("disclosure.html");
    std::fs::write(&page, file(Target::Html, "fuzzy-location", "disclosure.html")).unwrap();
    let mut browser = Browser::open(&format!("file://{}", page.display()));

    // It loads itself and nothing else, and the browser has nothing to complain of.
    let told = |browser: &Browser, method: &str| -> Vec<Value> {
        browser
            .events
            .iter()
            .filter(|event| event["method"] == method)
            .map(|event| event["params"].clone())
            .collect()
    };
    let requests = told(&browser, "Network.requestWillBeSent");
    let addresses: Vec<_> =
        requests.iter().map(|request| request["request"]["url"].as_str().unwrap()).collect();
    assert_eq!(addresses, [format!("file://{}", page.display())]);
    assert_eq!(told(&browser, "Log.entryAdded"), Vec::<Value>::new());

    // The control: what is not its own, it may not load.
    browser.evaluate(
        "document.body.append(Object.assign(new Image(), { src: 'https://example.invalid/x.png' }))",
    );
    browser.evaluate("new Promise(done => setTimeout(done, 100))");
    let violations = told(&browser, "Log.entryAdded");
    assert!(
        violations
            .iter()
            .any(|entry| entry["entry"]["text"].as_str().unwrap().contains("Content Security Policy")),
        "{violations:?}"
    );
    browser.evaluate("document.querySelector('img').remove()");

    // Nothing is cut off or overlaps the window's edge, from a phone to a desk.
    for width in [320, 768, 1280] {
        browser.width(width);
        let wide = browser.evaluate("document.documentElement.scrollWidth");
        assert!(wide.as_u64().unwrap() <= u64::from(width), "{wide} wide in a window of {width}");
    }

    // Light, dark and on paper a text stands out from its ground: WCAG's 4.5 to 1.
    for (medium, scheme) in [("screen", "light"), ("screen", "dark"), ("print", "light")] {
        browser.emulate(medium, scheme);
        let worst = browser.evaluate(WORST_CONTRAST);
        assert!(worst["contrast"].as_f64().unwrap() >= 4.5, "{medium} {scheme}: {worst}");
    }
    // On paper everything is there, and what only a screen needs is not.
    browser.emulate("print", "light");
    let shown = |browser: &mut Browser, selector: &str| {
        browser.evaluate(&format!(
            "[...document.querySelectorAll('{selector}')].filter(e => e.getClientRects().length).length"
        ))
    };
    assert_eq!(shown(&mut browser, "nav, .filter, .skip"), 0);
    let (cards, rows) = (shown(&mut browser, ".card"), shown(&mut browser, ".matrix tbody th[scope=row]"));
    assert_eq!((cards, rows), (json!(10), json!(Item::ALL.len())));
    browser.emulate("screen", "light");

    // By keyboard: first past everything, then each link, the tables, the filter.
    browser.press("Tab");
    assert_eq!(browser.evaluate("document.activeElement.className"), "skip");
    let seen = browser.evaluate("document.activeElement.getBoundingClientRect().left >= 0");
    assert_eq!(seen, true, "the skip link is seen once it is reached");
    let mut reached = 1;
    loop {
        browser.press("Tab");
        if browser.evaluate("document.activeElement === document.body").as_bool().unwrap() {
            break;
        }
        let outlined = browser.evaluate("getComputedStyle(document.activeElement).outlineStyle");
        assert_eq!(outlined, "solid", "what has the focus is seen to have it");
        reached += 1;
        assert!(reached < 200, "the focus never leaves the page");
    }
    assert_eq!(browser.evaluate("document.querySelectorAll('a, input, [tabindex=\"0\"]').length"), reached);
    let before = shown(&mut browser, ".matrix tbody th[scope=row]");
    browser.evaluate("document.querySelector('#only-read').focus()");
    browser.press(" ");
    let after = shown(&mut browser, ".matrix tbody th[scope=row]");
    assert_eq!((before, after), (json!(Item::ALL.len()), json!(scope("fuzzy-location").items().count())));
    browser.press(" ");

    // To a screen reader: headings in order, tables with rows and columns, and nothing without a name.
    let tree = browser.ask("Accessibility.getFullAXTree", json!({}));
    let nodes: Vec<_> =
        tree["nodes"].as_array().unwrap().iter().filter(|node| node["ignored"] == false).collect();
    let of_role = |role: &str| nodes.iter().filter(|node| node["role"]["value"] == role).collect::<Vec<_>>();
    for role in ["banner", "navigation", "main", "contentinfo"] {
        assert_eq!(of_role(role).len(), 1, "{role}");
    }
    for role in ["heading", "link", "region", "checkbox", "columnheader", "rowheader"] {
        assert!(!of_role(role).is_empty(), "{role}");
        for node in of_role(role) {
            assert_ne!(node["name"]["value"], "", "{role} without a name: {node}");
        }
    }
    let levels =
        browser.evaluate("[...document.querySelectorAll('h1, h2, h3')].map(heading => +heading.tagName[1])");
    let levels: Vec<_> = levels.as_array().unwrap().iter().map(|level| level.as_i64().unwrap()).collect();
    assert_eq!(levels[0], 1);
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1 && pair[1] > 1), "{levels:?}");
    assert_eq!(browser.evaluate("document.documentElement.lang"), "en");
}
