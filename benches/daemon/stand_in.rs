//! A carrier that takes every message: at once, or after the time that a round trip takes.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::post;

/// It runs as long as the bench does.
#[derive(Clone)]
pub(crate) struct StandIn {
    pub(crate) address: SocketAddr,
    taken: Arc<AtomicU64>,
}

impl StandIn {
    pub(crate) async fn start(round_trip: Duration) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let taken = Arc::new(AtomicU64::new(0));
        let state = (round_trip, Arc::clone(&taken));
        let route = Router::new()
            .route("/2010-04-01/Accounts/{sid}/Messages.json", post(take))
            .with_state(state);
        tokio::spawn(async move { axum::serve(listener, route).await });
        Self { address, taken }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many it took.
    pub(crate) fn taken(&self) -> u64 {
        self.taken.load(Ordering::SeqCst)
    }
}

/// About as long an answer as Twilio's.
async fn take(
    State((round_trip, taken)): State<(Duration, Arc<AtomicU64>)>,
    form: Bytes,
) -> impl IntoResponse {
    assert!(form.starts_with(b"To="), "not a message");
    if !round_trip.is_zero() {
        tokio::time::sleep(round_trip).await;
    }
    let n = taken.fetch_add(1, Ordering::SeqCst);
    let answer = format!(
        r#"{{"account_sid":"ACa1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1","api_version":"2010-04-01","body":"Lyon: rain from 2pm, 11C, tonight 6C. Wind 25km/h. Tomorrow dry, 13C.","date_created":"Sun, 22 Nov 2026 07:00:00 +0000","date_sent":null,"date_updated":"Sun, 22 Nov 2026 07:00:00 +0000","direction":"outbound-api","error_code":null,"error_message":null,"from":"+15005550006","messaging_service_sid":null,"num_media":"0","num_segments":"1","price":null,"price_unit":"USD","sid":"SM{n:032x}","status":"queued","subresource_uris":{{"media":"/2010-04-01/Accounts/ACa1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/Messages/SM{n:032x}/Media.json"}},"to":"+33639980000","uri":"/2010-04-01/Accounts/ACa1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1/Messages/SM{n:032x}.json"}}"#
    );
    (
        StatusCode::CREATED,
        [(CONTENT_TYPE, "application/json")],
        answer,
    )
}
