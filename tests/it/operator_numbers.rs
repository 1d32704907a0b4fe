//! The account's numbers from the command line: where their webhooks point, how they are called, and what overrides them.

use crate::operator::{carrier, run, text};

#[tokio::test(flavor = "multi_thread")]
async fn numbers_are_shown_and_pointed_here() {
    let (sim, dir) = carrier().await;
    let unasked = run(dir.path(), &["number", "configure"]).await;
    assert_eq!(unasked.status.code(), Some(1));
    assert!(
        text(&unasked.stdout).contains("texts: nowhere → https://weather.example.org/twilio/text")
    );
    let done = run(dir.path(), &["number", "configure", "--yes"]).await;
    assert!(done.status.success(), "{}", text(&done.stderr));
    let listed = run(dir.path(), &["number", "list", "--json"]).await;
    assert!(
        text(&listed.stdout).contains("\"voice_url\":\"https://weather.example.org/twilio/voice\"")
    );
    let again = run(dir.path(), &["number", "configure"]).await;
    assert!(text(&again.stdout).contains("nothing to change"));
    // What comes by GET would be refused here.
    for (field, what) in [("SmsMethod", "texts"), ("VoiceMethod", "calls")] {
        sim.set_number(field, "GET");
        let listed = text(&run(dir.path(), &["number", "list"]).await.stdout);
        assert!(
            listed.contains(&format!("{what} go to")) && listed.contains(" by GET"),
            "{listed}"
        );
        let checked = text(&run(dir.path(), &["check"]).await.stdout);
        assert!(
            checked.contains(&format!("{what} do not come to")),
            "{checked}"
        );
        assert!(checked.contains("by POST"), "{checked}");
        let unasked = run(dir.path(), &["number", "configure"]).await;
        assert_eq!(unasked.status.code(), Some(1));
        let change = text(&unasked.stdout);
        assert!(change.contains(&format!("{what}: https://")), "{change}");
        assert!(change.contains(" by GET → https://"), "{change}");
        let done = run(dir.path(), &["number", "configure", "--yes"]).await;
        assert!(done.status.success(), "{}", text(&done.stderr));
        let again = run(dir.path(), &["number", "configure"]).await;
        assert!(text(&again.stdout).contains("nothing to change"));
    }
    sim.set_number("SmsApplicationSid", "AP00000000000000000000000000000001");
    sim.set_number("VoiceApplicationSid", "AP00000000000000000000000000000002");
    sim.set_number("TrunkSid", "TK00000000000000000000000000000001");
    sim.set_number("SmsUrl", "https://elsewhere.example.org/");
    // They are told before the question.
    let overridden = run(dir.path(), &["number", "configure"]).await;
    assert_eq!(overridden.status.code(), Some(1));
    let told = text(&overridden.stderr);
    for other in [
        "application AP00000000000000000000000000000001",
        "SIP trunk TK0",
        "application AP00000000000000000000000000000002",
        "--yes",
    ] {
        assert!(told.contains(other), "{other}: {told}");
    }
    assert!(told.find("SIP trunk") < told.find("--yes"), "{told}");
    let checked = text(&run(dir.path(), &["check"]).await.stdout);
    assert!(checked.contains("webhooks"), "{checked}");
    assert_eq!(sim.violations(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_messaging_service_that_takes_the_texts_is_found_and_can_be_pointed_here() {
    let (sim, dir) = carrier().await;
    sim.put_number_in_service("Weather", None, false);
    let taken = run(dir.path(), &["number", "configure", "--yes"]).await;
    assert_eq!(taken.status.code(), Some(1));
    let told = text(&taken.stderr);
    assert!(told.contains("sends them to nowhere"), "{told}");
    let sid = told.split(' ').find(|word| word.starts_with("MG")).unwrap();
    let listed = text(&run(dir.path(), &["number", "list"]).await.stdout);
    assert!(
        listed.contains(&format!("in the messaging service {sid}")),
        "{listed}"
    );
    assert!(listed.contains("sends them to nowhere"), "{listed}");
    let path = dir.path().join("config.toml");
    let config = std::fs::read_to_string(&path).unwrap();
    let service = format!("messaging_service_sid = \"{sid}\"");
    std::fs::write(&path, config.replace("from = \"+15005550006\"", &service)).unwrap();
    let unasked = run(dir.path(), &["number", "configure"]).await;
    assert_eq!(unasked.status.code(), Some(1));
    let change = "texts: nowhere → https://weather.example.org/twilio/text";
    assert!(
        text(&unasked.stdout).contains(change),
        "{}",
        text(&unasked.stderr)
    );
    let done = run(dir.path(), &["number", "configure", "--yes"]).await;
    assert!(done.status.success(), "{}", text(&done.stderr));
    let again = run(dir.path(), &["number", "configure"]).await;
    assert!(text(&again.stdout).contains("nothing to change"));
    sim.set_service_method("GET");
    let got = run(dir.path(), &["number", "configure", "--yes"]).await;
    assert!(
        text(&got.stdout).contains(" by GET → https://"),
        "{}",
        text(&got.stdout)
    );
    let again = run(dir.path(), &["number", "configure"]).await;
    assert!(text(&again.stdout).contains("nothing to change"));
    // With the number as the sender the service's address is as good.
    std::fs::write(&path, config).unwrap();
    let number = run(dir.path(), &["number", "configure"]).await;
    assert!(number.status.success(), "{}", text(&number.stderr));
    assert_eq!(sim.violations(), Vec::<String>::new());
}
