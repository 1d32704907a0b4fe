//! Weathers and their texts, to be read by an editor: from hourly series to text, encoding, septets and segments.

mod rain;
mod summer;
mod windows;
mod winter;

use jiff::Timestamp;

use super::second_reader;
use super::series::{Series, in_state, measured, place};
use crate::domain::compose::*;
use crate::domain::forecast::{Forecast, Window};
use crate::domain::language::Language;
use crate::domain::phone::Country;
use crate::domain::place::Place;
use crate::domain::subscriber::Units;

/// A page of named weathers.
#[derive(Default)]
struct Sheet(Vec<Case>);

/// One of them, and who asks for what of it.
struct Case {
    name: String,
    series: Series,
    window: Window,
    reader: Option<Country>,
    room: usize,
    spoken: bool,
}

impl Sheet {
    /// The day's text, as the place's own people get it.
    fn today(&mut self, name: &str, series: &Series) {
        self.add(name, series, Window::Today);
    }

    fn add(&mut self, name: &str, series: &Series, window: Window) {
        self.0.push(Case {
            name: name.to_owned(),
            series: series.clone(),
            window,
            reader: None,
            room: 160,
            spoken: false,
        });
    }

    /// The day's text, written and spoken.
    fn both(&mut self, name: &str, series: &Series, window: Window) {
        self.add(name, series, window);
        self.0.iter_mut().last().unwrap().spoken = true;
    }

    /// As the place's own people read it in English.
    fn english(&self) -> String {
        let text = |case: &Case| {
            let text = case.written(Language::English);
            let spoken = case.spoken.then(|| case.spoken());
            format!("{}\n    {text}{}", case.name, spoken.unwrap_or_default())
        };
        self.0.iter().map(text).collect()
    }

    fn written(&self, language: Language) -> String {
        let text = |case: &Case| format!("{}\n    {}", case.name, case.written(language));
        self.0.iter().map(text).collect()
    }
}

impl Case {
    /// What the place's own people would ask.
    fn ask(&self, language: Language) -> Ask<'_> {
        let country = self.series.place.country;
        let ask = self.series.ask(
            self.window,
            Units::of_country(country),
            ClockStyle::for_reader(language, Some(country)),
        );
        Ask {
            language,
            reader: self.reader,
            room: self.room,
            ..ask
        }
    }

    fn written(&self, language: Language) -> String {
        let ask = self.ask(language);
        let text = forecast_text(&self.series.forecast, &ask);
        if self.window == Window::Today {
            assert_eq!(daily_text(&self.series.forecast, &ask), text);
        }
        if let Ok(text) = &text
            && self.room == 160
        {
            let read = second_reader::check(text, &self.series.forecast, &ask);
            assert_eq!(read, Ok(()), "{}: {text}", self.name);
        }
        measured(text)
    }

    fn spoken(&self) -> String {
        let spoken = spoken_text(&self.series.forecast, &self.ask(Language::English));
        format!("    {}\n", spoken.unwrap_or_else(|why| format!("{why:?}")))
    }
}

fn sheets() -> [Sheet; 14] {
    [
        rain::one_spell_sheet(),
        rain::more_than_one_spell_sheet(),
        rain::with_data_missing_sheet(),
        summer::heat_and_sun_sheet(),
        summer::storms_and_the_south_sheet(),
        winter::snow_and_ice_sheet(),
        winter::cold_and_grey_sheet(),
        winter::the_far_north_sheet(),
        windows::an_afternoon_sheet(),
        windows::odd_times_of_day_sheet(),
        windows::before_dawn_sheet(),
        windows::clocks_that_change_sheet(),
        windows::old_and_short_data_sheet(),
        windows::names_and_rooms_sheet(),
    ]
}

/// A weather as other modules' tests may have it.
pub(crate) struct Weather {
    pub(crate) name: String,
    pub(crate) place: Place,
    pub(crate) forecast: Forecast,
    pub(crate) now: Timestamp,
    pub(crate) window: Window,
}

/// All of them.
pub(crate) fn weathers() -> Vec<Weather> {
    let cases = sheets().into_iter().flat_map(|sheet| sheet.0);
    let weather = |case: Case| Weather {
        name: case.name,
        now: case.series.now,
        window: case.window,
        place: case.series.place,
        forecast: case.series.forecast,
    };
    cases.map(weather).collect()
}

/// All weathers, as an editor of a language reads them: one file a language. English has a file a sheet.
#[test]
fn every_other_language_on_one_page() {
    for language in Language::ALL.into_iter().skip(1) {
        let page: String = sheets().iter().map(|s| s.written(language)).collect();
        insta::assert_snapshot!(language.code(), page);
    }
}

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
    let buffalo = place("Buffalo", "US", "America/New_York", 42.89, -78.88);
    Series::new(in_state(buffalo, "NY"), now, low, high)
}
