//! Portuguese as it is spoken in Portugal: the words of our sentences that Brazil says otherwise.

use std::borrow::Cow;

/// What is said on the phone, for a listener in Portugal or in Africa.
#[must_use]
pub fn european(text: &str) -> Cow<'_, str> {
    let mut said = Cow::Borrowed(text);
    for (brazilian, european) in WORDS {
        if said.contains(brazilian) {
            said = Cow::Owned(said.replace(brazilian, european));
        }
    }
    said
}

const WORDS: [(&str, &str); 26] = [
    ("dezesseis", "dezasseis"),
    ("Dezesseis", "Dezasseis"),
    ("dezessete", "dezassete"),
    ("Dezessete", "Dezassete"),
    ("dezenove", "dezanove"),
    ("Dezenove", "Dezanove"),
    ("Você não tem", "Não tem"),
    ("Você cancelou", "Cancelou"),
    ("porque você as", "porque as"),
    ("Pressione", "Prima"),
    ("pressione", "prima"),
    ("está ligando", "está a ligar"),
    ("a tecla cardinal, ou jogo da velha", "a tecla cardinal"),
    ("não entendi", "não percebi"),
    ("digite", "marque"),
    ("quilômetros", "quilómetros"),
    ("fumaça", "fumo"),
    ("Fumaça", "Fumo"),
    ("baixando para", "descendo para"),
    ("o dia todo", "todo o dia"),
    ("ensolarado", "com sol"),
    ("Ensolarado", "Com sol"),
    ("ônia", "ónia"),
    ("Vêneto", "Véneto"),
    ("Havaí", "Havai"),
    ("Tucumã", "Tucumán"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::compose::spoken::numbers::{Before, number_words};
    use crate::domain::language::Language;

    #[test]
    fn numbers_are_those_of_portugal() {
        for (number, said) in [(16, "dezasseis"), (17, "dezassete"), (19, "dezanove")] {
            let brazilian = number_words(number, Language::Portuguese, Before::Nothing);
            assert_eq!(european(&brazilian), said);
        }
        assert_eq!(
            european("Você não tem mensagens diárias."),
            "Não tem mensagens diárias."
        );
        assert_eq!(european("Lisboa, hoje."), "Lisboa, hoje.");
    }

    /// Every one of them is something that we say in Brazil.
    #[test]
    fn no_word_is_listed_for_nothing() {
        let lines = include_str!("lines/pt.txt");
        let words = include_str!("words/pt.txt");
        let regions = include_str!("../written/regions.txt");
        let numbers = (0..20)
            .map(|n| number_words(n, Language::Portuguese, Before::Nothing))
            .collect::<Vec<_>>()
            .join(" ");
        let ours = format!("{lines} {words} {regions} {numbers}").to_lowercase();
        for (brazilian, european) in WORDS {
            assert!(ours.contains(&brazilian.to_lowercase()), "{brazilian}");
            assert_ne!(brazilian, european);
        }
        assert!(!super::european(lines).contains("Você"));
    }
}
