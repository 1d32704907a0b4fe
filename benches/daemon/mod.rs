//! What the benches of the whole program share: the daemon as its own process, signed webhooks, percentiles.

pub(crate) mod child;
pub(crate) mod load;
pub(crate) mod people;
pub(crate) mod stand_in;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use weatherline::sim::{Options, Sim};

pub(crate) const PUBLIC_URL: &str = "https://weather.example.org";

/// The running program.
pub(crate) struct Daemon {
    child: Child,
    pub(crate) public: SocketAddr,
    pub(crate) admin: SocketAddr,
    /// From the start of the process until `/healthz` said 200.
    pub(crate) took: Duration,
}

/// Where it sends and asks, and what it may.
pub(crate) struct World<'a> {
    pub(crate) carrier: &'a str,
    pub(crate) weather: &'a str,
    pub(crate) max_in_flight: u32,
}

impl Daemon {
    /// Starts it in a directory, and waits until it answers.
    pub(crate) fn start(directory: &Path, world: &World<'_>) -> Self {
        configure(directory, world);
        let log = directory.join("log");
        let started = Instant::now();
        let mut child = command(directory)
            .arg("serve")
            .stdout(Stdio::piped())
            .stderr(std::fs::File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut line).unwrap();
        let addresses: Vec<SocketAddr> = line
            .split_whitespace()
            .filter_map(|word| word.parse().ok())
            .collect();
        let [public, admin] = addresses[..] else {
            panic!("it did not start: {:?}", std::fs::read_to_string(log));
        };
        assert_eq!(get(public, "/healthz").0, 200);
        Self {
            child,
            public,
            admin,
            took: started.elapsed(),
        }
    }

    /// What it holds in memory, pages of the program itself included.
    pub(crate) fn memory_mb(&self) -> f64 {
        self.status("VmRSS:") / 1024.0
    }

    /// The most that it ever held.
    pub(crate) fn peak_mb(&self) -> f64 {
        self.status("VmHWM:") / 1024.0
    }

    fn status(&self, name: &str) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let value = status.ok().and_then(|text| {
            let line = text.lines().find(|line| line.starts_with(name))?;
            line.split_whitespace().nth(1)?.parse().ok()
        });
        value.unwrap_or(f64::NAN)
    }

    /// Seconds of processor time since its start.
    pub(crate) fn cpu_s(&self) -> f64 {
        child::cpu_s(self.child.id())
    }

    /// Asks it to end, and waits.
    pub(crate) fn end(&mut self) {
        let _ = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status();
        let _ = self.child.wait();
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// Writes the configuration.
pub(crate) fn configure(directory: &Path, world: &World<'_>) {
    let World {
        carrier,
        weather,
        max_in_flight,
    } = world;
    let config = format!(
        "server = {{ listen = \"127.0.0.1:0\", public_url = \"{PUBLIC_URL}\" }}\n\
         admin = {{ listen = \"127.0.0.1:0\" }}\n\
         twilio = {{ from = \"+15005550006\", api_url = \"{carrier}\", segments_per_second = 0.0, max_in_flight = {max_in_flight} }}\n\
         limits = {{ replies_per_sender_per_hour = 10000, segments_per_day = 100000000, range_percent = 100 }}\n\
         weather = {{ contact = \"ops@example.org\", open_meteo_url = \"{weather}\", met_norway_url = \"{weather}\" }}\n"
    );
    std::fs::write(directory.join("config.toml"), config).unwrap();
}

/// The program, in a directory, with the pretend account.
pub(crate) fn command(directory: &Path) -> Command {
    let options = Options::new(std::sync::Arc::new(|| 0));
    let built = env!("CARGO_BIN_EXE_weatherline");
    // Another build of it can be measured with the same bench.
    let program = std::env::var("WEATHERLINE_PROGRAM").unwrap_or_else(|_| built.to_owned());
    let mut command = Command::new(program);
    command
        .current_dir(directory)
        .env_clear()
        .env("TWILIO_ACCOUNT_SID", options.account_sid)
        .env("TWILIO_AUTH_TOKEN", options.auth_token);
    command
}

/// A GET; the status and how long the whole answer took.
pub(crate) fn get(address: SocketAddr, path: &str) -> (u16, Duration) {
    let began = Instant::now();
    let mut stream = TcpStream::connect(address).unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let head = String::from_utf8_lossy(&answer[..answer.len().min(40)]).into_owned();
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
    (status.unwrap_or(0), began.elapsed())
}

/// The instants by the system's clock, as the pretend world wants them.
pub(crate) fn options() -> Options {
    Options::new(std::sync::Arc::new(|| {
        jiff::Timestamp::now().as_millisecond()
    }))
}

/// A signed webhook of a phone that texts.
pub(crate) fn webhook(sim: &Sim, n: u32, from: &str, body: &str) -> Vec<u8> {
    let fields = [
        ("MessageSid", format!("SM{n:032x}")),
        ("From", from.to_owned()),
        ("To", "+15005550006".to_owned()),
        ("Body", body.to_owned()),
        ("NumMedia", "0".to_owned()),
        ("FromCountry", "GB".to_owned()),
    ];
    signed(sim, "/twilio/text", fields)
}

/// A signed form, as the carrier posts it.
pub(crate) fn signed<const N: usize>(
    sim: &Sim,
    path: &str,
    fields: [(&str, String); N],
) -> Vec<u8> {
    let fields: Vec<(String, String)> = fields.map(|(name, value)| (name.to_owned(), value)).into();
    let signature = sim.sign(&format!("{PUBLIC_URL}{path}"), &fields);
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(&fields)
        .finish();
    format!(
        "POST {path} HTTP/1.1\r\nHost: weather.example.org\r\nX-Twilio-Signature: {signature}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// The value below which that share of all lies.
pub(crate) fn at(took: &mut [Duration], share: f64) -> Duration {
    took.sort_unstable();
    let last = took.len().saturating_sub(1);
    took[(last as f64 * share).round() as usize]
}

pub(crate) fn ms(took: Duration) -> f64 {
    took.as_secs_f64() * 1000.0
}

pub(crate) fn median(values: &mut [f64]) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The first number among the arguments.
pub(crate) fn number() -> Option<u32> {
    std::env::args().find_map(|word| word.parse().ok())
}
