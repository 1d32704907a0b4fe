//! Weathers and their texts, to be read by an editor.

use Conditions::{
    Cloudy, Fog, FreezingFog, FreezingRain, HeavyRain, HeavyShowers, HeavySnow, LightRain,
    LightShowers, LightSnow, MostlyClear, PartlyCloudy, Rain, Showers, Sleet, Snow, SnowShowers,
    StrongThunderstorm, Thunderstorm,
};

use super::series::{Series, in_state, place};
use crate::domain::forecast::{Conditions, Window};

fn london(now: &str, low: f32, high: f32) -> Series {
    Series::new(
        place("London", "GB", "Europe/London", 51.51, -0.13),
        now,
        low,
        high,
    )
}

fn lyon(now: &str, low: f32, high: f32) -> Series {
    Series::new(
        place("Lyon", "FR", "Europe/Paris", 45.75, 4.85),
        now,
        low,
        high,
    )
}

fn buffalo(now: &str, low: f32, high: f32) -> Series {
    let buffalo = in_state(
        place("Buffalo", "US", "America/New_York", 42.89, -78.88),
        "NY",
    );
    Series::new(buffalo, now, low, high)
}

/// A named weather, then its text.
fn today(page: &mut String, name: &str, series: &Series) {
    add(page, name, series, Window::Today);
}

fn add(page: &mut String, name: &str, series: &Series, window: Window) {
    page.push_str(&format!("{name}\n    {}\n", series.text(window).trim_end()));
}

#[test]
fn rain() {
    let mut page = String::new();
    let at7 = || {
        london("2026-09-15 07:00", 8.0, 14.0)
            .sky(1, 0..24, Cloudy)
            .sky(2, 0..24, PartlyCloudy)
    };
    let p = &mut page;
    today(
        p,
        "afternoon",
        &at7()
            .falls(1, 14..18, Rain, 90, 2.2)
            .wind(1, 0..24, 26.0, 47.0, 230),
    );
    today(p, "from two", &at7().falls(1, 14..24, Rain, 70, 1.0));
    today(
        p,
        "until noon, then sun",
        &at7()
            .falls(1, 0..12, Rain, 90, 1.0)
            .sky(1, 12..24, MostlyClear),
    );
    today(p, "all day", &at7().falls(1, 0..24, Rain, 100, 1.4));
    today(
        p,
        "on and off",
        &at7()
            .falls(1, 8..10, Showers, 60, 0.6)
            .falls(1, 12..14, Showers, 60, 0.6)
            .falls(1, 16..19, Showers, 70, 0.6),
    );
    today(
        p,
        "twice",
        &at7()
            .falls(1, 0..9, Rain, 90, 1.0)
            .falls(1, 18..22, Rain, 90, 1.0),
    );
    today(
        p,
        "perhaps",
        &at7()
            .falls(1, 15..19, LightShowers, 40, 0.2)
            .sky(1, 6..15, MostlyClear),
    );
    today(
        p,
        "sun, then thunder",
        &at7()
            .sky(1, 0..24, MostlyClear)
            .falls(1, 16..20, Thunderstorm, 70, 3.0),
    );
    today(
        p,
        "one wet hour",
        &at7().falls(1, 15..16, LightRain, 50, 0.4),
    );
    today(p, "drizzle", &at7().falls(1, 7..17, LightRain, 80, 0.15));
    today(
        p,
        "downpour",
        &at7()
            .falls(1, 10..15, HeavyRain, 100, 9.0)
            .wind(1, 8..20, 45.0, 80.0, 200),
    );
    today(
        p,
        "a chance without amounts",
        &at7().each(1, 13..17, |_, h| h.precipitation_probability = Some(30)),
    );
    today(
        p,
        "amounts without a chance",
        &at7()
            .falls(1, 13..17, Rain, 0, 1.0)
            .with(|h| h.precipitation_probability = None),
    );
    today(
        p,
        "showers in the morning, thunderstorms late",
        &at7()
            .falls(1, 8..10, Showers, 80, 1.0)
            .falls(1, 17..21, StrongThunderstorm, 60, 5.0),
    );
    insta::assert_snapshot!(page);
}

#[test]
fn winter() {
    let mut page = String::new();
    let p = &mut page;
    let at7 = || {
        buffalo("2026-01-16 07:00", -8.0, -2.0)
            .sky(1, 0..24, Cloudy)
            .sky(2, 0..24, Cloudy)
    };
    today(
        p,
        "snow from ten",
        &at7()
            .falls(1, 10..24, Snow, 90, 1.0)
            .wind(1, 8..24, 25.0, 48.0, 315)
            .each(1, 8..24, |_, h| {
                h.feels_like_c = h.temperature_c.map(|t| t - 6.0)
            }),
    );
    today(p, "a dusting", &at7().falls(1, 10..13, LightSnow, 60, 0.3));
    today(
        p,
        "lake effect",
        &at7()
            .falls(1, 0..24, HeavySnow, 100, 2.4)
            .falls(2, 0..10, SnowShowers, 70, 0.5),
    );
    today(
        p,
        "rain to snow",
        &at7()
            .temperature(1, 0.0, 4.0)
            .falls(1, 9..15, Rain, 90, 1.0)
            .falls(1, 15..24, Snow, 90, 1.0),
    );
    today(
        p,
        "snow to rain",
        &at7()
            .temperature(1, -1.0, 5.0)
            .falls(1, 6..12, Snow, 90, 1.0)
            .falls(1, 12..20, Rain, 90, 1.0),
    );
    today(
        p,
        "freezing rain",
        &at7().falls(1, 5..9, FreezingRain, 60, 0.5),
    );
    today(p, "sleet", &at7().falls(1, 8..14, Sleet, 80, 0.8));
    today(
        p,
        "mixed up",
        &at7()
            .falls(1, 8..10, Snow, 80, 0.8)
            .falls(1, 10..12, FreezingRain, 80, 0.8)
            .falls(1, 12..15, Rain, 80, 1.0),
    );
    today(p, "much colder", &at7().temperature(0, 4.0, 12.0));
    today(
        p,
        "falling all day",
        &at7().each(1, 0..24, |h, hour| {
            hour.temperature_c = Some(10.0 - h as f32 * 0.8)
        }),
    );
    let paris = || lyon("2026-01-16 07:00", -3.0, 6.0);
    today(p, "frost and fog", &paris().sky(1, 0..10, FreezingFog));
    today(
        p,
        "grey and calm",
        &paris()
            .temperature(1, 2.0, 4.0)
            .temperature(2, 2.0, 4.0)
            .sky(1, 0..24, Cloudy)
            .sky(2, 0..24, Cloudy),
    );
    let yakutsk = Series::new(
        place("Yakutsk", "RU", "Asia/Yakutsk", 62.03, 129.73),
        "2026-01-16 07:00",
        -44.0,
        -38.0,
    );
    today(p, "minus forty", &yakutsk.sky(1, 0..24, MostlyClear));
    let svalbard = Series::new(
        place("Longyearbyen", "SJ", "Arctic/Longyearbyen", 78.22, 15.64),
        "2026-01-16 07:00",
        -15.0,
        -9.0,
    );
    today(
        p,
        "polar night",
        &svalbard
            .clone()
            .falls(1, 9..15, LightSnow, 60, 0.2)
            .wind(1, 0..24, 30.0, 44.0, 90)
            .each(1, 0..24, |_, h| {
                h.feels_like_c = h.temperature_c.map(|t| t - 7.0)
            }),
    );
    today(p, "polar night, clear", &svalbard);
    insta::assert_snapshot!(page);
}

#[test]
fn summer() {
    let mut page = String::new();
    let p = &mut page;
    let phoenix = in_state(
        place("Phoenix", "US", "America/Phoenix", 33.45, -112.07),
        "AZ",
    );
    today(
        p,
        "desert",
        &Series::new(phoenix, "2026-07-18 06:00", 31.0, 45.0)
            .each(1, 9..16, |_, h| h.uv_index = Some(11.2)),
    );
    let manila = Series::new(
        place("Manila", "PH", "Asia/Manila", 14.6, 120.98),
        "2026-07-18 06:00",
        26.0,
        32.0,
    )
    .sky(1, 0..24, PartlyCloudy);
    today(
        p,
        "tropics",
        &manila
            .falls(1, 14..18, HeavyShowers, 80, 6.0)
            .each(1, 8..20, |_, h| {
                h.feels_like_c = h.temperature_c.map(|t| t + 6.0);
                h.uv_index = Some(9.6);
            }),
    );
    today(p, "sunny", &lyon("2026-07-18 07:00", 16.0, 29.0));
    today(
        p,
        "sea fog",
        &Series::new(
            in_state(
                place("San Francisco", "US", "America/Los_Angeles", 37.77, -122.42),
                "CA",
            ),
            "2026-07-18 07:00",
            12.0,
            18.0,
        )
        .sky(1, 0..11, Fog),
    );
    today(
        p,
        "sun, then cloud",
        &lyon("2026-07-18 07:00", 16.0, 26.0)
            .sky(1, 14..24, Cloudy)
            .sky(2, 0..24, PartlyCloudy),
    );
    today(
        p,
        "cloud, then sun",
        &lyon("2026-07-18 07:00", 16.0, 26.0).sky(1, 0..12, Cloudy),
    );
    today(
        p,
        "tulsa storms",
        &Series::new(
            in_state(place("Tulsa", "US", "America/Chicago", 36.15, -95.99), "OK"),
            "2026-05-18 07:00",
            19.0,
            31.0,
        )
        .falls(1, 15..21, StrongThunderstorm, 70, 4.5)
        .wind(1, 15..21, 35.0, 80.0, 200),
    );
    today(
        p,
        "much warmer",
        &london("2026-06-18 07:00", 14.0, 27.0).temperature(0, 10.0, 18.0),
    );
    let sydney = in_state(
        place("Sydney", "AU", "Australia/Sydney", -33.87, 151.21),
        "NSW",
    );
    today(
        p,
        "southern summer",
        &Series::new(sydney, "2026-01-18 07:00", 20.0, 30.0)
            .each(1, 9..16, |_, h| h.uv_index = Some(12.0))
            .wind(1, 13..22, 40.0, 65.0, 180),
    );
    today(
        p,
        "wellington gales",
        &Series::new(
            place("Wellington", "NZ", "Pacific/Auckland", -41.29, 174.78),
            "2026-06-18 07:00",
            11.0,
            17.0,
        )
        .sky(1, 0..24, PartlyCloudy)
        .wind(1, 0..24, 30.0, 50.0, 330)
        .wind(1, 12..21, 65.0, 102.0, 330)
        .falls(2, 9..14, Showers, 60, 1.0),
    );
    today(
        p,
        "polar day",
        &Series::new(
            place("Tromsø", "NO", "Europe/Oslo", 69.65, 18.96),
            "2026-06-18 20:00",
            7.0,
            13.0,
        ),
    );
    insta::assert_snapshot!(page);
}

#[test]
fn windows() {
    let mut page = String::new();
    let p = &mut page;
    let week = |now: &str| {
        lyon(now, 9.0, 17.0)
            .sky(1, 0..24, Cloudy)
            .falls(1, 16..20, Rain, 70, 1.5)
            .sky(2, 0..24, MostlyClear)
            .temperature(2, 7.0, 19.0)
            .falls(3, 0..24, Rain, 90, 1.0)
            .temperature(3, 8.0, 12.0)
            .sky(4, 0..24, PartlyCloudy)
            .falls(5, 12..18, LightShowers, 40, 0.3)
            .sky(6, 0..12, Fog)
    };
    let wednesday = week("2026-10-14 14:20");
    for window in [
        Window::Now,
        Window::Hours,
        Window::Today,
        Window::Tonight,
        Window::Tomorrow,
        Window::Weekend,
        Window::Week,
    ] {
        add(p, &format!("{window:?}"), &wednesday, window);
    }
    for day in [
        jiff::civil::Weekday::Wednesday,
        jiff::civil::Weekday::Friday,
        jiff::civil::Weekday::Tuesday,
    ] {
        add(p, &format!("{day:?}"), &wednesday, Window::Weekday(day));
    }
    let late = week("2026-10-14 23:30");
    for window in [
        Window::Now,
        Window::Hours,
        Window::Today,
        Window::Tonight,
        Window::Tomorrow,
        Window::Week,
    ] {
        add(p, &format!("{window:?} at 23:30"), &late, window);
    }
    for (now, window) in [
        ("2026-10-17 09:00", Window::Weekend),
        ("2026-10-18 09:00", Window::Weekend),
        ("2026-10-17 22:00", Window::Weekend),
        ("2026-10-14 02:30", Window::Today),
        ("2026-10-14 02:30", Window::Tonight),
        ("2026-10-14 18:40", Window::Today),
    ] {
        add(p, &format!("{window:?} on {now}"), &week(now), window);
    }
    let mut old = week("2026-10-14 14:20");
    old.forecast.issued_at = old.now - jiff::SignedDuration::from_hours(5);
    add(p, "an old copy", &old, Window::Today);
    old.forecast.issued_at = old.now - jiff::SignedDuration::from_hours(16);
    add(p, "yesterday's copy", &old, Window::Now);
    let mut short = week("2026-10-14 14:20");
    short.forecast.hours.truncate(24 * 3);
    add(
        p,
        "beyond the data",
        &short,
        Window::Weekday(jiff::civil::Weekday::Saturday),
    );
    add(p, "a week of two days", &short, Window::Week);
    insta::assert_snapshot!(page);
}
