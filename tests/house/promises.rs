//! Reads the table of docs/delivery.md: every test that it names is there, and every row names one.

use std::fs;
use std::path::{Path, PathBuf};

use super::reader::root;

#[test]
fn every_test_that_the_promise_names_is_there() {
    let mut wrong = Vec::new();
    let mut named = 0;
    let page = fs::read_to_string(root().join("docs/delivery.md")).unwrap();
    for row in table(&page) {
        let shown = row.rsplit('|').nth(1).unwrap_or_default();
        let names: Vec<&str> = shown.split('`').skip(1).step_by(2).collect();
        if names.is_empty() {
            wrong.push(format!("nothing shows it: {row}"));
        }
        for name in names.iter().filter(|name| name.contains("::")) {
            named += 1;
            if !is_there(name) {
                wrong.push(format!("no such test: {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(named > 30, "the table was not found: {named} names");
}

/// The rows of the last table of the page.
fn table(page: &str) -> Vec<&str> {
    let rows: Vec<&str> = page.lines().filter(|line| line.starts_with('|')).collect();
    rows.into_iter().skip(2).collect()
}

/// `it::promise::name` in tests/it/promise.rs, `crash::name` in tests/crash.rs, `store::tests::day::name` below src.
fn is_there(name: &str) -> bool {
    let mut path: Vec<&str> = name.split("::").collect();
    let Some(function) = path.pop() else {
        return false;
    };
    let is_in = |file: &PathBuf| {
        fs::read_to_string(root().join(file)).is_ok_and(|text| {
            text.contains(&format!("fn {function}("))
                && (text.contains("#[test]") || text.contains("#[tokio::test"))
        })
    };
    files(&path).iter().any(is_in)
}

/// Where the tests of a module may stand.
fn files(path: &[&str]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let joined = |parts: &[&str]| parts.iter().collect::<PathBuf>();
    for top in ["src", "tests"] {
        let own = Path::new(top).join(joined(path));
        files.push(own.with_extension("rs"));
        files.push(own.join("mod.rs"));
        files.push(own.join("main.rs"));
    }
    if let Some(("tests", module)) = path.split_last().map(|(last, module)| (*last, module)) {
        let own = Path::new("src").join(joined(module));
        files.push(own.with_extension("rs"));
        files.push(own.join("mod.rs"));
    }
    files
}
