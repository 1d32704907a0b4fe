//! English: how a telling is read aloud.

mod numbers;
pub(super) mod speech;

use super::written::{
    clock as written_clock, countries as names, lead as written_lead, lists as written_lists,
    words as written_words,
};

/// Country names.
mod countries {
    use crate::domain::language::Language;
    use crate::domain::phone::Country;

    pub(super) fn name(country: Country) -> Option<&'static str> {
        super::names::name(country, Language::English)
    }
}

/// What speech shares with the leading clause.
mod lead {
    use crate::domain::compose::outlook::Sky;
    use crate::domain::language::Language;

    pub(super) use super::written_lead::{chance_of, name_of};

    pub(super) fn after(sky: Option<Sky>) -> &'static str {
        super::written_lead::after(sky, Language::English)
    }
}

/// Single words.
mod words {
    use crate::domain::compose::outlook::{Cover, Name};
    use crate::domain::language::Language;

    pub(super) fn cover(cover: Cover, by_day: bool) -> &'static str {
        super::written_words::cover(cover, by_day, Language::English)
    }

    pub(super) fn short_name(name: Name) -> &'static str {
        super::written_words::short_name(name, Language::English)
    }

    pub(super) fn push_name(out: &mut String, name: Name) {
        out.push_str(&super::written_words::name(name, Language::English));
    }
}

/// Times without figures.
mod clock {
    use crate::domain::compose::outlook::{Part, Reach};
    use crate::domain::language::Language;

    pub(super) use super::written_clock::weekday_long;

    pub(super) fn throughout(reach: Reach) -> &'static str {
        super::written_clock::throughout(reach).text(Language::English)
    }

    pub(super) fn in_part(part: Part) -> &'static str {
        super::written_clock::in_part(part).text(Language::English)
    }

    pub(super) const fn part(part: Part) -> &'static str {
        match part {
            Part::Night => "night",
            Part::Morning => "morning",
            Part::Midday => "midday",
            Part::Afternoon => "afternoon",
            Part::Evening => "evening",
        }
    }
}

/// What an hour looks like.
mod lists {
    use crate::domain::forecast::Hour;
    use crate::domain::language::Language;

    pub(super) fn condition_word(hour: &Hour, by_day: bool) -> Option<&'static str> {
        super::written_lists::condition_word(hour, by_day, Language::English)
    }
}
