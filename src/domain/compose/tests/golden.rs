//! Weathers and their texts, to be read by an editor: from hourly series to text, encoding, septets and segments.

mod rain;
mod summer;
mod windows;
mod winter;

use super::series::{Series, in_state, measured, place};
use crate::domain::compose::*;
use crate::domain::forecast::Window;
use crate::domain::subscriber::Units;

/// A page of named weathers.
#[derive(Default)]
struct Sheet(String);

impl Sheet {
    /// The day's text, as the place's own people get it.
    fn today(&mut self, name: &str, series: &Series) {
        self.add(name, series, Window::Today);
    }

    fn add(&mut self, name: &str, series: &Series, window: Window) {
        let text = measured(forecast_text(&series.forecast, &own(series, window)));
        self.0.push_str(&format!("{name}\n    {text}"));
    }

    /// The day's text, written and spoken.
    fn both(&mut self, name: &str, series: &Series, window: Window) {
        self.add(name, series, window);
        let spoken = spoken_text(&series.forecast, &own(series, window));
        self.0.push_str(&format!(
            "    {}\n",
            spoken.unwrap_or_else(|why| format!("{why:?}"))
        ));
    }
}

/// What the place's own people would ask.
fn own(series: &Series, window: Window) -> Ask<'_> {
    let country = series.place.country;
    series.ask(
        window,
        Units::of_country(country),
        ClockStyle::of_country(Some(country)),
    )
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
