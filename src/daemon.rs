//! The composition root: open → recover → bind → serve, tick and send → stop. `serve` and `simulate` are this.

mod ping;
mod systemd;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::carrier::{self, Carrier};
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::zone;
use crate::flow::{self, App};
use crate::places::Places;
use crate::store::{self, Store};
use crate::weather::{self, Weather};
use crate::{net, schedule, web};

/// Every module's settings.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The database.
    pub store: store::Settings,
    /// Twilio.
    pub carrier: carrier::Settings,
    /// The weather services.
    pub weather: weather::Settings,
    /// The trips.
    pub flow: flow::Settings,
    /// The listeners.
    pub web: web::Settings,
    /// `User-Agent` of requests.
    pub user_agent: String,
    /// UTC cron expression of the daily job, seconds first.
    pub tick: String,
    /// Asked for after each completed tick.
    pub ping_url: Option<SecretString>,
}

impl Settings {
    /// What the configuration says; `None` without an account at Twilio.
    #[must_use]
    pub fn of(config: &Config) -> Option<Self> {
        Some(Self {
            store: config.store(),
            carrier: config.carrier()?,
            weather: config.weather.clone(),
            flow: config.flow(),
            web: config.web(),
            user_agent: config.user_agent(),
            tick: config.tick.clone(),
            ping_url: config.monitoring.ping_url.clone(),
        })
    }
}

/// Why the daemon did not start: one sentence each, with what to do.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database.
    #[error(transparent)]
    Store(#[from] store::OpenError),
    /// The database did not answer.
    #[error("the database does not answer: {0}")]
    Database(#[from] store::StoreError),
    /// TLS or the user agent.
    #[error("the HTTP client could not be made: {0}; is the ca-certificates package installed?")]
    Net(#[from] net::NetError),
    /// A port in use, an address that is not ours.
    #[error(
        "cannot listen on {0}: {1}; is weatherline running already? `{2}` in config.toml chooses another address"
    )]
    Listen(SocketAddr, std::io::Error, &'static str),
    /// Not a cron expression.
    #[error("schedule.tick: {0}; an example that works: \"0 * * * * *\"")]
    Tick(String),
}

/// A daemon that runs.
#[derive(Debug)]
pub struct Running {
    app: Arc<App>,
    public: SocketAddr,
    admin: SocketAddr,
    nudge: Arc<Notify>,
    stop: CancellationToken,
    tasks: TaskTracker,
}

/// Opens everything, holds what the process before left unclear, and starts to serve.
///
/// # Errors
/// [`StartError`]; nothing is left running then.
pub async fn start(settings: Settings, clock: Clock) -> Result<Running, StartError> {
    let app = open(&settings, clock).await?;
    let public = web::bind(settings.web.listen)
        .await
        .map_err(|error| StartError::Listen(settings.web.listen, error, "server.listen"))?;
    let admin = web::bind(settings.web.admin_listen)
        .await
        .map_err(|error| StartError::Listen(settings.web.admin_listen, error, "admin.listen"))?;
    let (stop, tasks, nudge) = (
        CancellationToken::new(),
        TaskTracker::new(),
        Arc::new(Notify::new()),
    );
    let (public_address, admin_address) = (public.address(), admin.address());
    if let Some(url) = settings.ping_url.clone() {
        let (app, http, stop) = (Arc::clone(&app), http(&settings)?, stop.clone());
        tasks.spawn(ping::after_each_tick(app, http, url, stop));
    }
    schedule::tick_until(
        Arc::clone(&app),
        &settings.tick,
        Arc::clone(&nudge),
        stop.clone(),
    )
    .await
    .map_err(|error| StartError::Tick(error.to_string()))?;
    tasks.spawn(Arc::clone(&app).send_until(stop.clone()));
    tasks.spawn(Arc::clone(&app).settle_until(stop.clone()));
    let routes = web::public(&app, &settings.web.path_prefix);
    tasks.spawn(public.serve(routes, stop.clone(), FINISH));
    tasks.spawn(admin.serve(
        web::admin(&app, settings.web.admin_password),
        stop.clone(),
        FINISH,
    ));
    tasks.close();
    tracing::info!(
        version = env!("CARGO_PKG_VERSION"),
        tz_data = zone::version(),
        public = %public_address,
        admin = %admin_address,
        "started"
    );
    Ok(Running {
        app,
        public: public_address,
        admin: admin_address,
        nudge,
        stop,
        tasks,
    })
}

/// Opens everything and holds what the process before left unclear, without serving.
///
/// # Errors
/// [`StartError`].
pub async fn open(settings: &Settings, clock: Clock) -> Result<Arc<App>, StartError> {
    let store = Store::open(&settings.store)?;
    let http = http(settings)?;
    let weather = Weather::new(settings.weather.clone(), http.clone());
    let oldest = clock.now().saturating_sub(KEPT).unwrap_or(Timestamp::MIN);
    let kept = store.kept_forecasts(oldest).await?.into_iter();
    weather.warm(
        kept.filter_map(|(cell, forecast, at)| Some((cell.parse().ok()?, forecast, at)))
            .collect(),
    );
    let carrier = Carrier::new(settings.carrier.clone(), http);
    let app = App::new(
        store,
        carrier,
        weather,
        Places::embedded(),
        clock,
        settings.flow.clone(),
    );
    app.hold_interrupted(true).await?;
    app.recall_hold().await?;
    app.follow_zones(zone::version()).await?;
    Ok(app)
}

/// Takes webhooks on a loopback port of its own, until `stop`, and ticks and sends nothing: for those who move the clock by
/// hand.
///
/// # Errors
/// [`StartError::Listen`].
pub async fn answer(
    app: &Arc<App>,
    settings: &Settings,
    stop: CancellationToken,
) -> Result<SocketAddr, StartError> {
    let loopback = SocketAddr::from(([127, 0, 0, 1], 0));
    let bound = web::bind(loopback)
        .await
        .map_err(|error| StartError::Listen(loopback, error, "server.listen"))?;
    let address = bound.address();
    let routes = web::public(app, &settings.web.path_prefix);
    tokio::spawn(bound.serve(routes, stop, Duration::from_secs(1)));
    Ok(address)
}

fn http(settings: &Settings) -> Result<net::Http, net::NetError> {
    net::Http::new(&net::Settings {
        user_agent: settings.user_agent.clone(),
        connect_timeout_ms: 5_000,
        max_idle_per_host: settings.flow.max_in_flight.max(8),
    })
}

impl Running {
    /// Tells systemd that the daemon is ready, and from then on that it lives and what comes next; elsewhere nobody listens.
    pub fn tell_ready(&self) {
        systemd::ready();
        let (app, stop) = (Arc::clone(&self.app), self.stop.clone());
        self.tasks.spawn(systemd::keep_told(app, stop));
    }

    /// What the trips stand on.
    #[must_use]
    pub const fn app(&self) -> &Arc<App> {
        &self.app
    }

    /// Where Twilio's webhooks are taken.
    #[must_use]
    pub const fn public_address(&self) -> SocketAddr {
        self.public
    }

    /// Where the operator looks.
    #[must_use]
    pub const fn admin_address(&self) -> SocketAddr {
        self.admin
    }

    /// Asks for a tick now; the simulator does when it moved the clock.
    pub fn nudge(&self) {
        self.nudge.notify_one();
    }

    /// Stops taking, finishes what is under way (20 s at most), and closes the database.
    pub async fn end(&self) {
        systemd::stopping();
        self.stop.cancel();
        if tokio::time::timeout(FINISH, self.tasks.wait())
            .await
            .is_err()
        {
            tracing::warn!("stopped with work under way; it is held as unclear at the next start");
        }
        self.app.store.close().await;
        tracing::info!("stopped");
    }
}

const FINISH: Duration = Duration::from_secs(20);
const KEPT: SignedDuration = SignedDuration::from_hours(6);
