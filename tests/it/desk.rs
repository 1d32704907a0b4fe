//! The operator's desk: finding a phone, seeing what it has, and changing it, by nobody else.

use weatherline::sim::CreateFault;

use crate::eyes::{Answer, Eyes};
use crate::world::{BRUNO, CLARA, World};

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_is_found_and_its_words_are_hidden_until_asked_for() {
    let world = World::at("2026-11-20 18:00 Europe/Paris").await;
    let eyes = Eyes::open(&world, None).await;
    world.text(BRUNO, "DAILY lyon 7am").await;
    world.text(CLARA, "DAILY london 7am").await;
    let page = found(&eyes, BRUNO).await;
    for words in ["Lyon", "07:00", "runs", "subscribe", "Texts received"] {
        assert!(page.text().contains(words), "{words}\n{}", page.text());
    }
    assert!(!page.body.contains("London"));
    assert!(!page.body.contains(&BRUNO[1..BRUNO.len() - 4]));
    let texts = |page: &Answer| {
        let from = page.body.find("h-texts").unwrap();
        page.body[from..page.body.find("h-consent").unwrap()].to_owned()
    };
    assert!(!page.body.contains("DAILY lyon 7am"));
    let path = format!("/phone/{}?texts=show", row_of(&world, BRUNO).await);
    let shown = eyes.get(&path, None).await;
    assert!(texts(&shown).contains("DAILY lyon 7am"));
    let recent = eyes.get("/texts", None).await;
    assert!(recent.text().contains("subscribed"), "{}", recent.text());
    assert!(!recent.body.contains("DAILY") && !recent.body.contains(&BRUNO[1..BRUNO.len() - 4]));
    let recent = eyes.get("/texts?texts=show", None).await;
    for words in ["DAILY lyon 7am", "DAILY london 7am"] {
        assert!(recent.body.contains(words), "{}", recent.body);
    }
    for (typed, status) in [
        ("0000", 200),
        ("lyon", 200),
        ("%27%20OR%201", 200),
        ("", 200),
    ] {
        let none = eyes.get(&format!("/search?digits={typed}"), None).await;
        assert_eq!(none.status, status);
        assert!(
            none.text().contains("None. Type the last four digits"),
            "{typed}"
        );
    }
    assert_eq!(eyes.get("/phone/999", None).await.status, 404);
    assert_eq!(eyes.get("/phone/x", None).await.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn buttons_do_what_they_say_and_only_ours_do() {
    let world = World::at("2026-11-20 18:00 Europe/Paris").await;
    let eyes = Eyes::open(&world, None).await;
    world.text(BRUNO, "DAILY lyon 7am").await;
    let id = row_of(&world, BRUNO).await;
    let token = token_of(&found(&eyes, BRUNO).await);
    let pause = format!("/phone/{id}/pause");
    let (right, wrong) = (format!("token={token}"), "token=0123".to_owned());
    for (form, more) in [
        ("", ""),
        (wrong.as_str(), ""),
        (right.as_str(), "Sec-Fetch-Site: cross-site\r\n"),
        (right.as_str(), "Sec-Fetch-Site: same-site\r\n"),
    ] {
        assert_eq!(
            eyes.post(&pause, form, more).await.status,
            403,
            "{form} {more}"
        );
    }
    let rebound = eyes
        .say(&format!(
            "GET /phone/{id} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
        ))
        .await;
    assert_eq!(rebound.status, 403);
    assert!(!found(&eyes, BRUNO).await.text().contains("paused"));

    let same = "Sec-Fetch-Site: same-origin\r\n";
    let done = eyes.post(&pause, &right, same).await;
    assert_eq!(done.status, 303, "{}", done.body);
    assert!(
        done.head.contains(&format!("location: ../{id}?done=pause")),
        "{}",
        done.head
    );
    assert!(found(&eyes, BRUNO).await.text().contains("paused"));
    world.sleep_until("2026-11-21 08:00 Europe/Paris").await;
    assert_eq!(
        world.records_of(BRUNO).await,
        ["daily 2026-11-21 skipped paused"]
    );
    assert_eq!(
        eyes.post(&format!("/phone/{id}/resume"), &right, same)
            .await
            .status,
        303
    );
    world.sleep_until("2026-11-22 08:00 Europe/Paris").await;
    assert_eq!(world.deliveries_to(BRUNO).len(), 1);
    assert_eq!(
        eyes.post(&format!("/phone/{id}/stop"), &right, same)
            .await
            .status,
        303
    );
    world.sleep_until("2026-11-23 08:00 Europe/Paris").await;
    assert_eq!(world.deliveries_to(BRUNO).len(), 1);
    assert_eq!(
        eyes.post(&format!("/phone/{id}/dance"), &right, same)
            .await
            .status,
        404
    );

    let sure = eyes.get(&format!("/phone/{id}/erase"), None).await;
    assert!(sure.text().contains("Erase everything about"));
    let gone = eyes.post(&format!("/phone/{id}/erase"), &right, same).await;
    assert!(gone.text().contains("is gone"));
    let none = world.app.find_phones(BRUNO).await.unwrap();
    assert!(none.is_empty());
    assert_eq!(eyes.post(&pause, &right, same).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_failed_is_sent_again_once_and_what_may_come_twice_asks() {
    let world = World::at("2026-11-20 18:00 Europe/Paris").await;
    let eyes = Eyes::open(&world, None).await;
    world.text(BRUNO, "DAILY lyon 7am").await;
    world.sim.faults().create.next(CreateFault::Refuse(21619));
    world.sleep_until("2026-11-21 07:10 Europe/Paris").await;
    assert!(world.deliveries_to(BRUNO).is_empty());
    let id = row_of(&world, BRUNO).await;
    let page = found(&eyes, BRUNO).await;
    let action = format!("{id}/resend/");
    let delivery = page.body.split(&action).nth(1).unwrap();
    let delivery = delivery.split('"').next().unwrap().to_owned();
    let form = format!("token={}", token_of(&page));
    let resend = format!("/phone/{action}{delivery}");
    assert_eq!(eyes.post(&resend, &form, "").await.status, 303);
    assert_eq!(eyes.post(&resend, &form, "").await.status, 303);
    world.sleep_until("2026-11-21 07:20 Europe/Paris").await;
    assert_eq!(
        world.deliveries_to(BRUNO).len(),
        1,
        "asked twice, sent once"
    );
    let cancelled = eyes
        .post(&format!("/phone/{id}/cancel/{delivery}"), &form, "")
        .await;
    assert_eq!(cancelled.status, 409);
    assert!(
        cancelled.text().contains("nothing can be taken back"),
        "{}",
        cancelled.text()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn days_that_are_over_stand_in_the_chart_of_the_month() {
    let world = World::at("2026-11-20 18:00 Europe/Paris").await;
    let eyes = Eyes::open(&world, None).await;
    world.text(BRUNO, "DAILY lyon 7am").await;
    world.sleep_until("2026-11-25 12:00 Europe/Paris").await;
    let since = "2026-11-01".parse().unwrap();
    let kept = world.app.store.totals_since(since).await.unwrap();
    let days: Vec<String> = kept.iter().map(|day| day.day.to_string()).collect();
    assert_eq!(
        days.last().map(String::as_str),
        Some("2026-11-23"),
        "{days:?}"
    );
    let page = eyes.get("/", None).await;
    for words in [
        "Thirty days",
        "100.0 % with a receipt; 100.0 % of the mornings out within five minutes; 6 segments out and 1 in, about USD 0.07 by your prices.",
    ] {
        assert!(page.text().contains(words), "{words}\n{}", page.text());
    }
    assert!(
        page.body.contains("2026-11-25 Delivered: 1"),
        "today is counted as well"
    );
}

/// The page of a phone, as the search leads to it.
async fn found(eyes: &Eyes, number: &str) -> Answer {
    let four = &number[number.len() - 4..];
    let search = eyes.get(&format!("/search?digits={four}"), None).await;
    assert_eq!(search.status, 303, "{}", search.body);
    let to = search.head.split("location: ").nth(1).unwrap();
    let path = format!("/{}", to.split("\r\n").next().unwrap());
    let page = eyes.get(&path, None).await;
    assert_eq!(page.status, 200);
    page
}

fn token_of(page: &Answer) -> String {
    let from = page.body.split("name=\"token\" value=\"").nth(1).unwrap();
    from.split('"').next().unwrap().to_owned()
}

async fn row_of(world: &World, number: &str) -> i64 {
    let four = &number[number.len() - 4..];
    world.app.find_phones(four).await.unwrap()[0].id
}
