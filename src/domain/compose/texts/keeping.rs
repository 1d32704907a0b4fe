//! ME and MY DATA: what is set, what comes next, how the last one ended, what we keep.

use jiff::civil::Date;

use super::days::{last_date, long_date};
use super::say::Say;
use super::{Line, first_fit, listed, plain};
use crate::domain::delivery::DeliveryStatus;
use crate::domain::language::Language;
use crate::domain::subscriber::Units;

/// ME.
#[must_use]
pub fn status(
    language: Language,
    subscriptions: &[Line],
    next: Option<&str>,
    last: Option<&str>,
) -> String {
    let next = next.map_or(String::new(), |next| {
        Say::StatusNext.fill(language, &[("next", next)])
    });
    let last = last.map_or(String::new(), |last| format!(" {last}"));
    let whole = super::run_on(subscriptions);
    let short = listed(language, subscriptions, false, |list| {
        format!("{list}.{next}")
    });
    let told = |say: Say| {
        say.fill(
            language,
            &[("list", &whole), ("next", &next), ("last", &last)],
        )
    };
    first_fit([
        told(Say::Status),
        told(Say::StatusShort),
        told(Say::StatusShorter),
        format!("{whole}.{next}{last}"),
        short,
    ])
}

/// ME without a daily text.
#[must_use]
pub fn status_none(language: Language, place: Option<&str>) -> String {
    let none = Say::StatusNone.text(language).to_owned();
    match place {
        Some(place) => first_fit([
            Say::StatusNoneHere.fill(language, &[("place", &plain(place))]),
            none,
        ]),
        None => none,
    }
}

/// How the last daily text ended: `Today's was delivered.`
#[must_use]
pub fn last_words(language: Language, date: Date, today: Date, status: DeliveryStatus) -> String {
    let how = match status {
        DeliveryStatus::Pending
        | DeliveryStatus::Attempting
        | DeliveryStatus::Unclear
        | DeliveryStatus::Accepted => Say::OnItsWay,
        DeliveryStatus::Sent => Say::WasSent,
        DeliveryStatus::Delivered => Say::WasDelivered,
        DeliveryStatus::Undelivered | DeliveryStatus::Failed => Say::WasNotDelivered,
        DeliveryStatus::Skipped => Say::WasSkipped,
        DeliveryStatus::Unknown => Say::MayBeLost,
    };
    let how = ("how", how.text(language));
    match (today - date).get_days() {
        0 => Say::LastToday.fill(language, &[how]),
        1 => Say::LastYesterday.fill(language, &[how]),
        _ => Say::LastOf.fill(language, &[("date", &last_date(language, date)), how]),
    }
}

/// What MY DATA says.
#[derive(Debug, Clone)]
pub struct Kept {
    /// `+14155550101`.
    pub phone: String,
    /// The day of the first text.
    pub since: Date,
    /// Those of the texts.
    pub units: Units,
    /// The one that was chosen or heard; `None`: that of the phone's country.
    pub language: Option<Language>,
    /// The last place asked for.
    pub place: Option<String>,
    /// The daily texts.
    pub subscriptions: Vec<Line>,
}

/// Segments that MY DATA may have.
pub const MY_DATA_SEGMENTS: usize = 5;

/// MY DATA: at most five segments.
#[must_use]
pub fn my_data(language: Language, kept: &Kept) -> String {
    let room = 153 * MY_DATA_SEGMENTS;
    let head = head(language, kept);
    let tail = Say::MyDataMore.text(language);
    // The words around the list, and what stands between them.
    let fixed = head.len() + tail.len() + 60;
    let mut list = String::new();
    for (at, one) in kept.subscriptions.iter().enumerate() {
        let one = plain(&one.in_full());
        if fixed + list.len() + one.len() > room {
            list = Say::AndMore.fill(language, &[("list", &list)]);
            break;
        }
        if at > 0 {
            list.push_str("; ");
        }
        list.push_str(&one);
    }
    if list.is_empty() {
        Say::MyDataNone.text(language).clone_into(&mut list);
    }
    let daily = Say::MyDataDaily.fill(language, &[("list", &list)]);
    format!("{head}{daily}{tail}")
}

fn head(language: Language, kept: &Kept) -> String {
    let place = kept.place.as_deref().map_or(String::new(), |place| {
        Say::MyDataPlace.fill(language, &[("place", &plain(place))])
    });
    let spoken = kept.language.map_or(String::new(), |spoken| {
        Say::MyDataLanguage.fill(language, &[("language", Say::LanguageName.text(spoken))])
    });
    let units = match kept.units {
        Units::Metric => Say::Metric,
        Units::Imperial => Say::Imperial,
    };
    Say::MyData.fill(
        language,
        &[
            ("phone", &kept.phone),
            ("since", &long_date(language, kept.since)),
            ("units", units.text(language)),
            ("language", &spoken),
            ("place", &place),
        ],
    )
}
