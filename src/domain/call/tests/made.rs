//! Callers, places, weather and a way to make a whole call.

use std::fmt::Write;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::domain::call::*;
use crate::domain::decision::{Needs, Weather};
use crate::domain::forecast::{Conditions, Forecast, Hour};
use crate::domain::language::Language;
use crate::domain::phone::{Country, PhoneNumber};
use crate::domain::place::{Candidate, Coordinates, Place, PlaceQuery, Resolution};
use crate::domain::schedule::SendTime;
use crate::domain::subscriber::{Standing, Subscriber, Subscription};
use crate::domain::zone::Zone;

pub(in crate::domain::call) fn lyon() -> Place {
    Place {
        name: "Lyon".into(),
        admin1: Some("Auvergne-Rhône-Alpes".into()),
        admin1_code: None,
        country: Country::of(b"FR"),
        coordinates: Coordinates::new(45.74846, 4.84671).unwrap(),
        elevation_m: Some(173),
        zone: Zone::named("Europe/Paris").unwrap(),
    }
}

pub(in crate::domain::call) fn springfields() -> Vec<Place> {
    [
        ("Illinois", "IL", 39.8, -89.6),
        ("Massachusetts", "MA", 42.1, -72.6),
        ("Missouri", "MO", 37.2, -93.3),
        ("Ohio", "OH", 39.9, -83.8),
    ]
    .map(|(admin1, code, latitude, longitude)| Place {
        name: "Springfield".into(),
        admin1: Some(admin1.into()),
        admin1_code: Some(code.into()),
        country: Country::of(b"US"),
        coordinates: Coordinates::new(latitude, longitude).unwrap(),
        elevation_m: None,
        zone: Zone::named("America/Chicago").unwrap(),
    })
    .to_vec()
}

/// A Sunday afternoon.
pub(super) fn now() -> Timestamp {
    "2026-11-22T15:07:00+01:00".parse().unwrap()
}

pub(super) fn forecast() -> Arc<Forecast> {
    let start: Timestamp = "2026-11-22T06:00:00Z".parse().unwrap();
    let hours = (0..96).map(|n| {
        let mut hour = Hour::empty(start + SignedDuration::from_hours(n));
        hour.temperature_c = Some(if n % 24 < 12 { 11.0 } else { 4.0 });
        hour.precipitation_probability = Some(10);
        hour.precipitation_mm = Some(0.0);
        hour.wind_kmh = Some(12.0);
        hour.conditions = Some(Conditions::PartlyCloudy);
        hour
    });
    Arc::new(Forecast {
        provider: "test",
        issued_at: now(),
        hours: hours.collect(),
    })
}

pub(super) fn stranger(country: &[u8; 2]) -> Caller {
    let country = Country::of(country);
    let phone = match country.code() {
        "US" => "+14155550101",
        "GB" => "+447700900123",
        "ES" => "+34600000001",
        "DE" => "+4915228817386",
        "BR" => "+5511961234567",
        "IT" => "+393401234567",
        _ => "+33639981234",
    };
    Caller {
        phone: Some(PhoneNumber::parse(phone).unwrap()),
        country: Some(country),
        state: None,
        hint: None,
        me: None,
    }
}

pub(super) fn withheld() -> Caller {
    Caller {
        phone: None,
        ..stranger(b"US")
    }
}

/// Somebody who is not known, whose number is from Lyon.
pub(super) fn from_lyon(country: &[u8; 2]) -> Caller {
    Caller {
        hint: Some(lyon()),
        ..stranger(country)
    }
}

pub(super) fn subscriber(standing: Standing) -> Caller {
    let mut caller = stranger(b"FR");
    let mut me = Subscriber::new(caller.phone.clone().unwrap(), caller.country, now());
    me.subscriptions
        .push(Subscription::new(lyon(), SendTime::SEVEN, now()));
    me.standing = standing;
    me.language = Some(Language::English);
    caller.me = Some(me);
    caller
}

/// A gazetteer of six places.
pub(super) fn look_up(query: &PlaceQuery) -> Resolution {
    let all = |places: Vec<Place>| {
        places
            .into_iter()
            .map(|place| Candidate {
                place,
                score: 1.0,
                is_typo: false,
            })
            .collect::<Vec<_>>()
    };
    match query.text.to_lowercase().as_str() {
        "lyon" | "69001" => Resolution::Certain(all(vec![lyon()]).remove(0)),
        "springfield" => Resolution::Choice(all(springfields())),
        "lion" => Resolution::Guess(all(vec![lyon()])),
        "62701" => Resolution::Certain(all(springfields()).remove(0)),
        _ => Resolution::None,
    }
}

pub(super) fn facts_for(wish: &Wish, weather: &Weather, done: Done) -> Facts {
    let mut facts = Facts::default();
    if let Wish::Find { readings, .. } = wish {
        let needs = Needs {
            readings: readings.clone(),
            ..Needs::default()
        };
        let found = needs.resolve(look_up);
        facts.resolution = found.resolution;
        facts.reading = found.reading;
    }
    facts.weather = Some(weather.clone());
    facts.done = Some(done);
    facts
}

pub(super) fn ready() -> Weather {
    Weather::Ready(forecast())
}

pub(super) fn take(
    step: &Step,
    input: &Input,
    caller: &Caller,
    weather: &Weather,
) -> (Wish, Answer) {
    let turned = chosen_language(step, input, caller).map(|language| begin_in(step, language));
    let step = turned.as_ref().unwrap_or(step);
    let wish = hear(step, input, caller, now());
    let facts = facts_for(&wish, weather, Done::Failed);
    let wish = wish.with(&facts);
    let done = match &wish {
        Wish::Act(Act::Text { .. }) => match weather {
            Weather::Ready(_) => Done::Texted,
            Weather::NoData => Done::NoWeather,
            Weather::Late | Weather::Down => Done::Promised,
        },
        Wish::Act(Act::Daily { .. }) => Done::Subscribed,
        Wish::Act(Act::Stop) => Done::Stopped,
        Wish::Act(Act::Pause) => Done::Paused,
        _ => Done::Resumed,
    };
    let facts = Facts {
        done: Some(done),
        ..facts
    };
    let answer = next(step, &wish, caller, &facts, now());
    (wish, answer)
}

pub(super) fn key(digits: &str) -> Input {
    Input::Digits(digits.into())
}

pub(super) fn say(words: &str) -> Input {
    Input::Speech {
        words: words.into(),
        confidence: Some(0.9),
    }
}

/// A whole call: what is done and what is heard.
pub(super) fn call(caller: &Caller, inputs: &[Input], weather: &Weather) -> String {
    let mut heard = String::new();
    let mut step = Step::START;
    let mut input = Input::Silence;
    let mut rest = inputs.iter();
    loop {
        let (_, answer) = take(&step, &input, caller, weather);
        for told in &answer.prompt.told {
            writeln!(heard, "  {told}").unwrap();
        }
        let Some(question) = answer.prompt.question else {
            writeln!(heard, "  (hangs up)").unwrap();
            return heard;
        };
        writeln!(heard, "  ? {}", question.words).unwrap();
        for (accent, words) in &question.others {
            writeln!(heard, "  ? {accent:?}: {words}").unwrap();
        }
        step = Step::parse(&question.next.path()).unwrap();
        let Some(next) = rest.next() else {
            return heard;
        };
        input = next.clone();
        match &input {
            Input::Silence => writeln!(heard, "> (silence)").unwrap(),
            Input::Digits(digits) => writeln!(heard, "> [{digits}]").unwrap(),
            Input::Speech { words, .. } => writeln!(heard, "> \"{words}\"").unwrap(),
        }
    }
}
