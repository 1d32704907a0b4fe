//! `serve`: the daemon, until SIGTERM or SIGINT.

use tokio::signal::unix::{Signal, SignalKind, signal};

use super::failure::Failure;
use super::output::{Output, tell};
use super::{Chosen, logs};
use crate::clock::Clock;
use crate::config::{Config, Environment, Need};
use crate::daemon::{self, Settings};

/// What may be chosen.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// How the log on the standard error looks [default: what WEATHERLINE_LOG says, else text]
    #[arg(long, value_enum, value_name = "SHAPE")]
    log: Option<logs::Shape>,
}

/// Runs the daemon. systemd is told when it is ready, and when it stops.
pub(super) async fn run(
    asked: &Arguments,
    chosen: &Chosen,
    output: &mut Output,
) -> Result<(), Failure> {
    let config = Config::load(
        chosen.file().as_deref(),
        &Environment::of_process(),
        Need::Everything,
    )?;
    let settings = Settings::of(&config).ok_or_else(|| {
        Failure::sentence(
            "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN must be given; .env.example shows how",
        )
    })?;
    let shape = asked.log.or_else(logs::Shape::of_environment);
    logs::start(shape.unwrap_or(logs::Shape::Text));
    // Before anything can be told: a signal that comes during the start ends it in order, too.
    let mut signals = Signals::listen()?;
    let running = daemon::start(settings, Clock::System).await?;
    let (public, admin) = (running.public_address(), running.admin_address());
    output.line(&format!(
        "weatherline listens on {public} for Twilio and on {admin} for you"
    ))?;
    output.flush()?;
    running.tell_ready();
    signals.told_to_stop().await;
    tell("stopping: what is under way is finished first, within 20 seconds");
    running.end().await;
    Ok(())
}

/// SIGTERM and SIGINT, as requests to stop.
pub(super) struct Signals {
    term: Signal,
    int: Signal,
}

impl Signals {
    /// From now on they end nothing by themselves.
    pub(super) fn listen() -> Result<Self, Failure> {
        let listen = |kind| signal(kind).map_err(anyhow::Error::from);
        Ok(Self {
            term: listen(SignalKind::terminate())?,
            int: listen(SignalKind::interrupt())?,
        })
    }

    /// Waits for one of them; one that came since `listen` counts.
    pub(super) async fn told_to_stop(&mut self) {
        tokio::select! {
            _ = self.term.recv() => {}
            _ = self.int.recv() => {}
        }
    }
}
