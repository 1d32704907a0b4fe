//! What people get by text from the daemon: answers, also while it stops and while there is no weather.

use std::net::TcpListener;
use std::time::Duration;

use weatherline::domain::delivery::DeliveryStatus;
use weatherline::sim::{CreateFault, Options, Signature, Sim, WeatherFault};

use crate::house::{ANNA, BRUNO, House, get, until};

#[tokio::test(flavor = "multi_thread")]
async fn a_text_gets_a_forecast_and_daily_a_confirmation() {
    let house = House::new().await;
    let daemon = house.serve();
    assert_eq!(get(daemon.public, "/healthz"), 200);
    // Ready once it has ticked.
    assert!(until(|| get(daemon.admin, "/readyz") == 200, 10).await);
    let forecast = house.sim.text(BRUNO, "lyon").await;
    assert_eq!(forecast.replies.len(), 1);
    assert!(forecast.replies[0].starts_with("Lyon"), "{forecast:?}");
    let confirmed = house.sim.text(BRUNO, "DAILY lyon 7am").await;
    let told = confirmed.replies.concat();
    assert!(told.contains("Lyon") && told.contains("07:00"), "{told}");
    assert!(told.contains("STOP"), "{told}");
    // The same webhook again: the same answer, word for word.
    assert_eq!(
        house.sim.text_again(&confirmed.sid).await.replies,
        confirmed.replies
    );
    for signature in [Signature::Wrong, Signature::Missing] {
        let fields = [
            ("From", ANNA),
            ("Body", "daily paris"),
            ("MessageSid", "SM1"),
        ];
        let forged = house
            .sim
            .raw_webhook("/twilio/text", &fields, signature)
            .await;
        assert_eq!(forged.status, Some(403));
    }
    daemon.stop();
    assert_eq!(house.sim.violations(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn told_to_stop_it_finishes_what_is_under_way() {
    for signal in ["-TERM", "-INT"] {
        let house = House::new().await;
        let mut daemon = house.serve();
        house.sim.faults().open_meteo.next(WeatherFault::Slow(2500));
        let sim = house.sim.clone();
        let asking = tokio::spawn(async move { sim.text(BRUNO, "lyon").await });
        assert!(
            until(
                || house.sim.asked("open-meteo") > 0 || !asking.is_finished(),
                5
            )
            .await
        );
        tokio::time::sleep(Duration::from_millis(500)).await;
        daemon.signal(signal);
        let (status, took) = daemon.ended();
        assert_eq!(status.code(), Some(0), "{}", daemon.log());
        assert!(took < Duration::from_secs(20), "{took:?}");
        let answer = asking.await.unwrap();
        assert!(answer.replies.concat().starts_with("Lyon"), "{answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn stopped_in_the_middle_of_sending_it_loses_nothing_and_doubles_nothing() {
    let house = House::new().await;
    house.weather_is(&WeatherFault::Down);
    let mut daemon = house.serve();
    let phones: Vec<String> = (0..40).map(|n| format!("+336399820{n:02}")).collect();
    for phone in &phones {
        assert_eq!(house.sim.text(phone, "lyon").await.replies.len(), 1);
    }
    // Forty texts are owed; the weather returns while the carrier is slow, four at a time.
    house
        .sim
        .faults()
        .create
        .always(Some(CreateFault::Slow(1500)));
    house.weather_returns();
    assert!(until(|| house.sim.ledger().accepted().count() >= 6, 100).await);
    daemon.signal("-TERM");
    let (status, took) = daemon.ended();
    assert_eq!(status.code(), Some(0), "{}", daemon.log());
    assert!(took < Duration::from_secs(20), "{took:?}");
    let before = house.rows().await;
    let held = before
        .iter()
        .filter(|row| {
            matches!(
                row.status,
                DeliveryStatus::Attempting | DeliveryStatus::Unclear
            )
        })
        .count();
    assert_eq!(held, 0, "what was under way was not finished");

    house.sim.faults().clear();
    let daemon = house.serve();
    until(|| house.sim.ledger().accepted().count() >= phones.len(), 30).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    daemon.stop();
    for phone in &phones {
        let count = house.sim.ledger().accepted_for(phone).count();
        assert_eq!(count, 1, "each is texted once");
    }
    assert_eq!(house.rows().await.len(), phones.len());
    assert_eq!(house.sim.violations(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_network_the_answer_is_honest_and_the_forecast_follows() {
    let mut house = House::new().await;
    let closed = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = closed.local_addr().unwrap();
    drop(closed);
    house.weather_url = format!("http://{address}");
    let daemon = house.serve();
    let started = std::time::Instant::now();
    let answer = house.sim.text(BRUNO, "lyon").await;
    assert!(started.elapsed() < Duration::from_secs(10));
    let told = answer.replies.concat();
    assert!(
        told.contains("Lyon") && told.contains("Je te l'envoie"),
        "{told}"
    );
    assert!(!told.contains("http"), "{told}");
    // Also a restart does not make it forget.
    daemon.stop();
    let daemon = house.serve();
    let mut options = Options::new(std::sync::Arc::new(|| {
        jiff::Timestamp::now().as_millisecond()
    }));
    options.listen = address;
    let weather = Sim::start(options).await.unwrap();
    let followed = until(|| house.sim.ledger().accepted_for(BRUNO).count() == 1, 120).await;
    assert!(followed, "within 2 minutes: {}", daemon.log());
    let text = house.sim.ledger().accepted_for(BRUNO).next().cloned();
    assert!(text.unwrap().body.starts_with("Lyon"));
    daemon.stop();
    drop(weather);
}

impl House {
    fn weather_is(&self, fault: &WeatherFault) {
        self.sim.faults().open_meteo.always(Some(*fault));
        self.sim.faults().met_norway.always(Some(*fault));
    }

    fn weather_returns(&self) {
        self.sim.faults().open_meteo.clear();
        self.sim.faults().met_norway.clear();
    }
}
