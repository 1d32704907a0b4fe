//! A directory with a configuration, a pretend world, and the daemon as a process of its own.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tempfile::TempDir;
use weatherline::sim::{CallbackTiming, Options, Sim};
use weatherline::store::{self, DeliveryFilter, DeliveryRow, Store};

/// Lyon.
pub(crate) const BRUNO: &str = "+33639981234";
/// San Francisco.
pub(crate) const ANNA: &str = "+14155550101";

/// Where the daemon lives, and the world that it speaks with.
pub(crate) struct House {
    pub(crate) sim: Sim,
    pub(crate) directory: TempDir,
    /// Where the weather is asked.
    pub(crate) weather_url: String,
}

impl House {
    pub(crate) async fn new() -> Self {
        Self::at(Arc::new(|| Timestamp::now().as_millisecond())).await
    }

    /// With this time of day at the carrier and the weather services, in Unix milliseconds.
    pub(crate) async fn at(now: Arc<dyn Fn() -> i64 + Send + Sync>) -> Self {
        let mut options = Options::new(now);
        options.callbacks = CallbackTiming::Lifelike;
        let sim = Sim::start(options).await.unwrap();
        let weather_url = sim.url();
        Self {
            sim,
            directory: TempDir::new().unwrap(),
            weather_url,
        }
    }

    /// The configuration of these tests, with one line of it replaced.
    pub(crate) fn config(&self, key: &str, line: &str) -> String {
        let (carrier, weather) = (self.sim.url(), &self.weather_url);
        let config = format!(
            "[server]\nlisten = \"127.0.0.1:0\"\npublic_url = \"{PUBLIC_URL}\"\n\
             [admin]\nlisten_admin\n[database]\npath = \"weatherline.db\"\n\
             [twilio]\nfrom = \"+15005550006\"\napi_url = \"{carrier}\"\nsegments_per_second = 0\nmax_in_flight = 4\n\
             [delivery]\nsettle_seconds = 2\n\
             [weather]\ncontact = \"ops@example.org\"\nopen_meteo_url = \"{weather}\"\nmet_norway_url = \"{weather}\"\n\
             [schedule]\ntick = \"* * * * * *\"\n"
        );
        config
            .lines()
            .map(|old| {
                if !key.is_empty() && old.starts_with(key) {
                    line
                } else {
                    old
                }
            })
            .collect::<Vec<_>>()
            .join("\n")
            .replace("listen_admin", "listen = \"127.0.0.1:0\"")
    }

    /// Texts a phone has got by our own sending.
    pub(crate) fn texts_of(&self, phone: &str) -> usize {
        self.sim.ledger().accepted_for(phone).count()
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.directory.path().join("weatherline.db")
    }

    /// The command, with the account's secrets in its environment and nothing else.
    pub(crate) fn command(&self, config: &str) -> Command {
        let file = self.directory.path().join("config.toml");
        std::fs::write(file, config).unwrap();
        let options = Options::new(Arc::new(|| 0));
        let mut command = Command::new(env!("CARGO_BIN_EXE_weatherline"));
        command
            .arg("serve")
            .current_dir(self.directory.path())
            .env_clear()
            .env("TWILIO_ACCOUNT_SID", options.account_sid)
            .env("TWILIO_AUTH_TOKEN", options.auth_token)
            .stdin(Stdio::null());
        command
    }

    /// Starts it and waits until it says where it listens.
    pub(crate) fn serve(&self) -> Daemon {
        self.serve_as(self.command(&self.config("", "")))
    }

    pub(crate) fn serve_as(&self, command: Command) -> Daemon {
        let daemon = Daemon::start(command);
        self.sim
            .connect(PUBLIC_URL, &format!("http://{}", daemon.public));
        daemon
    }

    /// Starts what must not start: gives its exit code and what it said on the standard error.
    pub(crate) fn refused(&self, config: &str) -> (Option<i32>, String) {
        let mut child = self
            .command(config)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let ended = wait_for(|| child.try_wait().unwrap().is_some(), 20);
        if !ended {
            let _ = child.kill();
        }
        let output = child.wait_with_output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(ended, "it started, or hangs: {told}");
        assert_eq!(String::from_utf8_lossy(&output.stdout), "");
        (output.status.code(), told)
    }

    /// Every delivery there is.
    pub(crate) async fn rows(&self) -> Vec<DeliveryRow> {
        let path = self.database();
        let store = Store::open_read_only(&store::Settings { path }).unwrap();
        let filter = DeliveryFilter {
            limit: 10_000,
            ..DeliveryFilter::default()
        };
        let rows = store.deliveries(filter).await.unwrap();
        store.close().await;
        rows
    }
}

/// The daemon while it runs; killed when dropped.
pub(crate) struct Daemon {
    child: Child,
    pub(crate) public: SocketAddr,
    pub(crate) admin: SocketAddr,
    log: Arc<Mutex<String>>,
}

impl Daemon {
    pub(crate) fn start(mut command: Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        let mut stderr = child.stderr.take().unwrap();
        let kept = Arc::clone(&log);
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = stderr.read(&mut bytes) {
                let more = String::from_utf8_lossy(&bytes[..count]);
                kept.lock().unwrap().push_str(&more);
            }
        });
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut line).unwrap();
        let mut addresses = line.split_whitespace().filter_map(|word| word.parse().ok());
        let (Some(public), Some(admin)) = (addresses.next(), addresses.next()) else {
            let _ = child.kill();
            panic!("it did not start: {}", log.lock().unwrap())
        };
        Self {
            child,
            public,
            admin,
            log,
        }
    }

    /// What it wrote to its log until now.
    pub(crate) fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// Its process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Seconds of processor time that it took until now.
    pub(crate) fn processor_seconds(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        let after_name = stat.rsplit(')').next().unwrap();
        let ticks = after_name.split_whitespace().skip(11).take(2);
        ticks
            .map(|ticks| ticks.parse::<f64>().unwrap() / 100.0)
            .sum()
    }

    /// Sends a signal.
    pub(crate) fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let status = Command::new("kill").args([name, &id]).status();
        assert!(status.unwrap().success());
    }

    /// How it ended, and after how long; it must within 20 seconds and a little.
    pub(crate) fn ended(&mut self) -> (ExitStatus, Duration) {
        let started = Instant::now();
        let ended = wait_for(|| self.child.try_wait().unwrap().is_some(), 22);
        assert!(ended, "it does not end");
        (self.child.wait().unwrap(), started.elapsed())
    }

    /// SIGTERM, and the end that it should have.
    pub(crate) fn stop(mut self) {
        self.signal("-TERM");
        let (status, _) = self.ended();
        assert_eq!(status.code(), Some(0), "{}", self.log());
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The status of `GET path`.
pub(crate) fn get(address: SocketAddr, path: &str) -> u16 {
    let mut stream = TcpStream::connect(address).unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// Says on the terminal, past the test runner that keeps what tests print, that something was not tested.
pub(crate) fn skipped(why: &str) {
    let _ = writeln!(std::io::stderr(), "SKIPPED: {why}");
}

/// Waits without holding up the world around the test.
pub(crate) async fn until(mut done: impl FnMut() -> bool, seconds: u64) -> bool {
    let started = Instant::now();
    while started.elapsed() < Duration::from_secs(seconds) {
        if done() {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    done()
}

fn wait_for(mut done: impl FnMut() -> bool, seconds: u64) -> bool {
    let started = Instant::now();
    while started.elapsed() < Duration::from_secs(seconds) {
        if done() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    done()
}

pub(crate) const PUBLIC_URL: &str = "https://weather.example.org:8443/line";
