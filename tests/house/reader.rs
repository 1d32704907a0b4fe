//! Reads the sources for the house rules: what stands in the code, without comments, texts and tests, and what it imports.

use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// A source file: its top-level module, how deep below the crate it is, and its code without comments, texts and tests.
pub(crate) struct Source {
    pub(crate) module: String,
    pub(crate) depth: usize,
    pub(crate) path: PathBuf,
    pub(crate) code: String,
}

/// Every file of `src/` that ships; files of tests obey lengths and headers only.
pub(crate) fn sources() -> Vec<Source> {
    let src = root().join("src");
    let mut out = Vec::new();
    for path in rust_files(&src) {
        let within = path.strip_prefix(&src).unwrap().with_extension("");
        let mut parts: Vec<_> = within
            .iter()
            .map(|part| part.to_string_lossy().into_owned())
            .collect();
        if parts
            .iter()
            .any(|part| part == "tests" || part.ends_with("_tests"))
        {
            continue;
        }
        if parts.last().is_some_and(|last| last == "mod") {
            parts.pop();
        }
        let code = without_tests(mask(&fs::read_to_string(&path).unwrap()));
        out.push(Source {
            module: parts[0].clone(),
            depth: parts.len(),
            path: within,
            code,
        });
    }
    assert!(!out.is_empty());
    out
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn rust_files(dir: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(dir) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            out.extend(rust_files(&path));
        } else if path.extension().is_some_and(|end| end == "rs") {
            out.push(path);
        }
    }
    out.sort();
    out
}

/// Whether `word` stands in the code, not as a part of a longer name.
pub(crate) fn says(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let before = word.starts_with(':') || !code[..at].ends_with(is_name);
        before && !code[at + word.len()..].starts_with(is_name)
    })
}

/// The functions of formatted code, with the lines from the first of their signature to their closing brace.
pub(crate) fn functions(code: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = code.lines().collect();
    let mut out = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let inner = line.trim_start();
        let named = ["fn ", "async fn ", "const fn "]
            .iter()
            .find_map(|word| inner.split_once(word))
            .filter(|(before, _)| before.is_empty() || before.starts_with("pub"));
        let Some((_, name)) = named else { continue };
        let indent = &line[..line.len() - inner.len()];
        let closing = format!("{indent}}}");
        let declared = lines[start..]
            .iter()
            .position(|line| *line == closing)
            .map(|length| length + 1);
        // Without a body, as in a trait, the brace found is somebody else's.
        let has_body = lines[start..]
            .iter()
            .find(|line| line.ends_with('{') || line.ends_with(';') || line.ends_with('}'))
            .is_some_and(|line| line.ends_with('{'));
        if let Some(length) = declared.filter(|_| has_body) {
            let name: String = name.chars().take_while(|c| is_name(*c)).collect();
            out.push((name, length));
        }
    }
    out
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Every `X` in `crate::X`, `crate::{X, Y::…}` and in a `super::` chain that climbs to the crate.
pub(crate) fn imports(code: &str, depth: usize) -> BTreeSet<String> {
    let tokens = tokens(code);
    let mut found = BTreeSet::new();
    let mut at = 0;
    while at < tokens.len() {
        let mut next = at;
        while tokens.get(next) == Some(&"super") && tokens.get(next + 1) == Some(&"::") {
            next += 2;
        }
        let climbed = (next - at) / 2 >= depth && next > at;
        if tokens[at] == "crate" && tokens.get(at + 1) == Some(&"::") {
            named(&tokens[at + 2..], &mut found);
        } else if climbed {
            named(&tokens[next..], &mut found);
        }
        at = next.max(at + 1);
    }
    found
}

/// The first segment of a path, or of each path of a group.
fn named(tokens: &[&str], found: &mut BTreeSet<String>) {
    if tokens.first() != Some(&"{") {
        found.extend(tokens.first().map(|t| (*t).to_owned()));
        return;
    }
    let (mut depth, mut fresh) = (0, true);
    for token in tokens {
        match *token {
            "{" => depth += 1,
            "}" => depth -= 1,
            "," if depth == 1 => fresh = true,
            name if fresh => {
                found.insert(name.to_owned());
                fresh = false;
            }
            _ => {}
        }
        if depth == 0 {
            return;
        }
    }
}

fn tokens(code: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let long = if is_name(first) {
            rest.find(|c| !is_name(c)).unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        out.push(&rest[..long]);
        rest = rest[long..].trim_start();
    }
    out
}

/// The code with every `#[cfg(test)] mod … { … }` blanked.
fn without_tests(mut code: String) -> String {
    let mut from = 0;
    while let Some(at) = code[from..].find("#[cfg(test)]").map(|at| at + from) {
        from = at + 1;
        let after = code[at + "#[cfg(test)]".len()..].trim_start();
        let start = code.len() - after.len();
        let body = after.find(['{', ';']).map(|b| start + b);
        if let (true, Some(open)) = (after.starts_with("mod "), body) {
            let end = block_end(&code, open);
            code.replace_range(at..end, &" ".repeat(end - at));
        }
    }
    code
}

fn block_end(code: &str, open: usize) -> usize {
    let mut depth = 0;
    for (at, byte) in code.bytes().enumerate().skip(open) {
        match byte {
            b';' if depth == 0 => return at + 1,
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => continue,
        }
        if depth == 0 {
            return at + 1;
        }
    }
    code.len()
}

/// The text with comments and the insides of literals blanked; ASCII only, line breaks kept.
pub(crate) fn mask(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out: Vec<u8> = bytes
        .iter()
        .map(|b| if b.is_ascii() { *b } else { b'_' })
        .collect();
    let mut at = 0;
    while at < bytes.len() {
        let hidden = hidden(bytes, at);
        for byte in &mut out[hidden.clone()] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
        at = hidden.end.max(at + 1);
    }
    String::from_utf8(out).unwrap()
}

/// What to blank when a comment or a literal begins at `at`; else nothing.
fn hidden(bytes: &[u8], at: usize) -> Range<usize> {
    let rest = &bytes[at..];
    let name_at = |at: usize| is_name(char::from(bytes[at]));
    let bytes_literal = at > 0 && bytes[at - 1] == b'b' && (at == 1 || !name_at(at - 2));
    let named = at > 0 && name_at(at - 1) && !bytes_literal;
    let end = if rest.starts_with(b"//") {
        rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len())
    } else if rest.starts_with(b"/*") {
        comment_end(rest)
    } else if rest[0] == b'r' && !named && rest[1..].iter().find(|b| **b != b'#') == Some(&b'"') {
        let hashes = rest[1..].iter().take_while(|b| **b == b'#').count();
        let close: Vec<u8> = [&b"\""[..], &vec![b'#'; hashes]].concat();
        let body = hashes + 2;
        find(&rest[body..], &close).map_or(rest.len(), |n| body + n + close.len())
    } else if rest[0] == b'"' {
        literal_end(rest, b'"')
    } else if rest[0] == b'\'' && (rest.get(1) == Some(&b'\\') || char_closes(rest)) {
        literal_end(rest, b'\'')
    } else {
        0
    };
    at..at + end
}

/// Whether a quote begins a character and not a lifetime.
fn char_closes(rest: &[u8]) -> bool {
    let long = rest.get(1).map_or(1, |b| match b {
        0xF0.. => 4,
        0xE0.. => 3,
        0xC0.. => 2,
        _ => 1,
    });
    rest.get(1 + long) == Some(&b'\'')
}

fn literal_end(rest: &[u8], quote: u8) -> usize {
    let mut at = 1;
    while at < rest.len() && rest[at] != quote {
        at += if rest[at] == b'\\' { 2 } else { 1 };
    }
    (at + 1).min(rest.len())
}

fn comment_end(rest: &[u8]) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        if rest[at..].starts_with(b"/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest[at..].starts_with(b"*/") {
            (depth, at) = (depth - 1, at + 2);
        } else {
            at += 1;
        }
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack
        .windows(needle.len())
        .position(|window| window == needle)
}

/// The rules above are only worth something if they catch what they are for.
#[test]
fn the_reader_of_imports_misses_nothing() {
    for (code, depth, expected) in [
        ("use crate::store::Store;", 2, "store"),
        (
            "use crate::{carrier, flow::{App, daily}, web};",
            1,
            "carrier flow web",
        ),
        ("use {crate::store as db, std::fmt};", 1, "store"),
        ("fn f() { crate :: sim :: run() }", 1, "sim"),
        ("use super::super::store::Store;", 2, "store"),
        ("use super::store::Store;", 1, "store"),
        ("use super::store::Store;", 2, ""),
        (
            "// use crate::a;\n/* crate::b /* crate::c */ */ let s = \"crate::d\"; r#\"crate::\"e\"#;",
            1,
            "",
        ),
        (
            "let j = br#\"crate::\"x\"#; let c = '\"'; use crate::f; let d: &'static str = \"\\\"crate::g\";",
            1,
            "f",
        ),
        ("pub(crate) fn f() {}", 1, ""),
        ("use crate::*;", 1, "*"),
        (
            "#[cfg(test)]\nmod tests { use crate::a; fn f() { \"}\"; } }\nuse crate::b;",
            1,
            "b",
        ),
        ("#[cfg(test)]\nmod tests;\nuse crate::b;", 1, "b"),
    ] {
        let found: Vec<_> = imports(&without_tests(mask(code)), depth)
            .into_iter()
            .collect();
        assert_eq!(found.join(" "), expected, "{code}");
    }
    assert!(says("use axum::Router;", "axum"));
    assert!(!says("fn relaxum() {}", "axum"));
    assert!(says("let t = Timestamp::now();", "::now"));
    assert!(!says("Clock::nowhere(clock.now())", "::now"));
}
