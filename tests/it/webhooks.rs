//! What gets in: nothing forged, nothing too large, nothing to a route that is none.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use weatherline::sim::Signature;

use crate::world::{ANNA, BRUNO, World};

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_forged_webhooks_change_nothing() {
    let world = World::at("2026-11-20 15:00 Europe/Paris").await;
    world.text(BRUNO, "lyon").await;
    let before = fingerprint(&world).await;
    let fields = [
        ("MessageSid", "SM00000000000000000000000000000001"),
        ("From", ANNA),
        ("Body", "DAILY lyon 7am"),
    ];
    for n in 0..10_000 {
        let signature = match n % 3 {
            0 => Signature::Missing,
            1 => Signature::Wrong,
            _ => Signature::Exactly("bm90aGluZw==".into()),
        };
        let path = if n % 2 == 0 {
            "/twilio/text"
        } else {
            "/twilio/status/12345"
        };
        let called = world.sim.raw_webhook(path, &fields, signature).await;
        assert_eq!(called.status, Some(403));
    }
    assert_eq!(fingerprint(&world).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_webhook_refuses_what_is_not_signed() {
    let world = World::at("2026-11-20 15:00 Europe/Paris").await;
    let fields = [
        ("MessageSid", "SM00000000000000000000000000000001"),
        ("CallSid", "CA00000000000000000000000000000001"),
        ("From", ANNA),
        ("Body", "lyon"),
    ];
    let mut asked = 0;
    for path in weatherline::web::webhook_paths() {
        assert!(path.starts_with("/twilio/"), "{path}");
        let path = path.replace("{delivery_id}", "1").replace("{*step}", "x/1");
        for (signature, refused) in [
            (Signature::Missing, true),
            (Signature::Wrong, true),
            (Signature::Right, false),
        ] {
            let called = world.sim.raw_webhook(&path, &fields, signature).await;
            assert_eq!(called.status == Some(403), refused, "{path}: {called:?}");
            asked += 1;
        }
    }
    assert!(asked >= 15, "{asked}");
}

#[tokio::test(flavor = "multi_thread")]
async fn genuine_but_incomplete_is_a_400_and_an_unknown_delivery_a_204() {
    let world = World::at("2026-11-20 15:00 Europe/Paris").await;
    let sid = ("MessageSid", "SM00000000000000000000000000000001");
    let without_from = world
        .sim
        .raw_webhook("/twilio/text", &[sid, ("Body", "x")], Signature::Right)
        .await;
    assert_eq!(without_from.status, Some(400));
    let without_sid = world
        .sim
        .raw_webhook(
            "/twilio/text",
            &[("From", ANNA), ("Body", "x")],
            Signature::Right,
        )
        .await;
    assert_eq!(without_sid.status, Some(400));
    for id in ["1", "99999999999999999999", "x", "-1"] {
        let path = format!("/twilio/status/{id}");
        let called = world
            .sim
            .raw_webhook(
                &path,
                &[sid, ("MessageStatus", "delivered")],
                Signature::Right,
            )
            .await;
        assert_eq!(called.status, Some(204), "{id}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_routes_of_the_contract_answer() {
    let world = World::at("2026-11-20 15:00 Europe/Paris").await;
    for (request, status) in [
        ("GET /healthz", 200),
        ("GET /", 404),
        ("GET /metrics", 404),
        ("GET /twilio/text", 405),
        ("DELETE /twilio/status/1", 405),
        ("POST /twilio/other", 404),
    ] {
        let (method, path) = request.split_once(' ').unwrap();
        assert_eq!(plain(&world, method, path, b"").await, status, "{request}");
    }
    assert_eq!(
        plain(&world, "POST", "/twilio/text", &vec![b'a'; 64 * 1024 + 1]).await,
        413
    );
    assert_eq!(
        plain(&world, "POST", "/twilio/text", &vec![b'a'; 64 * 1024]).await,
        403
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_says_that_it_is_too_long_is_told_so_at_once() {
    let world = World::at("2026-11-20 15:00 Europe/Paris").await;
    let status = |answer: String| answer.split(' ').nth(1).map(str::to_owned);
    // Nothing of it has come yet; and who asks first is not told to go on.
    for extra in ["", "Expect: 100-continue\r\n"] {
        let head = format!(
            "POST /twilio/text HTTP/1.1\r\nHost: x\r\n{extra}Content-Length: 9999999\r\n\r\n"
        );
        let mut stream = TcpStream::connect(world.address).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut answer = vec![0; 64];
        let count = stream.read(&mut answer).await.unwrap();
        let answer = String::from_utf8_lossy(&answer[..count]).into_owned();
        assert_eq!(status(answer).as_deref(), Some("413"), "{extra}");
    }
    // A client that reads only after it has written all is not cut off in the middle.
    let body = vec![b'a'; 20_000_000];
    let mut stream = TcpStream::connect(world.address).await.unwrap();
    let head = format!(
        "POST /twilio/text HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&body).await.unwrap();
    let mut answer = vec![0; 64];
    let count = stream.read(&mut answer).await.unwrap();
    let answer = String::from_utf8_lossy(&answer[..count]).into_owned();
    assert_eq!(status(answer).as_deref(), Some("413"));
    // One that breaks off is no genuine webhook, and nothing of it is read.
    let mut stream = TcpStream::connect(world.address).await.unwrap();
    stream
        .write_all(b"POST /twilio/text HTTP/1.1\r\nHost: x\r\nContent-Length: 70\r\n\r\nBody=lyon")
        .await
        .unwrap();
    stream.shutdown().await.unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    assert!(!String::from_utf8_lossy(&answer).contains("200"));
    assert_eq!(plain(&world, "GET", "/healthz", b"").await, 200);
}

async fn plain(world: &World, method: &str, path: &str, body: &[u8]) -> u16 {
    let mut stream = TcpStream::connect(world.address).await.unwrap();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let _ = stream.write_all(body).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    let line = String::from_utf8_lossy(&answer)
        .lines()
        .next()
        .unwrap_or_default()
        .to_owned();
    line.split(' ')
        .nth(1)
        .and_then(|code| code.parse().ok())
        .unwrap_or(0)
}

async fn fingerprint(world: &World) -> (u64, u64) {
    world.app.store.size().await.unwrap()
}
