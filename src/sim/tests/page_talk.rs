//! The page: what it serves, whom it turns away, what its buttons do.

use std::sync::Mutex;

use super::*;

/// A world with a page whose clock can be moved, and the moves it was asked for.
pub(super) async fn page() -> (Sim, Arc<Mutex<Vec<ClockMove>>>) {
    let moves: Arc<Mutex<Vec<ClockMove>>> = Arc::default();
    let asked = moves.clone();
    let mut options = Options::new(Arc::new(|| NOON));
    options.page = Some(PageHooks {
        clock_now: Arc::new(|| NOON),
        move_clock: Arc::new(move |to| {
            asked.lock().unwrap().push(to);
            Box::pin(async move {
                match to {
                    ClockMove::Real => Err("It only goes forward.".to_owned()),
                    ClockMove::To(_) => Ok(()),
                }
            })
        }),
        upcoming: Arc::new(|| {
            Box::pin(async {
                vec![Upcoming {
                    phone: ANNA.into(),
                    place: "Lyon".into(),
                    at_ms: NOON + 60_000,
                    zone: "Europe/Paris".into(),
                    what: "daily forecast".into(),
                }]
            })
        }),
        weather_source: "Sample weather".into(),
        operator_page: Arc::new(|| Some("http://127.0.0.1:9".into())),
    });
    (Sim::start(options).await.unwrap(), moves)
}

pub(super) async fn press(sim: &Sim, path: &str, value: Value) -> (u16, String) {
    let header = "Content-Type: application/json\r\n";
    ask(sim, "POST", path, header, &value.to_string())
        .await
        .unwrap()
}

#[tokio::test]
async fn the_page_needs_nothing_from_elsewhere() {
    let (sim, _) = page().await;
    let (status, index) = ask(&sim, "GET", "/", "", "").await.unwrap();
    assert_eq!(status, 200);
    assert!(!index.contains("style=") && !index.contains("onclick"));
    assert_eq!(
        index.matches("<script").count(),
        index.matches("<script type=\"module\" src=\"/").count()
    );
    for path in [
        "/page.css",
        "/page.js",
        "/dom.js",
        "/calls.js",
        "/phones.js",
        "/wire.js",
    ] {
        let (status, body) = ask(&sim, "GET", path, "", "").await.unwrap();
        assert_eq!(status, 200, "{path}");
        let foreign = body.replace("http://www.w3.org/2000/svg", "");
        assert!(
            !foreign.contains("http://") && !foreign.contains("https://"),
            "{path}"
        );
        assert!(!body.contains("innerHTML"), "{path}");
    }
}

#[tokio::test]
async fn foreign_sites_are_turned_away() {
    let (sim, _) = page().await;
    let text = serde_json::json!({ "from": ANNA, "body": "lyon" }).to_string();
    let json = "Content-Type: application/json\r\n";
    for (headers, wanted) in [
        (format!("{json}Origin: https://evil.example\r\n"), 403),
        (format!("{json}Origin: null\r\n"), 403),
        (format!("{json}Origin: http://localhost\r\n"), 200),
        ("Content-Type: text/plain\r\n".to_owned(), 415),
    ] {
        let (status, _) = ask(&sim, "POST", "/page/text", &headers, &text)
            .await
            .unwrap();
        assert_eq!(status, wanted, "{headers}");
    }
    let address = sim.url().replace("http://", "");
    let mut socket = tokio::net::TcpStream::connect(address).await.unwrap();
    let request =
        "GET /page/state HTTP/1.1\r\nHost: weather.evil.example\r\nConnection: close\r\n\r\n";
    socket.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 403"));
}

#[tokio::test]
async fn a_text_from_the_page_shows_up_in_its_state() {
    let (sim, _) = page().await;
    let daemon = Daemon::start(&sim).await;
    daemon.say("<Response><Message>Fog</Message></Response>");
    let (status, _) = press(
        &sim,
        "/page/text",
        serde_json::json!({ "from": ANNA, "body": "lyon" }),
    )
    .await;
    assert_eq!(status, 200);
    let (_, state) = get(&sim, "/page/state").await;
    assert_eq!(state["phones"][0]["name"], "Anna");
    assert_eq!(state["phones"][1]["zone"], "Europe/Paris");
    assert_eq!(state["messages"][1]["body"], "Fog");
    assert_eq!(state["exchanges"][0]["kind"], "text");
    assert_eq!(state["exchanges"][0]["status"], 200);
    let stranger = serde_json::json!({ "from": "+12125550000", "body": "lyon" });
    assert_eq!(press(&sim, "/page/text", stranger).await.0, 400);
}

#[tokio::test]
async fn more_phones_until_the_table_is_full() {
    let (sim, _) = page().await;
    let (_, first) = press(&sim, "/page/phones", serde_json::json!({ "country": "JP" })).await;
    assert!(first.contains("+81") && first.contains("Asia/Tokyo"));
    assert_eq!(
        press(&sim, "/page/phones", serde_json::json!({ "country": "XX" }))
            .await
            .0,
        409
    );
    for _ in 0..9 {
        assert_eq!(
            press(&sim, "/page/phones", serde_json::json!({ "country": "FR" }))
                .await
                .0,
            200
        );
    }
    assert_eq!(
        press(&sim, "/page/phones", serde_json::json!({ "country": "FR" }))
            .await
            .0,
        409
    );
    let (_, state) = get(&sim, "/page/state").await;
    let mut numbers: Vec<&str> = state["phones"]
        .as_array()
        .unwrap()
        .iter()
        .map(|phone| phone["number"].as_str().unwrap())
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), 12);
}

#[tokio::test]
async fn the_buttons_move_the_clock() {
    let (sim, moves) = page().await;
    let button = |name: &str, zone: &str| serde_json::json!({ "button": name, "zone": zone });
    assert_eq!(press(&sim, "/page/clock", button("hour", "")).await.0, 200);
    assert_eq!(
        press(&sim, "/page/clock", button("seven", "Europe/Paris"))
            .await
            .0,
        200
    );
    assert_eq!(
        press(&sim, "/page/clock", button("seven", "America/Los_Angeles"))
            .await
            .0,
        200
    );
    assert_eq!(
        press(&sim, "/page/clock", button("day", "Europe/Paris"))
            .await
            .0,
        200
    );
    let (status, sentence) = press(&sim, "/page/clock", button("now", "")).await;
    assert_eq!((status, sentence.as_str()), (409, "It only goes forward."));
    assert_eq!(press(&sim, "/page/clock", button("never", "")).await.0, 400);
    assert_eq!(
        press(&sim, "/page/clock", button("seven", "Mars/Base"))
            .await
            .0,
        400
    );
    const HOUR: i64 = 3_600_000;
    let wanted = [
        ClockMove::To(NOON + HOUR),
        // 06:00 UTC of the next day is 07:00 in Paris; 15:00 UTC of this one is 07:00 in Los Angeles.
        ClockMove::To(NOON + 18 * HOUR),
        ClockMove::To(NOON + 3 * HOUR),
        ClockMove::To(NOON + 24 * HOUR),
        ClockMove::Real,
    ];
    assert_eq!(*moves.lock().unwrap(), wanted);
    let (_, now) = get(&sim, "/page/now").await;
    assert_eq!(now["upcoming"][0]["place"], "Lyon");
}

#[tokio::test]
async fn news_come_as_events() {
    let (sim, _) = page().await;
    let daemon = Daemon::start(&sim).await;
    daemon.say("<Response/>");
    let address = sim.url().replace("http://", "");
    let mut socket = tokio::net::TcpStream::connect(address).await.unwrap();
    socket
        .write_all(b"GET /page/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .await
        .unwrap();
    let mut head = [0; 15];
    socket.read_exact(&mut head).await.unwrap();
    assert_eq!(&head, b"HTTP/1.1 200 OK");
    sim.text(ANNA, "lyon").await;
    let mut seen = String::new();
    while !seen.contains("\"event\":\"exchange\"") {
        let mut piece = [0; 4096];
        let count = socket.read(&mut piece).await.unwrap();
        assert!(count > 0, "the stream ended");
        seen.push_str(std::str::from_utf8(&piece[..count]).unwrap());
    }
    assert!(seen.contains("\"event\":\"message\"") && seen.contains("data: "));
}

#[tokio::test]
async fn without_hooks_there_is_no_page() {
    let (sim, _) = world().await;
    assert_eq!(ask(&sim, "GET", "/", "", "").await.unwrap().0, 404);
    let mut options = Options::new(Arc::new(|| NOON));
    options.listen = "0.0.0.0:0".parse().unwrap();
    assert!(Sim::start(options).await.is_err());
}
