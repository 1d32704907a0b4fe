//! Heat, sun, storms and wind, in both hemispheres.

use super::{Sheet, in_state, london, lyon};
use crate::domain::compose::tests::series::{Series, place};
use crate::domain::forecast::Conditions::{
    Cloudy, Dust, Fog, Haze, HeavyShowers, MostlyClear, PartlyCloudy, Showers, Smoke,
    StrongThunderstorm,
};
use crate::domain::forecast::Window;

pub(super) fn heat_and_sun_sheet() -> Sheet {
    let mut sheet = Sheet::default();
    let phoenix = in_state(
        place("Phoenix", "US", "America/Phoenix", 33.45, -112.07),
        "AZ",
    );
    let phoenix = Series::new(phoenix, "2026-07-18 06:00", 31.0, 45.0);
    sheet.both(
        "desert",
        &phoenix
            .clone()
            .each(1, 9..16, |_, h| h.uv_index = Some(11.2)),
        Window::Today,
    );
    let manila = place("Manila", "PH", "Asia/Manila", 14.6, 120.98);
    let manila = Series::new(manila, "2026-07-18 06:00", 26.0, 32.0).sky(1, 0..24, PartlyCloudy);
    let manila_hot = manila.clone();
    let humid = manila
        .falls(1, 14..18, HeavyShowers, 80, 6.0)
        .each(1, 8..20, |_, h| {
            h.feels_like_c = h.temperature_c.map(|t| t + 6.0);
            h.uv_index = Some(9.6);
        });
    sheet.both("tropics", &humid, Window::Today);
    sheet.today("sunny", &lyon("2026-07-18 07:00", 16.0, 29.0));
    let coast = in_state(
        place("San Francisco", "US", "America/Los_Angeles", 37.77, -122.42),
        "CA",
    );
    sheet.today(
        "sea fog",
        &Series::new(coast, "2026-07-18 07:00", 12.0, 18.0).sky(1, 0..11, Fog),
    );
    sheet.both("smoke", &phoenix.sky(1, 0..18, Smoke), Window::Today);
    let haze = manila_hot.sky(1, 0..24, Haze).sky(2, 0..24, Dust);
    sheet.both("haze, then dust", &haze, Window::Today);
    let summer = || lyon("2026-07-18 07:00", 16.0, 26.0);
    sheet.today(
        "sun, then cloud",
        &summer().sky(1, 14..24, Cloudy).sky(2, 0..24, PartlyCloudy),
    );
    sheet.today("cloud, then sun", &summer().sky(1, 0..12, Cloudy));
    sheet.today(
        "half and half",
        &summer()
            .sky(1, 0..24, PartlyCloudy)
            .sky(2, 0..24, MostlyClear),
    );
    sheet.today(
        "much warmer",
        &london("2026-06-18 07:00", 14.0, 27.0).temperature(0, 10.0, 18.0),
    );
    sheet
}

pub(super) fn storms_and_the_south_sheet() -> Sheet {
    let mut sheet = Sheet::default();
    let tulsa = in_state(place("Tulsa", "US", "America/Chicago", 36.15, -95.99), "OK");
    let tulsa = Series::new(tulsa, "2026-05-18 07:00", 19.0, 31.0).falls(
        1,
        15..21,
        StrongThunderstorm,
        70,
        4.5,
    );
    sheet.both(
        "tulsa storms",
        &tulsa.wind(1, 15..21, 35.0, 80.0, 200),
        Window::Today,
    );
    let sydney = in_state(
        place("Sydney", "AU", "Australia/Sydney", -33.87, 151.21),
        "NSW",
    );
    let sydney = Series::new(sydney, "2026-01-18 07:00", 20.0, 30.0)
        .each(1, 9..16, |_, h| h.uv_index = Some(12.0));
    let calm = lyon("2026-07-18 07:00", 16.0, 29.0);
    sheet.today(
        "gusts out of a calm",
        &calm.clone().wind(1, 13..19, 12.0, 64.0, 270),
    );
    sheet.today("a squall", &calm.wind(1, 16..17, 30.0, 85.0, 270));
    sheet.today("southern summer", &sydney.wind(1, 13..22, 40.0, 65.0, 180));
    let wellington = place("Wellington", "NZ", "Pacific/Auckland", -41.29, 174.78);
    let wellington =
        Series::new(wellington, "2026-06-18 07:00", 11.0, 17.0).sky(1, 0..24, PartlyCloudy);
    let gales = wellington
        .wind(1, 0..24, 30.0, 50.0, 330)
        .wind(1, 12..21, 65.0, 102.0, 330);
    sheet.both(
        "gales",
        &gales.falls(2, 9..14, Showers, 60, 1.0),
        Window::Today,
    );
    let ushuaia = place("Ushuaia", "AR", "America/Argentina/Ushuaia", -54.8, -68.3);
    sheet.today(
        "far south in July",
        &Series::new(ushuaia, "2026-07-18 07:00", -2.0, 3.0),
    );
    let tromso = place("Tromsø", "NO", "Europe/Oslo", 69.65, 18.96);
    sheet.today(
        "polar day, evening",
        &Series::new(tromso, "2026-06-18 20:00", 7.0, 13.0),
    );
    sheet
}

#[test]
fn heat_and_sun() {
    insta::assert_snapshot!(heat_and_sun_sheet().english());
}

#[test]
fn storms_and_the_south() {
    insta::assert_snapshot!(storms_and_the_south_sheet().english());
}
