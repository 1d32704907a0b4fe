//! The house rules that a compiler cannot check: which module may import which, where each library lives, and how long a file is.
//!
//! A new arrow or a new home is one line here and one sentence in the commit.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on has failed, in its helpers too"
)]

use std::fs;
use std::path::Path;

#[path = "house/events.rs"]
mod events;
#[path = "house/promises.rs"]
mod promises;
#[path = "house/reader.rs"]
mod reader;
use reader::{functions, imports, mask, root, rust_files, says, sources};

/// Floor, module, and the modules it may import: all of them on lower floors, so that a cycle cannot be written down.
const PLAN: &[(u8, &str, &[&str])] = &[
    (0, "clock", &[]),
    (0, "crash", &[]),
    (0, "domain", &[]),
    (0, "net", &[]),
    // A second, independent reading of the wire: if it shared our types, a misreading would agree with itself.
    (0, "sim", &[]),
    (1, "places", &["domain"]),
    (1, "store", &["domain"]),
    (1, "carrier", &["domain", "net"]),
    (1, "weather", &["domain", "net"]),
    (
        2,
        "flow",
        &[
            "domain", "clock", "crash", "places", "store", "carrier", "weather",
        ],
    ),
    (3, "web", &["domain", "carrier", "flow"]),
    (3, "schedule", &["flow"]),
    // Only the `Settings` of these, see BANNED.
    (
        4,
        "config",
        &[
            "domain", "net", "store", "carrier", "weather", "flow", "web",
        ],
    ),
    (
        5,
        "daemon",
        &[
            "domain", "clock", "crash", "net", "places", "store", "carrier", "weather", "flow",
            "web", "schedule", "config",
        ],
    ),
    (
        6,
        "cli",
        // `check` and `forecast` ask the outside themselves, hence clock, net and weather.
        &[
            "daemon", "config", "flow", "domain", "places", "carrier", "store", "sim", "clock",
            "net", "weather",
        ],
    ),
];

/// A word of the outside, and the only modules that may say it.
const HOMES: &[(&str, &[&str])] = &[
    ("rusqlite", &["store"]),
    ("reqwest", &["net"]),
    ("axum", &["web", "sim"]),
    ("hyper", &["web", "sim"]),
    ("tower", &["web", "sim"]),
    ("tower_http", &["web", "sim"]),
    ("tokio_cron_scheduler", &["schedule"]),
    ("dotenvy", &["config"]),
    ("toml", &["config"]),
    ("clap", &["cli"]),
    ("fst", &["places"]),
    ("hmac", &["carrier", "sim"]),
    ("sd_notify", &["daemon"]),
    ("std::env", &["config", "cli", "crash", "main"]),
    // The system's clock by any of its names: `Timestamp::now`, `Instant::now`, `SystemTime::now` …
    // `net` only measures how long others take.
    ("::now", &["clock", "net"]),
];

/// A module, and words that it must not say.
const BANNED: &[(&str, &[&str])] = &[
    // What is true needs no IO, cannot wait, does not know what time it is, has no wire form and does not talk.
    (
        "domain",
        &[
            "async",
            "await",
            "tokio",
            "serde",
            "serde_json",
            "tracing",
            "log::",
            "std::fs",
            "std::net",
            "std::io",
            "std::thread",
            "Instant",
            "SystemTime",
        ],
    ),
    // The trips see neither JSON nor XML nor a socket.
    ("flow", &["serde_json", "serde", "std::net", "std::fs"]),
    ("web", &["std::fs"]),
    ("store", &["std::net"]),
    // It parses settings; it does not open what they describe.
    (
        "config",
        &[
            "await", "async", "tokio", "Store", "Carrier", "Weather", "Http", "App",
        ],
    ),
];

/// Files are shorter than this; longer ones are two.
const FILE_LINES: usize = 400;
/// Half of the files are shorter than this.
const MEDIAN_LINES: usize = 150;
/// A function fits a screen.
const FUNCTION_LINES: usize = 70;

#[test]
fn arrows_point_down() {
    let mut wrong = Vec::new();
    for (floor, module, below) in PLAN {
        for to in *below {
            match plan_of(to) {
                Some((lower, _)) if lower < *floor => {}
                _ => wrong.push(format!(
                    "the plan lets `{module}` import `{to}`, which is not below it"
                )),
            }
        }
    }
    for file in sources() {
        let name = file.path.display();
        if matches!(file.module.as_str(), "lib" | "main") {
            continue;
        }
        let Some((_, below)) = plan_of(&file.module) else {
            wrong.push(format!(
                "{name}: module `{}` is not on the floor plan",
                file.module
            ));
            continue;
        };
        for to in imports(&file.code, file.depth) {
            if to != file.module && !below.contains(&to.as_str()) {
                wrong.push(format!("{name}: `{}` may not import `{to}`", file.module));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn libraries_stay_home() {
    let mut wrong = Vec::new();
    for file in sources() {
        let name = file.path.display();
        for (word, homes) in HOMES {
            if says(&file.code, word) && !homes.contains(&file.module.as_str()) {
                wrong.push(format!("{name}: `{word}` lives in {homes:?} only"));
            }
        }
        for (_, words) in BANNED.iter().filter(|(module, _)| *module == file.module) {
            for word in words.iter().filter(|word| says(&file.code, word)) {
                wrong.push(format!("{name}: `{}` must not say `{word}`", file.module));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_map_is_only_a_map() {
    let lib = mask(&fs::read_to_string(root().join("src/lib.rs")).unwrap());
    let other: Vec<_> = lib
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("pub mod ") && !line.starts_with("#"))
        .collect();
    assert!(
        other.is_empty(),
        "src/lib.rs holds `pub mod` lines only: {other:?}"
    );
}

#[test]
fn files_are_short_and_introduce_themselves() {
    let mut wrong = Vec::new();
    for dir in ["src", "tests", "benches"] {
        for path in rust_files(&root().join(dir)) {
            wrong.extend(misfit(&path));
        }
    }
    wrong.extend(misfit(&root().join("build.rs")));
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn misfit(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    let mut wrong = Vec::new();
    let name = path.strip_prefix(root()).unwrap().display();
    if !text.starts_with("//! ") {
        wrong.push(format!(
            "{name}: the first line must be `//!` and say what the file is for"
        ));
    }
    let lines = text.lines().count();
    if lines >= FILE_LINES {
        wrong.push(format!("{name}: {lines} lines, not under {FILE_LINES}"));
    }
    wrong
}

#[test]
fn half_of_the_files_are_short() {
    let mut lines: Vec<usize> = rust_files(&root().join("src"))
        .iter()
        .map(|path| fs::read_to_string(path).unwrap().lines().count())
        .collect();
    lines.sort_unstable();
    let median = lines[lines.len() / 2];
    assert!(median < MEDIAN_LINES, "the median file has {median} lines");
}

#[test]
fn functions_fit_a_screen() {
    let mut wrong = Vec::new();
    for file in sources() {
        for (name, lines) in functions(&file.code) {
            if lines > FUNCTION_LINES {
                let path = file.path.display();
                wrong.push(format!(
                    "{path}: `{name}` has {lines} lines, more than {FUNCTION_LINES}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    let long = format!("    fn long() {{\n{}    }}\n", "        a();\n".repeat(69));
    assert_eq!(functions(&long), [("long".to_owned(), 71)]);
}

fn plan_of(module: &str) -> Option<(u8, &'static [&'static str])> {
    PLAN.iter()
        .find(|(_, name, _)| *name == module)
        .map(|(floor, _, below)| (*floor, *below))
}
