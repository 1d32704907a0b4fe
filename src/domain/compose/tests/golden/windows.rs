//! Every window of one week, at every time of day; clocks that change, old copies, the end of the data, odd names.

use jiff::SignedDuration;
use jiff::civil::Weekday;

use super::{Case, Sheet, london, lyon};
use crate::domain::compose::tests::series::{Series, place};
use crate::domain::forecast::Conditions::{
    Cloudy, Fog, FreezingRain, LightShowers, LightSnow, MostlyClear, PartlyCloudy, Rain, Showers,
    Snow,
};
use crate::domain::forecast::Window;
use crate::domain::phone::Country;

/// A week with something of everything, its second day a Wednesday.
fn week(now: &str) -> Series {
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
}

pub(super) fn an_afternoon_sheet() -> Sheet {
    let mut sheet = Sheet::default();
    let wednesday = week("2026-10-14 14:20");
    for window in [
        Window::Now,
        Window::Hours,
        Window::Today,
        Window::Tonight,
        Window::Tomorrow,
        Window::Weekday(Weekday::Wednesday),
        Window::Weekday(Weekday::Friday),
        Window::Weekday(Weekday::Tuesday),
        Window::Weekend,
        Window::Week,
    ] {
        sheet.both(&format!("{window:?}"), &wednesday, window);
    }
    sheet
}

pub(super) fn odd_times_of_day_sheet() -> Sheet {
    let mut sheet = Sheet::default();
    let late = week("2026-10-14 23:30");
    for window in [
        Window::Now,
        Window::Hours,
        Window::Today,
        Window::Tonight,
        Window::Tomorrow,
        Window::Week,
    ] {
        sheet.add(&format!("{window:?} at 23:30"), &late, window);
    }
    for now in ["2026-10-17 09:00", "2026-10-18 09:00", "2026-10-17 22:00"] {
        sheet.add(&format!("Weekend on {now}"), &week(now), Window::Weekend);
    }
    for window in [Window::Now, Window::Today, Window::Tonight] {
        sheet.add(
            &format!("{window:?} at 02:30"),
            &week("2026-10-14 02:30"),
            window,
        );
    }
    let june = london("2026-06-15 15:00", 11.0, 21.0);
    sheet.add("a light night", &june, Window::Tonight);
    sheet.today("Today at 18:40", &week("2026-10-14 18:40"));
    sheet
}

/// Tomorrow as people live it: what they sleep through does not lead.
pub(super) fn before_dawn_sheet() -> Sheet {
    let mut sheet = Sheet::default();
    let evening = || lyon("2026-10-14 18:30", 9.0, 17.0).sky(2, 0..24, PartlyCloudy);
    for (name, weather) in [
        (
            "showers at night",
            evening().falls(2, 1..6, Showers, 80, 0.8),
        ),
        (
            "perhaps at night",
            evening().falls(2, 1..6, Showers, 40, 0.2),
        ),
        (
            "at night and in the evening",
            evening()
                .falls(2, 1..6, Rain, 90, 2.0)
                .falls(2, 19..22, Showers, 60, 0.8),
        ),
        (
            "until people go out",
            evening().falls(2, 1..8, Rain, 90, 1.0),
        ),
        (
            "ice at night",
            evening().falls(2, 2..5, FreezingRain, 70, 0.4),
        ),
        ("snow at night", evening().falls(2, 1..5, Snow, 90, 1.2)),
        (
            "a dusting at night",
            evening().falls(2, 3..5, LightSnow, 90, 0.2),
        ),
    ] {
        sheet.both(name, &weather, Window::Tomorrow);
        sheet.add(name, &weather, Window::Today);
    }
    sheet
}

pub(super) fn clocks_that_change_sheet() -> Sheet {
    let mut sheet = Sheet::default();
    for (name, now) in [
        ("23 hours", "2026-03-29 00:30"),
        ("25 hours", "2026-10-25 00:30"),
    ] {
        let night = london(now, 4.0, 12.0)
            .sky(1, 0..24, Cloudy)
            .falls(1, 1..3, Showers, 60, 1.0);
        sheet.today(name, &night);
        sheet.add(name, &night, Window::Tonight);
    }
    let pune = place("Pune", "IN", "Asia/Kolkata", 18.52, 73.86);
    let pune = Series::new(pune, "2026-07-18 06:00", 22.0, 27.0).sky(1, 0..24, Cloudy);
    let monsoon = pune.falls(1, 14..18, Rain, 90, 3.0);
    sheet.today("half hours", &monsoon);
    sheet.add("half hours", &monsoon, Window::Hours);
    let kathmandu = place("Kathmandu", "NP", "Asia/Kathmandu", 27.7, 85.32);
    let kathmandu = Series::new(kathmandu, "2026-07-18 06:00", 20.0, 28.0);
    sheet.today(
        "quarter hours",
        &kathmandu.falls(1, 14..18, Showers, 60, 1.0),
    );
    sheet
}

pub(super) fn old_and_short_data_sheet() -> Sheet {
    let mut sheet = Sheet::default();
    let mut old = week("2026-10-14 14:20");
    old.forecast.issued_at = old.now - SignedDuration::from_hours(5);
    sheet.both("an old copy", &old, Window::Today);
    old.forecast.issued_at = old.now - SignedDuration::from_hours(16);
    sheet.add("yesterday's copy", &old, Window::Now);
    sheet.add("yesterday's copy", &old, Window::Week);
    let mut short = week("2026-10-14 14:20");
    short.forecast.hours.truncate(24 * 3);
    sheet.add(
        "beyond the data",
        &short,
        Window::Weekday(Weekday::Saturday),
    );
    sheet.add("a week of two days", &short, Window::Week);
    sheet.add(
        "half a weekend",
        &week("2026-10-14 14:20").until(24 * 5),
        Window::Weekend,
    );
    sheet.add(
        "the last hours",
        &week("2026-10-14 14:20").until(24 + 16),
        Window::Now,
    );
    sheet.today("the last hours", &week("2026-10-14 14:20").until(24 + 16));
    for window in [
        Window::Now,
        Window::Hours,
        Window::Today,
        Window::Tonight,
        Window::Tomorrow,
        Window::Week,
    ] {
        sheet.both("nothing", &week("2026-10-14 14:20").until(0), window);
    }
    sheet
}

pub(super) fn names_and_rooms_sheet() -> Sheet {
    let mut sheet = Sheet::default();
    let mut add = |name: &str, country: &str, reader: Option<&str>, room: usize| {
        let mut series = week("2026-10-14 07:00").wind(1, 0..24, 30.0, 60.0, 10);
        series.place.name = name.to_owned();
        series.place.country = Country::parse(country).unwrap();
        let reader = reader.and_then(Country::parse);
        sheet.0.push(Case {
            name: format!("{name} {country} for {reader:?}, {room}"),
            series,
            window: Window::Today,
            reader,
            room,
            spoken: false,
        });
    };
    add("Köln", "DE", Some("US"), 160);
    add("Łódź", "PL", Some("PL"), 160);
    add("Paris", "FR", None, 160);
    add("Singapore", "SG", Some("GB"), 160);
    add("Москва", "RU", Some("US"), 160);
    add("東京", "JP", Some("JP"), 160);
    add("Bergen", "NO", Some("NO"), 160);
    add("Reykjavík", "IS", Some("SE"), 160);
    add(
        "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
        "GB",
        None,
        160,
    );
    add(
        "San Fernando del Valle de Catamarca de la Sierra",
        "AR",
        Some("US"),
        160,
    );
    for room in [120, 90, 70, 60, 40, 20] {
        add("Paris", "FR", None, room);
    }
    sheet
}

#[test]
fn an_afternoon() {
    insta::assert_snapshot!(an_afternoon_sheet().english());
}

#[test]
fn odd_times_of_day() {
    insta::assert_snapshot!(odd_times_of_day_sheet().english());
}

#[test]
fn before_dawn() {
    insta::assert_snapshot!(before_dawn_sheet().english());
}

#[test]
fn clocks_that_change() {
    insta::assert_snapshot!(clocks_that_change_sheet().english());
}

#[test]
fn old_and_short_data() {
    insta::assert_snapshot!(old_and_short_data_sheet().english());
}

#[test]
fn names_and_rooms() {
    insta::assert_snapshot!(names_and_rooms_sheet().english());
}
