//! What the log never says, however much is asked of it: numbers, texts and secrets.

use weatherline::sim::{Options, WeatherFault};

use crate::house::{ANNA, BRUNO, House, until};

#[tokio::test(flavor = "multi_thread")]
async fn no_number_text_or_secret_is_in_the_fullest_log() {
    for wish in ["weatherline=trace", "trace"] {
        let house = House::new().await;
        let mut command = house.command(&house.config("", ""));
        command.env("RUST_LOG", wish);
        let daemon = house.serve_as(command);
        let sim = &house.sim;
        sim.text(BRUNO, "lyon").await;
        sim.text(ANNA, "DAILY Zanzibar 7am").await;
        sim.text(ANNA, "xyzzyplugh nowhere at all").await;
        // A follow-up goes out by the REST API, and its callbacks come in.
        sim.faults().open_meteo.next(WeatherFault::Down);
        sim.faults().met_norway.next(WeatherFault::Down);
        sim.text(BRUNO, "timbuktu").await;
        assert!(until(|| sim.ledger().accepted().count() == 1, 60).await);
        assert!(
            until(
                || sim.ledger().accepted().all(|m| m.status == "delivered"),
                20
            )
            .await,
            "no receipt"
        );
        sim.text(ANNA, "STOP").await;
        daemon.signal("-TERM");
        let mut daemon = daemon;
        daemon.ended();
        let log = daemon.log();
        assert!(
            log.contains("TRACE") || wish != "trace",
            "nothing is traced"
        );
        let body = sim.ledger().accepted().next().map(|m| m.body.clone());
        let lower = log.to_lowercase();
        for word in [
            "39981234",
            "4155550101",
            "5005550006",
            "xyzzyplugh",
            "zanzibar",
            "timbuktu",
            &body.unwrap()[..20].to_lowercase(),
            &Options::new(std::sync::Arc::new(|| 0)).auth_token,
        ] {
            let line = lower.lines().find(|line| line.contains(word));
            assert_eq!(line, None, "RUST_LOG={wish}: {word}");
        }
    }
}
