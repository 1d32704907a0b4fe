//! A sign of life to somebody else's machine after each completed tick: it notices when this one is dead.

use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};
use tokio_util::sync::CancellationToken;

use crate::flow::App;
use crate::net::{Http, Method, Request};

/// Asks for the address after each completed tick, until `stop`. What fails is counted and told once; the next tick tries again.
pub(super) async fn after_each_tick(
    app: Arc<App>,
    http: Http,
    url: SecretString,
    stop: CancellationToken,
) {
    let mut beats = app.pulse.beats();
    let (mut ticks, mut works) = (0, true);
    loop {
        let now = beats.borrow_and_update().ticks;
        if now != ticks {
            // Several that were completed meanwhile are one sign of life.
            ticks = now;
            let answered = ask(&http, &url).await;
            app.tally.ping(answered);
            if works != answered {
                works = answered;
                if answered {
                    tracing::info!("monitoring.ping_url answers again");
                } else {
                    tracing::warn!(
                        "monitoring.ping_url does not answer: whoever watches it will think that this daemon is dead"
                    );
                }
            }
        }
        tokio::select! {
            () = stop.cancelled() => return,
            changed = beats.changed() => if changed.is_err() { return },
        }
    }
}

async fn ask(http: &Http, url: &SecretString) -> bool {
    let request = Request {
        method: Method::Get,
        url: url.expose_secret(),
        headers: &[],
        basic_auth: None,
        form: None,
        timeout_ms: 10_000,
        max_bytes: 64 * 1024,
    };
    let answer = http.send(request).await;
    answer.is_ok_and(|answer| (200..300).contains(&answer.status))
}
