//! Halves of the day, as they are said behind an hour.

use super::super::words::Words;
use super::phrase;

/// Half of the day.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Early,
    Late,
}

/// "in the evening", "du soir", "de la tarde", "abends".
pub(super) fn part_of_day(words: &Words<'_>, at: usize) -> (Option<Part>, usize) {
    const PARTS: [(&str, Part); 37] = [
        ("in the morning", Part::Early),
        ("in the mornings", Part::Early),
        ("morning", Part::Early),
        ("du matin", Part::Early),
        ("le matin", Part::Early),
        ("de la manana", Part::Early),
        ("por la manana", Part::Early),
        ("da manha", Part::Early),
        ("da matina", Part::Early),
        ("del mattino", Part::Early),
        ("di mattina", Part::Early),
        ("morgens", Part::Early),
        ("fruh", Part::Early),
        ("in der fruh", Part::Early),
        ("am", Part::Early),
        ("pm", Part::Late),
        ("in the evening", Part::Late),
        ("in the evenings", Part::Late),
        ("in the afternoon", Part::Late),
        ("of an evening", Part::Late),
        ("evening", Part::Late),
        ("at night", Part::Late),
        ("of a night", Part::Late),
        ("du soir", Part::Late),
        ("le soir", Part::Late),
        ("de l apres midi", Part::Late),
        ("de la tarde", Part::Late),
        ("de la noche", Part::Late),
        ("por la tarde", Part::Late),
        ("da tarde", Part::Late),
        ("da noite", Part::Late),
        ("di sera", Part::Late),
        ("della sera", Part::Late),
        ("del pomeriggio", Part::Late),
        ("abends", Part::Late),
        ("am abend", Part::Late),
        ("nachmittags", Part::Late),
    ];
    PARTS
        .iter()
        .filter_map(|(said, part)| Some((Some(*part), phrase(words, at, said)?)))
        .max_by_key(|(_, taken)| *taken)
        .unwrap_or((None, 0))
}
