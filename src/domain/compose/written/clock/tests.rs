//! Tests of `domain/compose/written/clock.rs`.

use super::*;

#[test]
fn says_times_as_the_country_does() {
    let country = |code: &str| ClockStyle::of_country(Country::parse(code));
    assert_eq!(country("US"), ClockStyle::H12);
    assert_eq!(country("GB"), ClockStyle::H12);
    assert_eq!(country("FR"), ClockStyle::H24);
    assert_eq!(ClockStyle::of_country(None), ClockStyle::H24);
    let words = |text: &str| {
        let time = SendTime::parse(text).unwrap();
        format!(
            "{} {}",
            clock_words(time, ClockStyle::H12),
            clock_words(time, ClockStyle::H24)
        )
    };
    assert_eq!(words("07:00"), "7am 07:00");
    assert_eq!(words("18:30"), "6:30pm 18:30");
    assert_eq!(words("00:00"), "midnight 00:00");
    assert_eq!(words("00:05"), "12:05am 00:05");
    assert_eq!(words("12:00"), "noon 12:00");
    assert_eq!(words("12:30"), "12:30pm 12:30");
}

#[test]
fn ranges_name_the_half_once() {
    let english = |style, a, b| Dial::new(Language::English, style).range(a, b);
    let range = |a, b| {
        let both = [ClockStyle::H12, ClockStyle::H24].map(|style| english(style, a, b));
        both.join(" ")
    };
    assert_eq!(range(14, 18), "2-6pm 14:00-18:00");
    assert_eq!(range(9, 14), "9am-2pm 09:00-14:00");
    assert_eq!(range(12, 15), "noon-3pm 12:00-15:00");
    assert_eq!(range(21, 24), "9pm-midnight 21:00-00:00");
    assert_eq!(range(22, 3), "10pm-3am 22:00-03:00");
    assert_eq!(range(23, 22), "11pm-10pm 23:00-22:00");
}

#[test]
fn each_language_says_hours_its_own_way() {
    let all = |when| {
        let dial = |language| Dial::new(language, ClockStyle::H24);
        Language::ALL
            .map(|language| dial(language).when(when))
            .join(" / ")
    };
    assert_eq!(
        all(When::Between(14, 18)),
        "14:00-18:00 / 14-18h / 14-18h / 14-18 Uhr / 14-18h / ore 14-18"
    );
    assert_eq!(
        all(When::Between(21, 24)),
        "21:00-00:00 / 21-24h / 21-24h / 21-24 Uhr / 21-24h / ore 21-24"
    );
    assert_eq!(
        all(When::Until(1)),
        "until 01:00 / hasta la 1h / jusqu'à 1h / bis 1 Uhr / até a 1h / fino all'1"
    );
    assert_eq!(
        all(When::From(0)),
        "from 00:00 / desde medianoche / dès minuit / ab Mitternacht / a partir da meia-noite / da mezzanotte"
    );
    assert_eq!(
        all(When::Around(12)),
        "around 12:00 / hacia las 12h / vers midi / gegen 12 Uhr / por volta das 12h / verso le 12"
    );
    assert_eq!(
        all(When::Parts(Part::Morning, Part::Evening)),
        "from morning into the evening / de la mañana a la noche / du matin au soir / von morgens bis abends / da manha à noite / dal mattino alla sera"
    );
}
