//! Every settled case of the conversation, as a phone sees it.

mod changing;
mod leaving;
mod limits;
mod places;
mod properties;
mod subscribing;

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::domain::command::language_of;
use crate::domain::command::words::fold;
use crate::domain::delivery::DeliveryStatus;
use crate::domain::forecast::{Conditions, Forecast, Hour};
use crate::domain::language::Language;
use crate::domain::message::{Encoding, MessageBody};
use crate::domain::phone::{Country, PhoneNumber};
use crate::domain::place::{Candidate, Coordinates, Place, PlaceQuery, Resolution};
use crate::domain::schedule::SendTime;
use crate::domain::subscriber::SubscriptionId;
use crate::domain::zone::Zone;

/// A phone and all that its texts meet: a small gazetteer, weather in a given state, a clock that stands still.
struct Phone {
    me: Option<Subscriber>,
    now: Timestamp,
    rules: Rules,
    weather: fn(&Place, Timestamp) -> Weather,
    sender: Sender,
    opt_out: Option<OptOut>,
    media: u32,
    last: Option<LastDelivery>,
    ids: i64,
    /// The whole of the last decision.
    decision: Option<Decision>,
}

impl Phone {
    /// A phone in San Francisco, on Sunday, 22 November 2026, 9:00 there.
    fn american() -> Self {
        Self::of("+14155550101", "2026-11-22T17:00:00Z")
    }

    /// A phone in Lyon, of somebody who chose English, on the same Sunday, 18:00 there.
    fn french() -> Self {
        let mut phone = Self::of("+33639981234", "2026-11-22T17:00:00Z");
        let mut me = Subscriber::new(phone.sender.phone.clone(), None, phone.now);
        me.language = Some(Language::English);
        phone.me = Some(me);
        phone
    }

    fn of(number: &str, now: &str) -> Self {
        let phone = PhoneNumber::parse(number).unwrap();
        Self {
            me: None,
            now: now.parse().unwrap(),
            rules: Rules {
                answers_keywords: true,
                default_time: SendTime::SEVEN,
                max_segments: 1,
                countries: Vec::new(),
                replies_per_sender_per_hour: 30,
                own_number: Some("+15005550006".to_owned()),
            },
            weather: fair,
            sender: Sender {
                country: phone.country(),
                phone,
                state: None,
                city: None,
                zip: None,
            },
            opt_out: None,
            media: 0,
            last: None,
            ids: 0,
            decision: None,
        }
    }

    /// Texts us, and gives the answer; empty for silence.
    fn text(&mut self, body: &str) -> String {
        let inbound = Inbound {
            sid: "SM1".to_owned(),
            sender: self.sender.clone(),
            body: body.to_owned(),
            media: self.media,
            opt_out: self.opt_out,
        };
        let language = self.me.as_ref().map(Subscriber::language);
        let command = Command::parse_from(body, self.sender.country(), language);
        let command = settle(
            command,
            self.me.as_ref(),
            &inbound,
            self.now,
            &|query, _| gazetteer(query),
        );
        let needs = needs(&command, self.me.as_ref(), &inbound, &self.rules, self.now);
        let mut facts = needs.resolve(gazetteer);
        facts.weather = needs
            .spot(&facts)
            .map(|place| (place.clone(), (self.weather)(&place, self.now)));
        facts.last = self.last;
        facts.heard = language_of(body);
        let decision = decide(
            command,
            self.me.clone(),
            &facts,
            &inbound,
            &self.rules,
            self.now,
        );
        if decision.erase {
            self.me = None;
        } else if let Some(mut me) = decision.subscriber.clone() {
            for mine in me.subscriptions.iter_mut().filter(|mine| mine.id.is_none()) {
                self.ids += 1;
                mine.id = Some(SubscriptionId(self.ids));
            }
            self.me = Some(me);
        }
        let reply = decision.reply.clone().unwrap_or_default();
        self.decision = Some(decision);
        check_segments(&reply, body, self.outcome());
        reply
    }

    /// In which it is answered.
    fn language(&self) -> Language {
        let unknown = || Language::of_country(self.sender.country);
        self.me.as_ref().map_or_else(unknown, Subscriber::language)
    }

    fn wait_mins(&mut self, minutes: i64) {
        self.now += SignedDuration::from_mins(minutes);
    }

    fn outcome(&self) -> &'static str {
        self.decision.as_ref().unwrap().outcome
    }

    fn mine(&self) -> Vec<String> {
        let Some(me) = &self.me else {
            return Vec::new();
        };
        me.subscriptions
            .iter()
            .map(|mine| {
                let only_if = mine
                    .only_if
                    .map_or(String::new(), |it| format!(" if {}", it.name()));
                let next = mine
                    .next
                    .map_or(String::new(), |next| format!(" from {}", next.date));
                format!(
                    "{} {} {}{only_if}{next}",
                    mine.place.name, mine.time, mine.days
                )
            })
            .collect()
    }

    fn is_stopped(&self) -> bool {
        self.me
            .as_ref()
            .is_some_and(|me| matches!(me.standing, Standing::Stopped { .. }))
    }
}

/// Every answer is one GSM-7 segment, but MY DATA.
fn check_segments(reply: &str, body: &str, outcome: &str) {
    if reply.is_empty() {
        return;
    }
    let message = MessageBody::new(reply);
    let most = if outcome == "my_data" {
        texts::MY_DATA_SEGMENTS
    } else {
        1
    };
    // A name without Latin form may stand in a forecast as it is.
    if !reply.contains('東') {
        assert_eq!(message.encoding(), Encoding::Gsm7, "{body:?}: {reply}");
    }
    assert!(
        message.segments() <= most,
        "{body:?}: {} septets: {reply}",
        message.septets()
    );
    assert_eq!(message.as_str(), reply, "{body:?} is already as it is sent");
}

fn fair(_: &Place, now: Timestamp) -> Weather {
    let start = now
        .to_zoned(Zone::utc().rules().clone())
        .start_of_day()
        .unwrap()
        .timestamp();
    let hours = (0..192)
        .map(|h| Hour {
            temperature_c: Some(12.0 + f32::from(u8::try_from(h % 24).unwrap()) / 4.0),
            precipitation_probability: Some(0),
            precipitation_mm: Some(0.0),
            wind_kmh: Some(8.0),
            conditions: Some(Conditions::Clear),
            ..Hour::empty(start + SignedDuration::from_hours(h))
        })
        .collect();
    Weather::Ready(Arc::new(Forecast {
        provider: "open-meteo",
        issued_at: now,
        hours,
    }))
}

fn place(name: &str, admin1: &str, code: &str, country: &str, at: (f64, f64), zone: &str) -> Place {
    Place {
        name: name.to_owned(),
        admin1: (!admin1.is_empty()).then(|| admin1.to_owned()),
        admin1_code: (!code.is_empty()).then(|| code.to_owned()),
        country: Country::parse(country).unwrap(),
        coordinates: Coordinates::new(at.0, at.1).unwrap(),
        elevation_m: None,
        zone: Zone::named(zone).unwrap(),
    }
}

fn lyon() -> Place {
    place(
        "Lyon",
        "Auvergne-Rhône-Alpes",
        "",
        "FR",
        (45.75, 4.85),
        "Europe/Paris",
    )
}

fn paris() -> Place {
    place(
        "Paris",
        "Île-de-France",
        "",
        "FR",
        (48.85, 2.35),
        "Europe/Paris",
    )
}

fn springfields() -> Vec<Place> {
    [
        ("Illinois", "IL", 39.8, -89.64),
        ("Missouri", "MO", 37.2, -93.3),
        ("Massachusetts", "MA", 42.1, -72.59),
        ("Oregon", "OR", 44.05, -123.02),
        ("Ohio", "OH", 39.92, -83.8),
    ]
    .into_iter()
    .map(|(state, code, lat, lon)| {
        place(
            "Springfield",
            state,
            code,
            "US",
            (lat, lon),
            "America/Chicago",
        )
    })
    .collect()
}

fn candidates(places: Vec<Place>) -> Vec<Candidate> {
    places
        .into_iter()
        .map(|place| Candidate {
            place,
            score: 1.0,
            is_typo: false,
        })
        .collect()
}

/// Knows a handful of places, exactly, and two typos.
#[expect(clippy::too_many_lines, reason = "a table")]
fn gazetteer(query: &PlaceQuery) -> Resolution {
    let certain = |place| {
        Resolution::Certain(Candidate {
            place,
            score: 1.0,
            is_typo: false,
        })
    };
    let chicago = "America/Chicago";
    match fold(&query.text).as_str() {
        "lyon" | "lyon fr" | "lyon auvergne rhone alpes fr" => certain(lyon()),
        "paris" | "paris ile de france fr" => certain(paris()),
        "san francisco" | "94110" => certain(place(
            "San Francisco",
            "California",
            "CA",
            "US",
            (37.77, -122.42),
            "America/Los_Angeles",
        )),
        "90210" | "beverly hills" => certain(place(
            "Beverly Hills",
            "California",
            "CA",
            "US",
            (34.09, -118.41),
            "America/Los_Angeles",
        )),
        "friday harbor" => certain(place(
            "Friday Harbor",
            "Washington",
            "WA",
            "US",
            (48.53, -123.02),
            "America/Los_Angeles",
        )),
        "harbor" => certain(place(
            "Harbor",
            "Oregon",
            "OR",
            "US",
            (42.05, -124.27),
            "America/Los_Angeles",
        )),
        "end moor" | "endmoor" => certain(place(
            "End Moor",
            "England",
            "",
            "GB",
            (54.26, -2.72),
            "Europe/London",
        )),
        "honolulu" | "honolulu hawaii us" => certain(place(
            "Honolulu",
            "Hawaii",
            "HI",
            "US",
            (21.3, -157.86),
            "Pacific/Honolulu",
        )),
        "llanfair" => certain(place(
            "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
            "Wales",
            "",
            "GB",
            (53.22, -4.2),
            "Europe/London",
        )),
        "koln" => certain(place(
            "Köln",
            "Nordrhein-Westfalen",
            "",
            "DE",
            (50.94, 6.96),
            "Europe/Berlin",
        )),
        "bangkok" => certain(place(
            "Krung Thep Maha Nakhon Amon Rattanakosin Mahinthara Ayuthaya Mahadilok Phop Noppharat Ratchathani Burirom",
            "",
            "",
            "TH",
            (13.75, 100.5),
            "Asia/Bangkok",
        )),
        "kyiv" => certain(place("Київ", "", "", "UA", (50.45, 30.52), "Europe/Kyiv")),
        "tokyo" => certain(place("東京", "", "", "JP", (35.68, 139.69), "Asia/Tokyo")),
        "springfield" => Resolution::Choice(candidates(springfields())),
        "springfield il" | "springfield illinois us" => certain(springfields().remove(0)),
        "springfield mo" | "springfield missouri us" => certain(springfields().remove(1)),
        "lyonn" => Resolution::Guess(candidates(vec![lyon()])),
        "sprangfild" => Resolution::Guess(candidates(springfields())),
        "moor" => Resolution::Guess(candidates(vec![place(
            "Moore",
            "Oklahoma",
            "OK",
            "US",
            (35.34, -97.49),
            chicago,
        )])),
        _ => Resolution::None,
    }
}
