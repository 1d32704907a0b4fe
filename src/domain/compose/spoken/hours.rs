//! Times for the ear: hours, stretches of hours and parts of the day, as people of each language say them.

use super::numbers::{Before, number_words};
use super::sound::joined;
use super::words::Word;
use crate::domain::compose::outlook::{Part, Reach, When};
use crate::domain::language::Language;
use crate::domain::schedule::SendTime;

/// How a language says an hour.
struct Hours {
    /// Of twelve hours, with the part of the day; else of twenty-four.
    twelve: bool,
    /// Before the number, and before a one where that is another.
    before: &'static str,
    before_one: &'static str,
    gender: Before,
    /// After it; with a clock of twelve hours stands the part of the day there.
    after: &'static str,
    after_one: &'static str,
}

const fn hours_of(language: Language) -> Hours {
    let hours = Hours {
        twelve: true,
        before: "",
        before_one: "",
        gender: Before::Nothing,
        after: "",
        after_one: "",
    };
    match language {
        Language::English => hours,
        Language::Spanish => Hours {
            before: "las ",
            before_one: "la ",
            gender: Before::Feminine,
            ..hours
        },
        Language::Portuguese => Hours {
            before: "as ",
            before_one: "a ",
            gender: Before::Feminine,
            ..hours
        },
        Language::French => Hours {
            twelve: false,
            gender: Before::Feminine,
            after: " heures",
            after_one: " heure",
            ..hours
        },
        Language::German => Hours {
            twelve: false,
            gender: Before::Masculine,
            after: " Uhr",
            after_one: " Uhr",
            ..hours
        },
        Language::Italian => Hours {
            twelve: false,
            before: "le ",
            before_one: "l'",
            gender: Before::Feminine,
            after_one: " di notte",
            ..hours
        },
    }
}

/// An hour in two pieces: what tells it, and what may be left out when the next hour has the same.
struct Hour {
    core: String,
    tail: String,
}

impl Hour {
    /// `two`, ` in the afternoon`; noon and midnight have one piece. 24 is midnight.
    fn of(hour: u8, language: Language) -> Self {
        let whole = |word: Word| Self {
            core: word.text(language).to_owned(),
            tail: String::new(),
        };
        match hour {
            0 | 24.. => whole(Word::Midnight),
            12 => whole(Word::Noon),
            _ => Self::counted(hour, language),
        }
    }

    /// The same without words for noon and midnight.
    fn counted(hour: u8, language: Language) -> Self {
        let hours = hours_of(language);
        let number = match (hours.twelve, hour % 12) {
            (true, 0) => 12,
            (true, n) => n,
            (false, _) => hour,
        };
        let is_one = number == 1;
        let before = if is_one {
            hours.before_one
        } else {
            hours.before
        };
        let words = number_words(i32::from(number), language, hours.gender);
        let tail = match hours.twelve {
            true => format!(" {}", half(hour, language).text(language)),
            false if number <= 1 => hours.after_one.to_owned(),
            false => hours.after.to_owned(),
        };
        Self {
            core: format!("{before}{words}"),
            tail,
        }
    }

    fn whole(self) -> String {
        self.core + &self.tail
    }
}

/// `two in the afternoon`, `las dos de la tarde`, `vierzehn Uhr`; 0 and 24 are midnight.
pub(super) fn hour_words(hour: u8, language: Language) -> String {
    Hour::of(hour, language).whole()
}

/// `at two in the afternoon`, `a las dos de la tarde`.
pub(super) fn time_of_hour(hour: u8, language: Language) -> String {
    at(&hour_words(hour, language), language)
}

/// `until two in the afternoon`, `entre las dos y las seis de la tarde`, `ab vierzehn Uhr`.
pub(super) fn when_words(when: When, language: Language) -> String {
    let hour = |hour| hour_words(hour, language);
    let text = match when {
        When::Throughout(reach) => return throughout(reach).text(language).to_owned(),
        When::Until(at) => Word::UntilHour.fill(language, &[("hour", &hour(at))]),
        When::From(at) => Word::FromHour.fill(language, &[("hour", &hour(at))]),
        When::Around(at) => Word::AroundHour.fill(language, &[("hour", &hour(at))]),
        When::Between(first, last) => {
            let (from, to) = (Hour::of(first, language), Hour::of(last, language));
            // "Zwischen ein und sechs Uhr" is nothing that is said.
            let stays = language == Language::German && first == 1;
            let same = !stays
                && first < last
                && from.tail.trim_end_matches('s') == to.tail.trim_end_matches('s');
            let from = if same { from.core } else { from.whole() };
            Word::BetweenHours.fill(language, &[("first", &from), ("last", &to.whole())])
        }
        When::Parts(first, last) if first == last => in_part(first).text(language).to_owned(),
        When::Parts(first, last) => {
            let (first, last) = (part(first).text(language), part(last).text(language));
            Word::FromPartToPart.fill(language, &[("first", first), ("last", last)])
        }
    };
    joined(&text, language)
}

/// `at seven in the morning`, `um sechs Uhr dreißig`, `a las tres y cinco de la tarde`.
#[must_use]
pub fn time_words(time: SendTime, language: Language) -> String {
    let (hour, minute) = (time.hour(), time.minute());
    let words = if minute == 0 {
        hour_words(hour, language)
    } else {
        let Hour { core, tail } = Hour::counted(hour, language);
        let minutes = number_words(i32::from(minute), language, Before::Nothing);
        match language {
            Language::English if minute < 10 => format!("{core} oh {minutes}{tail}"),
            Language::English => format!("{core} {minutes}{tail}"),
            Language::Spanish if minute == 30 => format!("{core} y media{tail}"),
            Language::Spanish => format!("{core} y {minutes}{tail}"),
            Language::Portuguese if minute == 30 => format!("{core} e meia{tail}"),
            Language::Portuguese => format!("{core} e {minutes}{tail}"),
            Language::French | Language::German => format!("{core}{tail} {minutes}"),
            Language::Italian => format!("{core} e {minutes}{tail}"),
        }
    };
    at(&words, language)
}

fn at(hour: &str, language: Language) -> String {
    joined(&Word::AtHour.fill(language, &[("hour", hour)]), language)
}

/// The part of the day that an hour of twelve needs to be told from the other one.
const fn half(hour: u8, language: Language) -> Word {
    match language {
        Language::Spanish | Language::Portuguese => match hour {
            1..6 => Word::HalfSmallHours,
            6..12 => Word::HalfMorning,
            12..19 => Word::HalfAfternoon,
            19 if matches!(language, Language::Spanish) => Word::HalfAfternoon,
            _ => Word::HalfNight,
        },
        _ => match hour {
            1..12 => Word::HalfMorning,
            12..18 => Word::HalfAfternoon,
            18..22 => Word::HalfEvening,
            _ => Word::HalfNight,
        },
    }
}

const fn throughout(reach: Reach) -> Word {
    match reach {
        Reach::Day => Word::AllDay,
        Reach::RestOfDay => Word::RestOfDay,
        Reach::Evening => Word::AllEvening,
        Reach::LateEvening => Word::LateEvening,
        Reach::Night => Word::AllNight,
        Reach::NextHours => Word::NextHours,
    }
}

const fn in_part(part: Part) -> Word {
    match part {
        Part::Night => Word::InNight,
        Part::Morning => Word::InMorning,
        Part::Midday => Word::InMidday,
        Part::Afternoon => Word::InAfternoon,
        Part::Evening => Word::InEvening,
    }
}

const fn part(part: Part) -> Word {
    match part {
        Part::Night => Word::PartNight,
        Part::Morning => Word::PartMorning,
        Part::Midday => Word::PartMidday,
        Part::Afternoon => Word::PartAfternoon,
        Part::Evening => Word::PartEvening,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{English, French, German, Italian, Portuguese, Spanish};

    #[test]
    fn every_time_is_words_only() {
        for language in Language::ALL {
            let mut seen = std::collections::HashSet::new();
            for hour in 0..24 {
                for minute in 0..60 {
                    let words = time_words(SendTime::new(hour, minute).unwrap(), language);
                    assert!(!words.contains(|c: char| c.is_ascii_digit()), "{words}");
                    assert!(seen.insert(words.clone()), "{words}");
                }
            }
        }
    }

    #[test]
    fn times_as_people_say_them() {
        for (language, time, words) in [
            (English, "07:00", "at seven in the morning"),
            (English, "15:05", "at three oh five in the afternoon"),
            (English, "00:45", "at twelve forty-five at night"),
            (English, "12:00", "at noon"),
            (Spanish, "13:00", "a la una de la tarde"),
            (Spanish, "18:30", "a las seis y media de la tarde"),
            (Spanish, "12:00", "al mediodía"),
            (Spanish, "04:00", "a las cuatro de la madrugada"),
            (French, "21:00", "à vingt et une heures"),
            (French, "06:30", "à six heures trente"),
            (French, "00:00", "à minuit"),
            (German, "01:00", "um ein Uhr"),
            (German, "18:30", "um achtzehn Uhr dreißig"),
            (Portuguese, "14:00", "às duas da tarde"),
            (Portuguese, "12:00", "ao meio-dia"),
            (Portuguese, "19:30", "às sete e meia da noite"),
            (Italian, "14:00", "alle quattordici"),
            (Italian, "01:00", "all'una di notte"),
            (Italian, "07:15", "alle sette e quindici"),
        ] {
            assert_eq!(time_words(SendTime::parse(time).unwrap(), language), words);
        }
    }

    #[test]
    fn stretches_as_people_say_them() {
        for (language, when, words) in [
            (
                English,
                When::Between(14, 18),
                "from two in the afternoon to six in the evening",
            ),
            (
                English,
                When::Between(14, 17),
                "from two to five in the afternoon",
            ),
            (English, When::Until(24), "until midnight"),
            (
                Spanish,
                When::Between(14, 18),
                "entre las dos y las seis de la tarde",
            ),
            (
                Spanish,
                When::Between(10, 12),
                "entre las diez de la mañana y el mediodía",
            ),
            (Spanish, When::From(13), "desde la una de la tarde"),
            (
                French,
                When::Between(14, 18),
                "entre quatorze et dix-huit heures",
            ),
            (French, When::Between(1, 6), "entre une et six heures"),
            (French, When::From(1), "à partir d'une heure"),
            (
                German,
                When::Between(14, 18),
                "zwischen vierzehn und achtzehn Uhr",
            ),
            (
                German,
                When::Between(22, 24),
                "zwischen zweiundzwanzig Uhr und Mitternacht",
            ),
            (German, When::Around(1), "gegen ein Uhr"),
            (
                German,
                When::Between(1, 6),
                "zwischen ein Uhr und sechs Uhr",
            ),
        ] {
            assert_eq!(when_words(when, language), words);
        }
    }

    #[test]
    fn small_words_before_hours_and_parts_of_the_day() {
        for (language, when, words) in [
            (
                Portuguese,
                When::Between(14, 18),
                "entre as duas e as seis da tarde",
            ),
            (Portuguese, When::From(13), "a partir da uma da tarde"),
            (Portuguese, When::Until(12), "até ao meio-dia"),
            (
                Italian,
                When::Between(14, 18),
                "tra le quattordici e le diciotto",
            ),
            (Italian, When::Until(18), "fino alle diciotto"),
            (Italian, When::From(12), "da mezzogiorno"),
            (
                Italian,
                When::Parts(Part::Morning, Part::Evening),
                "dal mattino alla sera",
            ),
            (
                French,
                When::Parts(Part::Morning, Part::Evening),
                "du matin à la soirée",
            ),
            (
                Portuguese,
                When::Parts(Part::Night, Part::Midday),
                "da madrugada ao meio do dia",
            ),
        ] {
            assert_eq!(when_words(when, language), words);
        }
    }
}
