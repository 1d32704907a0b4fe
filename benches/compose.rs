//! What a morning text costs to compose, in English and in German.

mod morning;

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::SignedDuration;
use weatherline::domain::compose::{Ask, ClockStyle, forecast_text};
use weatherline::domain::forecast::Window;
use weatherline::domain::language::Language;
use weatherline::domain::subscriber::Units;

fn compose(criterion: &mut Criterion) {
    let forecast = morning::forecast();
    let Some(place) = morning::place() else {
        return;
    };
    for language in [Language::English, Language::German] {
        for (name, window) in [("today", Window::Today), ("week", Window::Week)] {
            let ask = Ask {
                place: &place,
                window,
                units: Units::Metric,
                language,
                clock: ClockStyle::H24,
                reader: Some(place.country),
                now: morning::start() + SignedDuration::from_hours(7),
                room: 160,
            };
            let name = format!("compose/{}/{name}", language.code());
            criterion.bench_function(&name, |b| b.iter(|| forecast_text(&forecast, &ask)));
        }
    }
}

criterion_group!(benches, compose);
criterion_main!(benches);
