//! `serve`: the daemon, until SIGTERM or SIGINT.

use tokio::signal::unix::{SignalKind, signal};

use super::failure::Failure;
use super::output::{Output, tell};
use super::{Chosen, logs};
use crate::clock::Clock;
use crate::config::{Config, Environment, Need};
use crate::daemon::{self, Settings};

/// Runs the daemon. systemd is told when it is ready, and when it stops.
pub(super) async fn run(chosen: &Chosen, output: &mut Output) -> Result<(), Failure> {
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
    logs::start();
    let running = daemon::start(settings, Clock::System).await?;
    let (public, admin) = (running.public_address(), running.admin_address());
    output.line(&format!(
        "weatherline listens on {public} for Twilio and on {admin} for you"
    ))?;
    output.flush()?;
    running.tell_ready();
    until_told_to_stop().await.map_err(anyhow::Error::from)?;
    tell("stopping: what is under way is finished first, within 20 seconds");
    running.end().await;
    Ok(())
}

/// Waits for SIGTERM or SIGINT.
///
/// # Errors
/// The system does not let us listen for signals.
pub(super) async fn until_told_to_stop() -> std::io::Result<()> {
    let mut term = signal(SignalKind::terminate())?;
    let mut int = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = term.recv() => {}
        _ = int.recv() => {}
    }
    Ok(())
}
