//! Rain of every kind.

use super::{Sheet, london};
use crate::domain::compose::tests::series::Series;
use crate::domain::forecast::Conditions::{
    Cloudy, HeavyRain, LightRain, LightShowers, MostlyClear, PartlyCloudy, Rain, Showers,
    StrongThunderstorm, Thunderstorm,
};

/// Seven on a grey September morning.
fn grey() -> Series {
    london("2026-09-15 07:00", 8.0, 14.0)
        .sky(1, 0..24, Cloudy)
        .sky(2, 0..24, PartlyCloudy)
}

pub(super) fn one_spell_sheet() -> Sheet {
    let mut sheet = Sheet::default();
    let afternoon = grey().falls(1, 14..18, Rain, 90, 2.2);
    sheet.today(
        "afternoon, breezy",
        &afternoon.wind(1, 0..24, 26.0, 47.0, 230),
    );
    sheet.today("from two", &grey().falls(1, 14..24, Rain, 70, 1.0));
    let morning = grey().falls(1, 0..12, Rain, 90, 1.0);
    sheet.today("until noon, then sun", &morning.sky(1, 12..24, MostlyClear));
    sheet.today("all day", &grey().falls(1, 0..24, Rain, 100, 1.4));
    let perhaps = grey().falls(1, 15..19, LightShowers, 40, 0.2);
    sheet.today("perhaps, after sun", &perhaps.sky(1, 6..15, MostlyClear));
    sheet.today("hardly", &grey().falls(1, 15..19, Rain, 10, 1.0));
    sheet.today("one wet hour", &grey().falls(1, 15..16, LightRain, 50, 0.4));
    sheet.today(
        "one damp hour, not worth a word",
        &grey().falls(1, 15..16, LightRain, 30, 0.1),
    );
    sheet.today("drizzle", &grey().falls(1, 7..17, LightRain, 80, 0.15));
    let downpour = grey().falls(1, 10..15, HeavyRain, 100, 9.0);
    sheet.today(
        "downpour in a gale",
        &downpour.wind(1, 8..20, 45.0, 80.0, 200),
    );
    let peaked = grey().falls(1, 9..21, LightRain, 90, 0.3);
    sheet.today("long, with a peak", &peaked.falls(1, 16..19, Rain, 90, 3.0));
    sheet
}

pub(super) fn more_than_one_spell_sheet() -> Sheet {
    let mut sheet = Sheet::default();
    let showers = |series: Series, hours| series.falls(1, hours, Showers, 70, 0.6);
    let on_and_off = showers(showers(showers(grey(), 8..10), 12..14), 16..19);
    sheet.today("on and off", &on_and_off);
    sheet.today(
        "twice",
        &grey()
            .falls(1, 0..9, Rain, 90, 1.0)
            .falls(1, 18..22, Rain, 90, 1.0),
    );
    let storms =
        grey()
            .falls(1, 8..10, Showers, 80, 1.0)
            .falls(1, 17..21, StrongThunderstorm, 60, 5.0);
    sheet.today("showers, storms late", &storms);
    let sunny = grey().sky(1, 0..24, MostlyClear);
    sheet.today(
        "sun, then thunder",
        &sunny.falls(1, 16..20, Thunderstorm, 70, 3.0),
    );
    let mixed = grey()
        .falls(1, 10..18, Rain, 90, 1.0)
        .falls(1, 14..15, Thunderstorm, 90, 3.0);
    sheet.today("rain with one clap", &mixed);
    let far_apart = grey()
        .falls(1, 7..8, Rain, 90, 2.0)
        .falls(1, 15..16, Rain, 90, 2.0);
    sheet.today(
        "three, far apart",
        &far_apart.falls(1, 22..23, Rain, 90, 4.0),
    );
    sheet
}

pub(super) fn with_data_missing_sheet() -> Sheet {
    let mut sheet = Sheet::default();
    let chance = grey().each(1, 13..17, |_, h| h.precipitation_probability = Some(30));
    sheet.today("a chance without amounts", &chance);
    let amounts = grey()
        .falls(1, 13..17, Rain, 0, 1.0)
        .with(|h| h.precipitation_probability = None);
    sheet.today("amounts without a chance", &amounts);
    let codes = grey().falls(1, 13..17, Rain, 0, 0.0).with(|h| {
        h.precipitation_probability = None;
        h.precipitation_mm = None;
        h.snowfall_cm = None;
    });
    sheet.today("conditions only", &codes);
    sheet.today(
        "no conditions",
        &grey()
            .falls(1, 13..17, Rain, 80, 1.0)
            .with(|h| h.conditions = None),
    );
    let temperatures = grey().with(|h| {
        h.precipitation_probability = None;
        h.precipitation_mm = None;
        h.snowfall_cm = None;
        h.conditions = None;
    });
    sheet.today("temperatures only", &temperatures);
    sheet.today(
        "no temperatures",
        &grey()
            .falls(1, 13..17, Rain, 80, 1.0)
            .with(|h| h.temperature_c = None),
    );
    sheet.today(
        "a hole at noon",
        &grey().each(1, 11..14, |_, h| h.temperature_c = None),
    );
    let mut six_hourly = grey().falls(1, 12..18, Rain, 70, 1.0);
    six_hourly.forecast.hours.retain_mut(|h| {
        h.span_hours = 6;
        h.start.as_second() % 21_600 == 0
    });
    sheet.today("blocks of six hours", &six_hourly);
    let extremes = six_hourly.with(|h| {
        h.high_c = h.temperature_c.map(|c| c + 4.0);
        h.low_c = h.temperature_c.map(|c| c - 4.0);
    });
    sheet.today("blocks that know their extremes", &extremes);
    sheet
}

#[test]
fn one_spell() {
    insta::assert_snapshot!(one_spell_sheet().english());
}

#[test]
fn more_than_one_spell() {
    insta::assert_snapshot!(more_than_one_spell_sheet().english());
}

#[test]
fn with_data_missing() {
    insta::assert_snapshot!(with_data_missing_sheet().english());
}
