//! `simulate`: the daemon against a pretend carrier in the same process, with phones in a web page. No account needed.

use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use anyhow::Context;
use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;

use super::directory::Directory;
use super::failure::Failure;
use super::logs;
use super::output::Output;
use super::serve::Signals;
use crate::clock::Clock;
use crate::config::{Config, Environment, Need};
use crate::daemon::{self, Running};
use crate::domain::place::PlaceQuery;
use crate::sim::{CallbackTiming, ClockMove, Options, PageHooks, Sim, Upcoming};

/// What may be chosen.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Where the page with the phones is
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080", value_parser = address)]
    listen: SocketAddr,
    /// Where the weather comes from
    #[arg(long, value_enum, default_value_t = WeatherChoice::Auto)]
    weather: WeatherChoice,
    /// How many times faster than the world's the clock runs
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=86_400))]
    speed: u32,
}

/// An address with a port; `localhost` is one as well.
fn address(text: &str) -> Result<SocketAddr, String> {
    text.replace("localhost:", "127.0.0.1:")
        .parse()
        .map_err(|_| "an IP address with a port, such as 127.0.0.1:8080".to_owned())
}

/// Which weather the simulation has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum WeatherChoice {
    /// Live if it answers within three seconds, else sample weather.
    Auto,
    /// Live, from Open-Meteo.
    Live,
    /// Made up, the same for the same place and hour.
    Sample,
}

/// Runs until Ctrl-C or SIGTERM.
pub(super) async fn run(asked: &Arguments, output: &mut Output) -> Result<(), Failure> {
    logs::start_quietly();
    let mut signals = Signals::listen()?;
    let clock = Clock::shifted(asked.speed);
    let live = match asked.weather {
        WeatherChoice::Live => true,
        WeatherChoice::Sample => false,
        WeatherChoice::Auto => live_weather_answers().await?,
    };
    let late: Arc<OnceLock<Late>> = Arc::default();
    let listen = asked.listen;
    let sim = Sim::start(options(listen, &clock, live, &late))
        .await
        .with_context(|| {
            format!("cannot listen on {listen}; `--listen 127.0.0.1:8099` takes another port")
        })?;
    let directory = Directory::create()?;
    let running = Arc::new(daemon::start(settings(&sim, &directory, live)?, clock.clone()).await?);
    sim.connect(PUBLIC_URL, &format!("http://{}", running.public_address()));
    let stop = CancellationToken::new();
    let _ = late.set(Late {
        running: Arc::clone(&running),
        clock,
        stop: stop.clone(),
    });
    output.line(&format!(
        "weatherline simulates itself: open {} (Ctrl-C ends it)",
        sim.url()
    ))?;
    output.line(if live {
        "Weather: live, from Open-Meteo."
    } else {
        "Weather: sample weather."
    })?;
    output.flush()?;
    let beat = tokio::spawn(beat(Arc::clone(&running), asked.speed, stop.clone()));
    signals.told_to_stop().await;
    stop.cancel();
    let _ = beat.await;
    running.end().await;
    sim.stop().await;
    Ok(())
}

/// Asks Open-Meteo for a forecast, by the same way that the daemon will.
async fn live_weather_answers() -> anyhow::Result<bool> {
    let sim = Sim::start(Options::new(Arc::new(|| 0))).await?;
    let directory = Directory::create()?;
    let app = daemon::open(&settings(&sim, &directory, true)?, Clock::System).await?;
    let found = app.places.resolve(&PlaceQuery {
        text: "Lyon".into(),
        ..PlaceQuery::default()
    });
    let asked = async {
        match found.places().first() {
            Some(lyon) => app.try_weather(&lyon.place).await.is_ok(),
            None => false,
        }
    };
    let live = tokio::time::timeout(Duration::from_secs(3), asked)
        .await
        .unwrap_or(false);
    app.store.close().await;
    sim.stop().await;
    Ok(live)
}

/// What the page's buttons need, known only once the daemon runs.
#[derive(Debug)]
struct Late {
    running: Arc<Running>,
    clock: Clock,
    stop: CancellationToken,
}

fn options(listen: SocketAddr, clock: &Clock, live: bool, late: &Arc<OnceLock<Late>>) -> Options {
    let now = {
        let clock = clock.clone();
        Arc::new(move || clock.now().as_millisecond())
    };
    let (for_moves, for_list, for_operator) =
        (Arc::clone(late), Arc::clone(late), Arc::clone(late));
    let hooks = PageHooks {
        clock_now: now.clone(),
        move_clock: Arc::new(move |to| {
            let late = Arc::clone(&for_moves);
            Box::pin(async move {
                match late.get() {
                    Some(late) => late.move_clock(to).await,
                    None => Err("The daemon is still starting.".into()),
                }
            })
        }),
        upcoming: Arc::new(move || {
            let late = Arc::clone(&for_list);
            Box::pin(async move {
                match late.get() {
                    Some(late) => late.upcoming().await,
                    None => Vec::new(),
                }
            })
        }),
        weather_source: if live {
            "live weather from Open-Meteo".into()
        } else {
            "sample weather".into()
        },
        operator_page: Arc::new(move || {
            let late = for_operator.get()?;
            Some(format!("http://{}", late.running.admin_address()))
        }),
    };
    Options {
        listen,
        seed: rand::random(),
        callbacks: CallbackTiming::Lifelike,
        page: Some(hooks),
        ..Options::new(now)
    }
}

/// Settings of a daemon that lives in the pretend world, by way of the configuration as everybody else's.
pub(super) fn settings(
    sim: &Sim,
    directory: &Directory,
    live: bool,
) -> anyhow::Result<daemon::Settings> {
    let options = Options::new(Arc::new(|| 0));
    let url = sim.url();
    let (providers, open_meteo) = if live {
        (r#"["open-meteo"]"#, OPEN_METEO)
    } else {
        (r#"["open-meteo", "met-norway"]"#, url.as_str())
    };
    let database = directory.path().join("weatherline.db");
    let text = format!(
        r#"
server = {{ listen = "127.0.0.1:0", public_url = "{PUBLIC_URL}" }}
admin = {{ listen = "127.0.0.1:0" }}
database = {{ path = '{}' }}
twilio = {{ from = "{}", api_url = "{url}" }}
weather = {{ providers = {providers}, timeout_seconds = 3.5, contact = "simulation@localhost", open_meteo_url = "{open_meteo}", met_norway_url = "{url}", nws_url = "{url}" }}
limits = {{ replies_per_sender_per_hour = 200 }}
"#,
        database.display(),
        options.number,
    );
    let secrets = move |name: &str| match name {
        "TWILIO_ACCOUNT_SID" => Some(options.account_sid.clone()),
        "TWILIO_AUTH_TOKEN" => Some(options.auth_token.clone()),
        _ => None,
    };
    let environment = Environment::new(secrets, std::path::Path::new(""));
    let config = Config::parse(&text, &environment, Need::Everything)
        .map_err(|problems| anyhow::anyhow!("the simulation's own configuration: {problems:?}"))?;
    daemon::Settings::of(&config).context("the simulation has an account")
}

impl Late {
    async fn move_clock(&self, to: ClockMove) -> Result<(), String> {
        match to {
            ClockMove::Real => self.clock.set(Clock::System.now()),
            ClockMove::To(ms) => {
                let to = Timestamp::from_millisecond(ms)
                    .map_err(|_| "That is not a time.".to_owned())?;
                if to.duration_since(self.clock.now()) > MOST_AHEAD {
                    return Err("At most 40 days at once.".into());
                }
                self.running
                    .app()
                    .travel(to, &self.stop)
                    .await
                    .map_err(|error| error.to_string())?;
            }
        }
        self.running.nudge();
        Ok(())
    }

    async fn upcoming(&self) -> Vec<Upcoming> {
        let now = self.clock.now();
        let horizon = now.saturating_add(MOST_AHEAD).unwrap_or(Timestamp::MAX);
        let rows = self
            .running
            .app()
            .store
            .upcoming(now, horizon, 20)
            .await
            .unwrap_or_default();
        rows.into_iter()
            .filter_map(|due| {
                let slot = due.subscription.next?;
                let place = due.subscription.place_on(slot.date);
                Some(Upcoming {
                    phone: due.phone.e164().to_owned(),
                    place: place.name.clone(),
                    at_ms: slot.at.as_millisecond(),
                    zone: place.zone.name().to_owned(),
                    what: format!("daily {}", due.subscription.channel.name()),
                })
            })
            .collect()
    }
}

/// A faster clock needs faster ticks: one a pretend minute, four a second at most.
async fn beat(running: Arc<Running>, speed: u32, stop: CancellationToken) {
    let wait = Duration::from_millis((60_000 / u64::from(speed.max(1))).max(250));
    while !stop.is_cancelled() {
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(wait) => running.nudge(),
        }
    }
}

const PUBLIC_URL: &str = "https://weatherline.simulated";
const OPEN_METEO: &str = "https://api.open-meteo.com";
const MOST_AHEAD: SignedDuration = SignedDuration::from_hours(40 * 24);
