//! Whatever stands in a text, it is one segment of plain letters.

use jiff::civil::{Date, Weekday};
use proptest::prelude::*;

use super::super::*;
use crate::domain::compose::{ClockStyle, clock_words};
use crate::domain::delivery::DeliveryStatus;
use crate::domain::forecast::Window;
use crate::domain::message::Encoding;
use crate::domain::schedule::{Days, SendTime};
use crate::domain::subscriber::{Channel, Condition, Units};

/// What may stand in a text.
#[derive(Debug, Clone)]
struct Any {
    language: Language,
    label: String,
    other: String,
    lines: Vec<Line>,
    clock: ClockStyle,
    time: SendTime,
    day: Day,
    days: Days,
    channel: Channel,
    only_if: Option<Condition>,
    units: Units,
    flags: (bool, bool),
    status: DeliveryStatus,
}

fn labels() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z ,.'-]{1,200}",
        "[\\PC]{0,80}",
        "[àéöñÉÇłşžőąêçôíáЖбдя京都{}^~€\"]{0,60}",
        Just("x".repeat(300)),
    ]
}

fn days() -> impl Strategy<Value = Day> {
    let weekday = |at: i8| Weekday::from_monday_zero_offset(at).unwrap();
    prop_oneof![
        Just(Day::Today),
        Just(Day::Tomorrow),
        (0i8..7).prop_map(move |at| Day::Weekday(weekday(at))),
        (1i16..=9999, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| Day::Date(Date::constant(y, m, d))),
    ]
}

fn anything() -> impl Strategy<Value = Any> {
    let words = (
        labels(),
        labels(),
        proptest::collection::vec((labels(), labels()), 0..7),
    );
    let when = (0u8..24, 0u8..60, days(), 1u8..128);
    let flags = (
        proptest::bool::ANY,
        proptest::bool::ANY,
        proptest::bool::ANY,
        proptest::bool::ANY,
        proptest::bool::ANY,
    );
    let states = (0usize..6, 0usize..6, 0usize..DeliveryStatus::ALL.len());
    (words, when, flags, states).prop_map(|(words, when, flags, states)| {
        let clock = if flags.0 {
            ClockStyle::H12
        } else {
            ClockStyle::H24
        };
        let time = SendTime::new(when.0, when.1).unwrap();
        let line = |(place, rest): (String, String)| Line {
            time: clock_words(time, clock),
            rest: plain(&rest),
            ..Line::of_place(&place)
        };
        Any {
            language: Language::ALL[states.0],
            label: words.0,
            other: words.1,
            lines: words.2.into_iter().map(line).collect(),
            clock,
            time,
            day: when.2,
            days: Days::of(
                (0..7)
                    .filter(|bit| when.3 & (1 << bit) != 0)
                    .map(|bit| Weekday::from_monday_zero_offset(bit).unwrap()),
            )
            .unwrap(),
            channel: if flags.1 {
                Channel::Text
            } else {
                Channel::Call
            },
            only_if: Condition::ALL.get(states.1).copied(),
            units: if flags.2 {
                Units::Metric
            } else {
                Units::Imperial
            },
            flags: (flags.3, flags.4),
            status: DeliveryStatus::ALL[states.2],
        }
    })
}

impl Any {
    fn confirmed(&self) -> Confirmed {
        Confirmed {
            label: self.label.clone(),
            time: clock_words(self.time, self.clock),
            days: days_and_channel(self.language, self.days, self.channel),
            condition: threshold(self.language, self.only_if, self.units),
            first: Some(self.day),
            passed: self.flags.0,
            abroad: self.flags.1,
        }
    }

    fn texts(&self) -> Vec<(&'static str, String)> {
        let Self {
            language,
            label,
            other,
            lines,
            ..
        } = self;
        let language = *language;
        let next = &next_at(language, Some(self.day), self.time, self.clock);
        let day = &self.day.on(language);
        let date = Date::constant(2026, 11, 20);
        let today = if self.flags.0 {
            date
        } else {
            Date::constant(2027, 9, 30)
        };
        let last = &last_words(language, date, today, self.status);
        let time = &clock_words(self.time, self.clock).to_uppercase();
        let place = Some(other.as_str());
        vec![
            ("calling", calling(language, label)),
            ("unknown_place", unknown_place(language, label)),
            ("did_you_mean", did_you_mean(language, label)),
            ("choice", choice(language, lines, self.flags.0)),
            ("wrong_number", wrong_number(language, lines)),
            ("late", late(language, label)),
            ("no_weather", no_weather(language, label)),
            ("no_forecast", no_forecast(language, label, Window::Hours)),
            ("never_came", never_came(language, label)),
            ("confirmation", confirmation(language, &self.confirmed())),
            ("changed", changed(language, &self.confirmed())),
            ("none_yet", none_yet(language, place, time)),
            ("already_yours", already_yours(language, label)),
            ("own_place", own_place(language, label)),
            ("which_subscription", which_subscription(language, lines)),
            ("paused_until", paused_until(language, label, next)),
            ("paused", paused(language, label)),
            ("resumed_one", resumed_one(language, label, next)),
            ("not_paused", not_paused(language, label, next)),
            ("skipped", skipped(language, label, day, next)),
            (
                "nothing_to_skip",
                nothing_to_skip(language, label, day, next),
            ),
            ("trip_set", trip_set(language, label, other, time, self.day)),
            ("trip_over", trip_over(language, label, next)),
            ("status", status(language, lines, Some(next), Some(last))),
            ("status_none", status_none(language, place)),
            ("resumed", resumed(language, lines, next)),
            ("already_on", already_on(language, lines, next)),
            ("ended_one", ended_one(language, label, lines)),
            ("not_yours", not_yours(language, label, lines)),
        ]
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn any_text_is_one_segment(any in anything()) {
        for (name, text) in any.texts() {
            let message = MessageBody::new(&text);
            prop_assert_eq!(message.encoding(), Encoding::Gsm7, "{}: {}", name, &text);
            prop_assert!(message.fits(1), "{}: {} septets: {}", name, message.septets(), &text);
        }
    }
}
