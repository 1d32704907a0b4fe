//! The message list, in the moods that it has.

use super::*;
use crate::carrier::rest::stand_in::{StandIn, Step, carrier, settings};

const BODY: &str = "Lyon Tue: rain from 2pm.\nHigh 12C";

fn at(time: &str) -> Timestamp {
    format!("2026-03-10T{time}Z").parse().unwrap()
}

/// A message as the list tells it, created at that time of the day, in UTC.
fn listed(sid: &str, time: &str, body: &str) -> String {
    let body = serde_json::Value::from(body);
    format!(
        r#"{{"sid": "{sid}", "status": "sent", "direction": "outbound-api", "to": "+14155550101", "from": "+15005550006",
        "body": {body}, "error_code": null, "date_created": "Tue, 10 Mar 2026 {time} +0000", "date_sent": null}}"#
    )
}

fn page(messages: &[String], next: Option<&str>) -> Step {
    let next = serde_json::Value::from(next);
    Step::json(
        200,
        &format!(
            r#"{{"messages": [{}], "next_page_uri": {next}}}"#,
            messages.join(",")
        ),
    )
}

async fn ask(
    stand_in: &StandIn,
    attempted: &str,
    now: &str,
    taken: &[&str],
) -> Result<Found, RestError> {
    let taken: Vec<String> = taken.iter().map(|sid| (*sid).to_owned()).collect();
    stand_in
        .carrier()
        .find_text(&Wanted {
            to: &PhoneNumber::parse("+14155550101").unwrap(),
            body: BODY,
            attempted_at: at(attempted),
            now: at(now),
            taken: &taken,
        })
        .await
}

async fn find(steps: Vec<Step>, taken: &[&str]) -> Result<Found, RestError> {
    ask(&StandIn::start(steps).await, "07:00:00", "07:02:00", taken).await
}

fn message(sid: &str) -> Result<Found, RestError> {
    Ok(Found::Message {
        sid: sid.into(),
        status: DeliveryStatus::Sent,
        error_code: None,
    })
}

#[tokio::test]
async fn finds_it_among_others() {
    let stand_in = StandIn::start(vec![page(
        &[
            listed("SM1", "07:01:00", "Paris: sun"),
            listed("SM2", "07:00:01", " Lyon Tue: rain from 2pm.\r\nHigh  12C "),
        ],
        None,
    )])
    .await;
    assert_eq!(
        ask(&stand_in, "07:00:00", "07:02:00", &[]).await,
        message("SM2")
    );
    assert!(
        stand_in.asked()[0]
            .line
            .contains("/Messages.json?To=%2B14155550101&From=%2B15005550006&PageSize=20 ")
    );
}

#[tokio::test]
async fn knows_a_trial_accounts_and_a_dateless_one() {
    let trial = listed("SM1", "07:00:01", &format!("{TRIAL}{BODY}"));
    assert_eq!(find(vec![page(&[trial], None)], &[]).await, message("SM1"));
    let dateless = listed("SM1", "soon", BODY);
    assert_eq!(
        find(vec![page(&[dateless], None)], &[]).await,
        message("SM1")
    );
}

#[tokio::test]
async fn is_not_misled() {
    let same = |sid, time| listed(sid, time, BODY);
    let others = [
        same("SM1", "07:00:01"),
        same("SM2", "06:40:00"),
        same("SM3", "07:00:01").replace("outbound-api", "outbound-reply"),
        same("SM4", "07:00:01").replace("outbound-api", "inbound"),
        same("SM5", "07:00:01").replace("+14155550101", "+14155550102"),
        same("SM6", "07:00:01").replace("+15005550006", "+15005550007"),
        listed("SM7", "07:00:01", "Lyon Tue: rain from 3pm.\nHigh 12C"),
    ];
    assert_eq!(
        find(vec![page(&others, None)], &["SM1"]).await,
        Ok(Found::Absent)
    );
    assert_eq!(find(vec![page(&[], None)], &[]).await, Ok(Found::Absent));
}

#[tokio::test]
async fn an_erased_text_leaves_doubt() {
    let erased = listed("SM1", "07:00:01", "");
    assert_eq!(
        find(vec![page(std::slice::from_ref(&erased), None)], &[]).await,
        Ok(Found::Truncated)
    );
    assert_eq!(
        find(vec![page(&[erased], None)], &["SM1"]).await,
        Ok(Found::Absent)
    );
}

#[tokio::test]
async fn reads_on_until_it_is_past_the_attempt() {
    let next = Some("/2010-04-01/next.json");
    let young = listed("SM1", "07:01:00", "Paris: sun");
    let old = listed("SM2", "05:00:00", "Paris: sun");
    let pages = vec![
        page(std::slice::from_ref(&young), next),
        page(&[], Some("/2010-04-01/next2.json")),
        page(&[listed("SM3", "07:00:01", BODY)], next),
    ];
    assert_eq!(find(pages, &[]).await, message("SM3"));
    let stand_in = StandIn::start(vec![page(&[young], next), page(&[old], Some("/more"))]).await;
    assert_eq!(
        ask(&stand_in, "07:00:00", "07:02:00", &[]).await,
        Ok(Found::Absent)
    );
    assert_eq!(stand_in.asked().len(), 2);
}

#[tokio::test]
async fn stops_at_its_limit_and_says_so() {
    let pages = (0..=MAX_PAGES)
        .map(|n| {
            page(
                &[listed("SM1", "07:01:00", "Paris: sun")],
                Some(&format!("/{n}")),
            )
        })
        .collect();
    assert_eq!(find(pages, &[]).await, Ok(Found::Truncated));
}

#[tokio::test]
async fn a_list_that_cannot_be_read_proves_nothing() {
    let next = Some("/2010-04-01/next.json");
    let first = page(&[listed("SM1", "07:01:00", "Paris: sun")], next);
    for step in [
        Step::json(401, r#"{"code": 20003}"#),
        Step::json(200, "<html>"),
        Step::json(200, "{}"),
        Step::json(200, r#"{"messages": [{"nothing": 1}]}"#),
        Step::Hang,
    ] {
        assert!(find(vec![first.clone(), step], &[]).await.is_err());
    }
    let broken = Step::Truncated(200, r#"{"messages": []"#);
    for step in [Step::json(500, ""), Step::Drop, broken] {
        assert!(
            find(vec![step.clone(), step.clone(), step], &[])
                .await
                .is_err()
        );
    }
}

#[tokio::test]
async fn our_clock_may_be_wrong() {
    // Created at 07:00 by Twilio's clock, which says 07:02 now.
    let answer = |body: &str| {
        let date = "Date: Tue, 10 Mar 2026 07:02:00 GMT\r\n";
        let page = format!(r#"{{"messages": [{}]}}"#, listed("SM1", "07:00:00", body));
        Step::AnswerWith(200, date, page)
    };
    for (attempted, now, why) in [
        ("09:00:00", "09:02:00", "two hours fast"),
        ("05:00:00", "05:02:00", "two hours slow"),
        ("09:00:00", "07:02:00", "set back since"),
        ("05:00:00", "07:02:00", "set ahead since"),
    ] {
        let stand_in = StandIn::start(vec![answer(BODY)]).await;
        assert_eq!(
            ask(&stand_in, attempted, now, &[]).await,
            message("SM1"),
            "{why}"
        );
    }
    let stand_in = StandIn::start(vec![answer("Paris: sun")]).await;
    assert_eq!(
        ask(&stand_in, "09:00:00", "09:02:00", &[]).await,
        Ok(Found::Absent)
    );
}

#[tokio::test]
async fn a_service_may_have_sent_from_any_number() {
    let stand_in = StandIn::start(vec![page(
        &[listed("SM1", "07:00:01", BODY).replace("+15005550006", "+15005550007")],
        None,
    )])
    .await;
    let mut settings = settings(&stand_in.url);
    settings.from = From::Service("MG1".into());
    let found = carrier(settings)
        .find_text(&Wanted {
            to: &PhoneNumber::parse("+14155550101").unwrap(),
            body: BODY,
            attempted_at: at("07:00:00"),
            now: at("07:02:00"),
            taken: &[],
        })
        .await;
    assert_eq!(found, message("SM1"));
    assert!(!stand_in.asked()[0].line.contains("From="));
}
