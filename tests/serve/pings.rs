//! A sign of life after each completed tick, to a machine that may be slow, wrong or gone.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::house::{House, until};

#[tokio::test(flavor = "multi_thread")]
async fn each_tick_gives_a_sign_of_life_and_a_deaf_listener_harms_nothing() {
    let house = House::new().await;
    let listener = Listener::start();
    let config = format!(
        "{}\n[monitoring]\nping_url = \"http://{}/s3cr3t?status=up\"\n",
        house.config("", ""),
        listener.address
    );
    let daemon = house.serve_as(house.command(&config));
    assert!(
        until(|| listener.heard() >= 3, 10).await,
        "{}",
        daemon.log()
    );
    assert!(until(|| metric(daemon.admin, "ok") >= 3, 5).await);
    assert_eq!(metric(daemon.admin, "failed"), 0);

    listener.well.store(false, Ordering::SeqCst);
    assert!(until(|| metric(daemon.admin, "failed") >= 2, 10).await);
    assert!(until(|| daemon.log().contains("does not answer"), 5).await);
    let ticks = listener.heard();
    assert!(until(|| listener.heard() > ticks, 5).await);
    listener.well.store(true, Ordering::SeqCst);
    assert!(until(|| daemon.log().contains("answers again"), 10).await);
    let log = daemon.log();
    assert_eq!(log.matches("does not answer").count(), 1, "{log}");
    assert!(!log.contains("s3cr3t"), "{log}");
    daemon.stop();
}

/// A machine of somebody else's.
struct Listener {
    address: SocketAddr,
    count: Arc<AtomicUsize>,
    well: Arc<AtomicBool>,
}

impl Listener {
    fn start() -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = socket.local_addr().unwrap();
        let (count, well) = (
            Arc::<AtomicUsize>::default(),
            Arc::new(AtomicBool::new(true)),
        );
        let (counted, is_well) = (Arc::clone(&count), Arc::clone(&well));
        // It ends with the process of the tests.
        std::thread::spawn(move || {
            for stream in socket.incoming() {
                let mut stream = stream.unwrap();
                let mut bytes = [0; 2048];
                let length = stream.read(&mut bytes).unwrap_or(0);
                let asked = String::from_utf8_lossy(&bytes[..length]).into_owned();
                if asked.starts_with("GET /s3cr3t?status=up HTTP/1.1") {
                    counted.fetch_add(1, Ordering::SeqCst);
                }
                let well = is_well.load(Ordering::SeqCst);
                let status = if well { "200 OK" } else { "500 Oh" };
                let answer = format!(
                    "HTTP/1.1 {status}\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
                );
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        Self {
            address,
            count,
            well,
        }
    }

    fn heard(&self) -> usize {
        self.count.load(Ordering::SeqCst)
    }
}

/// What `/metrics` says of signs of life with this outcome.
fn metric(admin: SocketAddr, outcome: &str) -> u64 {
    let mut stream = TcpStream::connect(admin).unwrap();
    let request = b"GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    stream.write_all(request).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let begins = format!("weatherline_pings_total{{outcome=\"{outcome}\"}} ");
    let line = answer.lines().find_map(|line| line.strip_prefix(&begins));
    line.unwrap().parse().unwrap()
}
