//! The tables of `docs/texting.md`: every example is that command, every answer is one of ours.

use super::super::*;
use super::every::every_text;
use super::keywords::home;
use crate::domain::command::Command;

const DOCUMENT: &str = include_str!("../../../../../docs/texting.md");

/// All that a text can ask for.
const COMMANDS: &str = "Forecast More Daily Time Place Days Units Language Pause Resume Skip Trip Status MyData DeleteMe \
    Delete CallMe Menu About Help Stop EndOne Start Yes Agree No Number Greeting Thanks Ignored";

#[test]
fn the_table_of_commands_is_true() {
    let (english, _) = DOCUMENT.split_once("## In other languages").unwrap();
    let known: Vec<String> = every_text(Language::English)
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    let mut documented = Vec::new();
    for row in rows(english) {
        let [name, texts, answer] = row.as_slice() else {
            panic!("{row:?}");
        };
        for example in examples(texts) {
            assert_eq!(name_of(&Command::parse(example)), *name, "{example}");
        }
        let answer = answer
            .rsplit_once("choice: ")
            .map_or(*answer, |(_, told)| told);
        let said = answer.starts_with('*') || known.iter().any(|text| text == answer);
        assert!(said, "{name} is never answered by: {answer}");
        documented.push(*name);
    }
    assert_eq!(documented.join(" "), COMMANDS);
}

#[test]
fn the_table_of_languages_is_true() {
    let (_, others) = DOCUMENT.split_once("## In other languages").unwrap();
    let mut count = 0;
    for row in rows(others) {
        let (name, cells) = row.split_first().unwrap();
        assert_eq!(cells.len(), 5, "{row:?}");
        for (language, cell) in Language::ALL.into_iter().skip(1).zip(cells) {
            for example in examples(cell) {
                let at_home = Command::parse_from(example, home(language), None);
                let abroad = Command::parse_from(example, home(Language::English), Some(language));
                assert_eq!(name_of(&at_home), *name, "{example}");
                assert_eq!(name_of(&abroad), *name, "{example}, read abroad");
                count += 1;
            }
        }
    }
    assert!(count > 90);
}

/// The rows of the tables, without their heads.
fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines()
        .filter(|line| {
            line.contains(" | ") && !line.starts_with("Command | ") && !line.starts_with("---")
        })
        .map(|line| line.split(" | ").map(str::trim).collect())
}

/// What stands between backticks.
fn examples(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

fn name_of(command: &Command) -> String {
    let whole = format!("{command:?}");
    whole.chars().take_while(|c| c.is_alphanumeric()).collect()
}
