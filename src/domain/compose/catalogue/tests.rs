//! Tests of `domain/compose/catalogue.rs`.

use super::*;

const EN: &str = "# comment\na = \"Hello {name}, {name}!\"\nb = \"x = y\"\n";
const ES: &str = "a = \"Hola {name}\"\n";

#[test]
fn texts_are_read_and_filled() {
    let texts = Texts::read(&["a", "b"], [EN, ES, EN, EN, EN, EN]);
    let hola = texts.get(Language::Spanish, 0);
    assert_eq!(fill(hola, &[("name", "Ana")]), "Hola Ana");
    assert_eq!(
        fill(texts.get(Language::French, 0), &[("name", "{name}")]),
        "Hello {name}, {name}!"
    );
    assert_eq!(texts.get(Language::English, 1), "x = y");
    assert_eq!(
        texts.get(Language::Spanish, 1),
        "x = y",
        "in English where it lacks"
    );
    assert_eq!(fill("open {brace", &[]), "open brace");
}

#[test]
fn what_is_wrong_with_a_catalogue_is_told() {
    const BAD: &str = "a = \"Salut\"\nc = \"d\"\nc = \"\u{2019}\"\nnot a line\n";
    let found = problems(&["a", "b"], [EN, BAD, EN, EN, EN, EN], true);
    let told = |part: &str| found.iter().any(|line| line.contains(part));
    for part in [
        "es: b is missing",
        "es: c comes twice",
        "no text has the key c",
        "not GSM-7",
        "not read: not a line",
        "es: a has other places",
    ] {
        assert!(told(part), "{part}: {found:?}");
    }
    assert!(problems(&["a", "b"], [EN; 6], true).is_empty());
}
