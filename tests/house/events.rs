//! Every event of the log stands in docs/logging.md with its level and its fields, and nothing stands there that is no event.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::reader::{root, rust_files};

type Events = BTreeMap<String, (String, BTreeSet<String>)>;

#[test]
fn every_event_of_the_log_is_documented() {
    let mut written = Events::new();
    for path in rust_files(&root().join("src")) {
        let text = fs::read_to_string(&path).unwrap();
        for level in ["error", "warn", "info", "debug", "trace"] {
            let begin = format!("tracing::{level}!(");
            for (at, _) in text.match_indices(&begin) {
                let (message, fields) = event(&text[at + begin.len()..]);
                written.insert(message, (level.to_owned(), fields));
            }
        }
    }
    assert!(written.len() > 40, "{}", written.len());
    let documented = documented();
    let mut wrong = Vec::new();
    for (message, event) in &written {
        if documented.get(message) != Some(event) {
            wrong.push(format!(
                "not as in the code, which says {event:?}: {message}"
            ));
        }
    }
    for message in documented
        .keys()
        .filter(|message| !written.contains_key(*message))
    {
        wrong.push(format!("no such event: {message}"));
    }
    assert!(wrong.is_empty(), "docs/logging.md:\n{}", wrong.join("\n"));
}

fn documented() -> Events {
    let text = fs::read_to_string(root().join("docs/logging.md")).unwrap();
    let rows = text.lines().filter_map(|line| {
        let cells: Vec<_> = line.split('|').map(str::trim).collect();
        let [_, level, says, fields, ..] = cells[..] else {
            return None;
        };
        let fields = fields
            .split(", ")
            .map(|field| field.trim_matches('`').to_owned());
        let fields = fields.filter(|field| !field.is_empty()).collect();
        Some((says.to_owned(), (level.to_owned(), fields)))
    });
    rows.filter(|(_, (level, _))| !matches!(level.as_str(), "level" | "---"))
        .collect()
}

/// The arguments of a macro up to its last bracket: the message, and the names of the fields.
fn event(text: &str) -> (String, BTreeSet<String>) {
    let (mut depth, mut in_text, mut escaped) = (1, false, false);
    let (mut arguments, mut argument) = (Vec::new(), String::new());
    for c in text.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if in_text => escaped = true,
            '"' => in_text = !in_text,
            '(' | '[' | '{' if !in_text => depth += 1,
            ')' | ']' | '}' if !in_text => depth -= 1,
            ',' if !in_text && depth == 1 => {
                arguments.push(std::mem::take(&mut argument));
                continue;
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
        argument.push(c);
    }
    arguments.push(argument);
    arguments.retain(|argument| !argument.trim().is_empty());
    let message = arguments.pop().unwrap_or_default();
    let message = message.trim().trim_matches('"').to_owned();
    let name = |argument: &String| {
        let name = argument.split('=').next().unwrap_or_default().trim();
        name.trim_start_matches(['%', '?']).to_owned()
    };
    (message, arguments.iter().map(name).collect())
}
