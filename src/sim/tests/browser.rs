//! The page in a real browser, driven over WebDriver: texts, clock, wire, keyboard, small screen.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use serde_json::json;

use super::page_talk::page;
use super::*;

#[tokio::test]
#[ignore = "needs chromedriver and chromium; scripts/browser-test runs it"]
async fn a_visitor_texts_and_watches() {
    let (sim, moves) = page().await;
    let daemon = Daemon::start(&sim).await;
    daemon.say("<Response><Message>Lyon Mon: Rain from 2pm. High 14C.</Message></Response>");
    let browser = Browser::open(1400, 900).await;
    browser.go(&sim.url()).await;
    browser
        .until("document.querySelectorAll('.phone').length === 2")
        .await;

    // By keyboard: the input of the second phone, a text, Enter.
    browser
        .write(".phone:nth-of-type(2) textarea", "lyon tomorrow\n")
        .await;
    browser.until("[...document.querySelectorAll('.theirs .words')].some((one) => one.textContent.startsWith('Lyon Mon: Rain'))").await;
    browser
        .until("document.querySelector('.theirs .meta').textContent.includes('1 segment GSM-7')")
        .await;
    sim.pump().await;
    browser
        .until("document.querySelector('.theirs .ticks').textContent === 'delivered'")
        .await;
    assert_eq!(daemon.heard()[0].1["From"], "+33639981234");

    // The wire: the line opens and shows form, shortened signature and TwiML.
    browser.click(".entry[data-kind=text] summary").await;
    browser
        .until("document.querySelector('.inside pre').textContent.includes('<Message>')")
        .await;
    let fields = "document.querySelector('.inside').textContent";
    browser
        .until(&format!(
            "{fields}.includes('X-Twilio-Signature') && {fields}.includes('lyon tomorrow')"
        ))
        .await;

    // The clock goes where the phone in view has its next morning; refusals are said.
    browser.click("[data-move=seven]").await;
    browser
        .until("document.querySelector('#upcoming').textContent.includes('Lyon')")
        .await;
    while moves.lock().unwrap().is_empty() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(
        moves.lock().unwrap()[0],
        ClockMove::To(NOON + 18 * 3_600_000)
    );
    browser.click("[data-move=now]").await;
    browser
        .until("document.querySelector('#notice').textContent === 'It only goes forward.'")
        .await;

    // One more phone, by the dialog.
    browser.click("#add").await;
    browser.click("#new-phone .solid").await;
    browser
        .until("document.querySelectorAll('.phone').length === 3")
        .await;
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

#[tokio::test]
#[ignore = "needs chromedriver and chromium; scripts/browser-test runs it"]
async fn a_small_screen_shows_one_panel_at_a_time() {
    let (sim, _) = page().await;
    Daemon::start(&sim).await;
    let browser = Browser::open(500, 844).await;
    browser.go(&sim.url()).await;
    let seen = "[...document.querySelectorAll('.phone, #wire')].filter((one) => one.offsetParent).map((one) => one.id).join()";
    browser.until(&format!("{seen} === 'panel-p0'")).await;
    browser.click("#tabs button:nth-of-type(2)").await;
    browser.until(&format!("{seen} === 'panel-p1'")).await;
    browser.click("#tabs button:nth-of-type(3)").await;
    browser.until(&format!("{seen} === 'wire'")).await;
    browser
        .until("document.documentElement.scrollWidth <= innerWidth")
        .await;
    let named = "[...document.querySelectorAll('button, textarea, select')].every((one) => one.textContent.trim() || one.ariaLabel || one.labels?.length)";
    browser.until(named).await;
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

/// A headless browser behind its driver.
struct Browser {
    driver: Child,
    _log: BufReader<ChildStdout>,
    address: String,
    session: String,
    _profile: tempfile::TempDir,
}

impl Browser {
    async fn open(width: u32, height: u32) -> Browser {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is installed");
        // The pipe stays open: a driver that cannot log any more would die of it.
        let mut log = BufReader::new(driver.stdout.take().unwrap());
        let mut line = String::new();
        while !line.contains("successfully on port ") {
            line.clear();
            assert!(log.read_line(&mut line).unwrap() > 0, "chromedriver ended");
        }
        let (_, port) = line.rsplit_once(' ').unwrap();
        let port = port.trim_end().trim_end_matches('.');
        let profile = tempfile::tempdir().unwrap();
        let mut browser = Browser {
            driver,
            _log: log,
            address: format!("127.0.0.1:{port}"),
            session: String::new(),
            _profile: profile,
        };
        let arguments = [
            "--headless".to_owned(),
            "--no-sandbox".into(),
            "--disable-gpu".into(),
            "--disable-quic".into(),
            "--no-first-run".into(),
            "--disable-background-networking".into(),
            "--disable-component-update".into(),
            "--disable-sync".into(),
            format!("--window-size={width},{height}"),
            format!("--user-data-dir={}", browser._profile.path().display()),
        ];
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "goog:chromeOptions": { "args": arguments },
            "goog:loggingPrefs": { "browser": "ALL" },
        } } });
        let started = browser.ask("/session", &wanted).await;
        browser.session = format!(
            "/session/{}",
            started["sessionId"].as_str().expect("a session")
        );
        browser
    }

    async fn go(&self, url: &str) {
        self.tell("/url", &json!({ "url": url })).await;
    }

    async fn click(&self, selector: &str) {
        let element = self.find(selector).await;
        self.tell(&format!("/element/{element}/click"), &json!({}))
            .await;
    }

    async fn write(&self, selector: &str, text: &str) {
        let element = self.find(selector).await;
        self.tell(
            &format!("/element/{element}/value"),
            &json!({ "text": text }),
        )
        .await;
    }

    async fn find(&self, selector: &str) -> String {
        let query = json!({ "using": "css selector", "value": selector });
        let found = self.tell("/element", &query).await;
        let found = found
            .as_object()
            .and_then(|names| names.values().next()?.as_str());
        found
            .unwrap_or_else(|| panic!("{selector} is not there"))
            .to_owned()
    }

    /// Waits until a sentence about the page is true.
    async fn until(&self, sentence: &str) {
        let script = json!({ "script": format!("try {{ return {sentence}; }} catch {{ return false; }}"), "args": [] });
        for _ in 0..200 {
            if self.tell("/execute/sync", &script).await == json!(true) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("this never came true: {sentence}");
    }

    /// Errors and broken policies that the page's console names.
    async fn complaints(&self) -> Vec<String> {
        let log = self.tell("/se/log", &json!({ "type": "browser" })).await;
        log.as_array()
            .expect("a log")
            .iter()
            .filter(|entry| matches!(entry["level"].as_str(), Some("SEVERE" | "WARNING")))
            // A refusal of ours is logged by the browser as a failed request.
            .filter(|entry| {
                !entry["message"]
                    .as_str()
                    .unwrap_or("")
                    .contains("/page/clock")
            })
            .map(|entry| entry["message"].to_string())
            .collect()
    }

    async fn tell(&self, path: &str, body: &Value) -> Value {
        self.ask(&format!("{}{path}", self.session), body).await
    }

    async fn ask(&self, path: &str, body: &Value) -> Value {
        let body = body.to_string();
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let mut socket = tokio::net::TcpStream::connect(&self.address).await.unwrap();
        socket.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        loop {
            let mut piece = [0; 16384];
            let count = socket.read(&mut piece).await.unwrap();
            answer.extend_from_slice(&piece[..count]);
            let text = String::from_utf8_lossy(&answer);
            if let Some((_, body)) = text.split_once("\r\n\r\n")
                && let Ok(mut value) = serde_json::from_str::<Value>(body)
            {
                return value["value"].take();
            }
            assert!(count > 0, "the driver hung up");
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Ending the driver's session ends the browser; killing the driver alone would leave it behind.
        if let Ok(mut socket) = std::net::TcpStream::connect(&self.address) {
            let request = format!(
                "DELETE {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                self.session
            );
            let _ = socket.set_read_timeout(Some(Duration::from_secs(5)));
            let _ = std::io::Write::write_all(&mut socket, request.as_bytes());
            // The answer comes when the browser is gone; the driver may leave the line open after it.
            let _ = std::io::Read::read(&mut socket, &mut [0; 64]);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
