//! Snow, ice, fog and cold.

use super::{Sheet, buffalo, lyon};
use crate::domain::compose::tests::series::{Series, place};
use crate::domain::forecast::Conditions::{
    Cloudy, FreezingFog, FreezingRain, HeavySnow, LightSnow, MostlyClear, Rain, Sleet, Snow,
    SnowShowers,
};
use crate::domain::forecast::Window;

/// Seven on a grey January morning by the lakes.
fn grey() -> Series {
    buffalo("2026-01-16 07:00", -8.0, -2.0)
        .sky(1, 0..24, Cloudy)
        .sky(2, 0..24, Cloudy)
}

fn feeling(series: Series, colder: f32) -> Series {
    series.each(1, 0..24, |_, h| {
        h.feels_like_c = h.temperature_c.map(|t| t - colder)
    })
}

pub(super) fn snow_and_ice_sheet() -> Sheet {
    let mut sheet = Sheet::default();
    let storm = grey()
        .falls(1, 10..24, Snow, 90, 1.0)
        .wind(1, 8..24, 25.0, 48.0, 315);
    sheet.today("snow from ten", &feeling(storm, 6.0));
    sheet.today("a dusting", &grey().falls(1, 10..13, LightSnow, 60, 0.3));
    let lake = grey()
        .falls(1, 0..24, HeavySnow, 100, 2.4)
        .falls(2, 0..10, SnowShowers, 70, 0.5);
    sheet.today("lake effect", &lake);
    let thaw = grey().temperature(1, 0.0, 4.0);
    sheet.today(
        "rain to snow",
        &thaw
            .clone()
            .falls(1, 9..15, Rain, 90, 1.0)
            .falls(1, 15..24, Snow, 90, 1.0),
    );
    sheet.today(
        "snow to rain",
        &thaw
            .falls(1, 6..12, Snow, 90, 1.0)
            .falls(1, 12..20, Rain, 90, 1.0),
    );
    sheet.today(
        "freezing rain",
        &grey().falls(1, 5..9, FreezingRain, 60, 0.5),
    );
    sheet.today("sleet", &grey().falls(1, 8..14, Sleet, 80, 0.8));
    let mixed = grey()
        .falls(1, 8..10, Snow, 80, 0.8)
        .falls(1, 10..12, FreezingRain, 80, 0.8);
    sheet.today("mixed up", &mixed.falls(1, 12..15, Rain, 80, 1.0));
    sheet.today(
        "snow over there tomorrow",
        &grey().falls(2, 9..18, Snow, 90, 1.0),
    );
    sheet
}

pub(super) fn cold_and_grey_sheet() -> Sheet {
    let mut sheet = Sheet::default();
    sheet.today("much colder", &grey().temperature(0, 4.0, 12.0));
    let falling = grey().each(1, 0..24, |at, hour| {
        hour.temperature_c = Some(10.0 - at as f32 * 0.8)
    });
    sheet.today("falling all day", &falling);
    let rising = grey().each(1, 0..24, |at, hour| {
        hour.temperature_c = Some(-8.0 + at as f32 * 0.6)
    });
    sheet.today("rising all day", &rising);
    let paris = || lyon("2026-01-16 07:00", -3.0, 6.0);
    sheet.today("frost and fog", &paris().sky(1, 0..10, FreezingFog));
    sheet.today(
        "fog all day",
        &paris().temperature(1, 0.0, 2.0).sky(1, 0..24, FreezingFog),
    );
    let calm = paris().temperature(1, 2.0, 4.0).temperature(2, 2.0, 4.0);
    sheet.both(
        "grey and calm",
        &calm.sky(1, 0..24, Cloudy).sky(2, 0..24, Cloudy),
        Window::Today,
    );
    sheet.today(
        "around zero",
        &paris().temperature(1, -0.4, 0.4).temperature(2, -0.4, -0.2),
    );
    sheet
}

pub(super) fn the_far_north_sheet() -> Sheet {
    let mut sheet = Sheet::default();
    let yakutsk = place("Yakutsk", "RU", "Asia/Yakutsk", 62.03, 129.73);
    let yakutsk = Series::new(yakutsk, "2026-01-16 07:00", -44.0, -38.0).sky(1, 0..24, MostlyClear);
    sheet.both("minus forty", &feeling(yakutsk, 8.0), Window::Today);
    let svalbard = place("Longyearbyen", "SJ", "Arctic/Longyearbyen", 78.22, 15.64);
    let svalbard = Series::new(svalbard, "2026-01-16 07:00", -15.0, -9.0);
    let windy = svalbard
        .clone()
        .falls(1, 9..15, LightSnow, 60, 0.2)
        .wind(1, 0..24, 30.0, 44.0, 90);
    sheet.today("polar night", &feeling(windy, 7.0));
    sheet.today("polar night, clear", &svalbard);
    let fairbanks = super::in_state(
        place("Fairbanks", "US", "America/Anchorage", 64.84, -147.72),
        "AK",
    );
    sheet.today(
        "minus forty in both",
        &Series::new(fairbanks, "2026-01-16 07:00", -46.0, -40.0),
    );
    sheet
}

#[test]
fn snow_and_ice() {
    insta::assert_snapshot!(snow_and_ice_sheet().english());
}

#[test]
fn cold_and_grey() {
    insta::assert_snapshot!(cold_and_grey_sheet().english());
}

#[test]
fn the_far_north() {
    insta::assert_snapshot!(the_far_north_sheet().english());
}
