//! What an operator sees: metrics that are documented and move, and a page that tells how it stands.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::time::Duration;

use base64::Engine;
use secrecy::SecretString;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_util::sync::CancellationToken;
use weatherline::domain::phone::PhoneNumber;
use weatherline::sim::{CallbackFault, CreateFault, Signature, WeatherFault};
use weatherline::web;

use crate::world::{ANNA, BRUNO, CLARA, World, instant};

#[tokio::test(flavor = "multi_thread")]
async fn every_metric_is_documented_and_moves() {
    let world = World::with("2026-11-20 18:00 Europe/Paris", |settings| {
        settings.flow.segments_per_second = 50.0;
        settings.flow.canary = PhoneNumber::parse(BRUNO).ok();
    })
    .await;
    let eyes = Eyes::open(&world, None).await;
    let mut seen = Seen::default();
    seen.look(&eyes).await;
    first_evening(&world, &eyes, &mut seen).await;
    seen.look(&eyes).await;
    let behind_a_password = Eyes::open(&world, Some("open sesame")).await;
    behind_a_password.get("/metrics", Some("wrong")).await;

    world.sim.faults().create.next(CreateFault::ResetAfter);
    let silent = Some(CallbackFault::Missing);
    world.sim.faults().callback.always(silent);
    world.sleep_until("2026-11-21 07:00 Europe/Paris").await;
    seen.look(&eyes).await;
    world.sleep_until("2026-11-22 07:00 Europe/Paris").await;
    seen.look(&eyes).await;
    world.sim.faults().clear();
    world.text(BRUNO, "SKIP").await;
    world.sleep_until("2026-11-23 07:00 Europe/Paris").await;
    seen.look(&eyes).await;
    let refused = Some(CreateFault::Refuse(20003));
    world.sim.faults().create.always(refused);
    world.sleep_until("2026-11-24 07:00 Europe/Paris").await;
    world.clock.set(instant("2026-11-24 07:10 Europe/Paris"));
    seen.look(&eyes).await;
    let last = eyes.get("/metrics", None).await;
    for line in [
        "weatherline_hold{code=\"20003\"} 1",
        "weatherline_waiting_texts 1",
        "weatherline_oldest_unsent_seconds 540",
        "weatherline_segments_per_second 50",
        "weatherline_lateness_seconds_count{kind=\"follow_up\"} 1",
        "weatherline_passwords_refused_total 1",
        "weatherline_webhooks_refused_total 1",
        "weatherline_estimated_cost_total{channel=\"call\",direction=\"in\",currency=\"USD\"} 0.02",
        "weatherline_canary_missed 1",
    ] {
        assert!(
            last.body.lines().any(|l| l == line),
            "{line}\n{}",
            last.body
        );
    }
    for number in [ANNA, BRUNO] {
        assert!(!last.body.contains(&number[1..]));
    }

    let documented = documented();
    let there: BTreeSet<String> = seen.0.keys().cloned().collect();
    assert_eq!(documented, there, "docs/metrics.md against /metrics");
    let constant = [
        "weatherline_build_info",
        "weatherline_segments_per_second",
        "weatherline_segments_per_day",
        // Nobody is told in this world; tests/serve/pings.rs sees it move.
        "weatherline_pings_total",
    ];
    for (name, values) in &seen.0 {
        assert!(
            values.len() > 1 || constant.contains(&name.as_str()),
            "{name} never moves: {values:?}"
        );
    }
}

#[test]
fn rules_and_dashboard_ask_for_metrics_that_exist() {
    let documented = documented();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for (file, least) in [("docs/alerts.yml", 9), ("docs/grafana.json", 20)] {
        let text = std::fs::read_to_string(root.join(file)).unwrap();
        let is_name = |c: char| c.is_ascii_lowercase() || c == '_';
        let asked: BTreeSet<&str> = text
            .match_indices("weatherline_")
            .map(|(at, _)| {
                let rest = &text[at..];
                let name = &rest[..rest.find(|c| !is_name(c)).unwrap_or(rest.len())];
                name.strip_suffix("_bucket").unwrap_or(name)
            })
            .collect();
        for name in &asked {
            assert!(documented.contains(*name), "{file}: there is no {name}");
        }
        assert!(asked.len() >= least, "{file}: {asked:?}");
    }
    let text = std::fs::read_to_string(root.join("docs/grafana.json")).unwrap();
    let dashboard: serde_json::Value = serde_json::from_str(&text).unwrap();
    for panel in dashboard["panels"].as_array().unwrap() {
        let targets = panel["targets"].as_array().unwrap();
        let asks = |target: &serde_json::Value| {
            let asked = target["expr"].as_str().unwrap();
            asked.contains("weatherline_") && balanced(asked)
        };
        assert!(!targets.is_empty() && targets.iter().all(asks), "{panel}");
    }
}

/// A query that was cut off is none.
fn balanced(query: &str) -> bool {
    let count = |c| query.matches(c).count();
    count('(') == count(')') && count('{') == count('}') && count('[') == count(']')
}

/// Somebody asks, subscribes and calls, somebody is promised an answer, somebody forges.
async fn first_evening(world: &World, eyes: &Eyes, seen: &mut Seen) {
    world.text(ANNA, "lyon").await;
    world.text(BRUNO, "DAILY lyon 7am").await;
    let forged = [("From", ANNA), ("Body", "lyon")];
    world
        .sim
        .raw_webhook("/twilio/text", &forged, Signature::Wrong)
        .await;
    world.call(ANNA).await.hang_up().await;
    let faults = world.sim.faults();
    faults.open_meteo.always(Some(WeatherFault::Down));
    faults.met_norway.always(Some(WeatherFault::Down));
    world.text(ANNA, "oslo").await;
    seen.look(eyes).await;
    faults.clear();
    world.sleep_until("2026-11-20 18:05 Europe/Paris").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_password_is_asked_for_and_guessing_is_slow() {
    let world = World::at("2026-11-20 18:00 Europe/Paris").await;
    let eyes = Eyes::open(&world, Some("open sesame")).await;
    assert_eq!(eyes.get("/healthz", None).await.status, 200);
    for path in ["/", "/metrics", "/readyz", "/dashboard.css"] {
        let asked = eyes.get(path, None).await;
        assert_eq!(asked.status, 401, "{path}");
        assert!(asked.head.contains("www-authenticate: Basic"), "{path}");
        assert_ne!(eyes.get(path, Some("open sesame")).await.status, 401);
    }
    for _ in 0..10 {
        assert_eq!(eyes.get("/", Some("sesame")).await.status, 401);
    }
    let late = eyes.get("/", Some("open sesame")).await;
    assert_eq!(late.status, 429);
    assert!(late.head.contains("retry-after: 60"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_operators_page_tells_how_it_stands_and_shows_no_number() {
    let world = World::at("2026-11-20 18:00 Europe/Paris").await;
    let eyes = Eyes::open(&world, None).await;
    world.text(BRUNO, "DAILY lyon 7am").await;
    world.text(CLARA, "DAILY london 7am").await;
    world.live().await;
    let calm = eyes.get("/", None).await;
    assert_eq!(calm.status, 200);
    for policy in ["default-src 'none'", "frame-ancestors 'none'"] {
        assert!(calm.head.contains(policy), "{}", calm.head);
    }
    for words in ["All is well", "2 texts received", "Open-Meteo.com"] {
        assert!(calm.text().contains(words), "{words}\n{}", calm.text());
    }
    assert!(!calm.body.contains("<script") && !calm.body.contains("style=\""));

    let faults = world.sim.faults();
    faults.create.next(CreateFault::Refuse(30005));
    faults.create.next(CreateFault::Refuse(20003));
    world.sleep_until("2026-11-21 08:00 Europe/Paris").await;
    let bad = eyes.get("/", None).await;
    for words in [
        "Nothing is sent since",
        "Twilio answers 20003 (wrong credentials or no permission)",
        "30005: no such phone",
        "weatherline check",
    ] {
        assert!(bad.text().contains(words), "{words}\n{}", bad.text());
    }
    for number in [BRUNO, CLARA] {
        assert!(!bad.body.contains(&number[1..number.len() - 4]));
    }
    assert!(bad.body.contains("•••••"), "{}", bad.body);
    faults.clear();
    assert_eq!(eyes.ask("HEAD", "/", None).await.status, 200);
    assert_eq!(eyes.get("/dashboard.css", None).await.status, 200);
    for path in ["/index.html", "/twilio/text", "/metrics/"] {
        assert_eq!(eyes.get(path, None).await.status, 404, "{path}");
    }
}

/// The operator's listener of a world.
pub(crate) struct Eyes {
    address: SocketAddr,
    stop: CancellationToken,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    /// What a person reads: no markup, and a number before the name under which it stands.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        let mut in_tag = false;
        let body = self.body.replace("&#39;", "'");
        for tile in body.split("<div class=\"tile") {
            if let Some((name, rest)) = tile.split_once("</dt><dd>") {
                let name = name.rsplit('>').next().unwrap();
                let count = rest.split('<').next().unwrap();
                text.push_str(&format!("{count} {name}\n"));
            }
        }
        for c in body.chars() {
            match c {
                '<' => in_tag = true,
                '>' => in_tag = false,
                c if !in_tag => text.push(c),
                _ => {}
            }
        }
        text
    }
}

impl Eyes {
    pub(crate) async fn open(world: &World, password: Option<&str>) -> Self {
        let bound = web::bind(SocketAddr::from(([127, 0, 0, 1], 0)))
            .await
            .unwrap();
        let address = bound.address();
        let stop = CancellationToken::new();
        let router = web::admin(&world.app, password.map(SecretString::from));
        tokio::spawn(bound.serve(router, stop.clone(), Duration::from_secs(1)));
        Self { address, stop }
    }

    pub(crate) async fn get(&self, path: &str, password: Option<&str>) -> Answer {
        self.ask("GET", path, password).await
    }

    async fn ask(&self, method: &str, path: &str, password: Option<&str>) -> Answer {
        let authorization = password.map_or_else(String::new, |password| {
            let pair = base64::engine::general_purpose::STANDARD.encode(format!("me:{password}"));
            format!("Authorization: Basic {pair}\r\n")
        });
        self.say(&format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\n{authorization}Connection: close\r\n\r\n"
        ))
        .await
    }

    /// A form is sent as a browser does it.
    pub(crate) async fn post(&self, path: &str, form: &str, more: &str) -> Answer {
        self.say(&format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             {more}Content-Length: {}\r\nConnection: close\r\n\r\n{form}",
            form.len()
        ))
        .await
    }

    /// A request as it goes over the wire.
    pub(crate) async fn say(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        Answer {
            status: head.split(' ').nth(1).unwrap().parse().unwrap(),
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }
}

impl Drop for Eyes {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// Every metric with all that it was seen to say.
#[derive(Default)]
struct Seen(BTreeMap<String, BTreeSet<String>>);

impl Seen {
    async fn look(&mut self, eyes: &Eyes) {
        let answer = eyes.get("/metrics", None).await;
        assert_eq!(answer.status, 200);
        let mut name = String::new();
        let mut samples: BTreeMap<String, String> = BTreeMap::new();
        for line in answer.body.lines() {
            if let Some(typed) = line.strip_prefix("# TYPE ") {
                name = typed.split(' ').next().unwrap().to_owned();
                samples.entry(name.clone()).or_default();
            } else if !line.starts_with('#') {
                assert!(line.starts_with(&name), "{line} under {name}");
                samples.entry(name.clone()).or_default().push_str(line);
            }
        }
        for (name, said) in samples {
            self.0.entry(name).or_default().insert(said);
        }
    }
}

/// The names in the first column of the table.
fn documented() -> BTreeSet<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/metrics.md");
    let text = std::fs::read_to_string(path).unwrap();
    text.lines()
        .filter_map(|line| line.strip_prefix("| `"))
        .filter_map(|rest| rest.split('`').next())
        .map(str::to_owned)
        .collect()
}
