//! The promise of delivery at its hardest: a burst of mornings, a carrier with all its faults that is not ours, and the
//! daemon killed (SIGKILL) again and again at random moments. In the end the carrier's ledger and our records are compared.
//!
//! `WEATHERLINE_FULL=1` makes it 5,000 people and 20 kills with the default times (a quarter of an hour);
//! `WEATHERLINE_SEED` repeats a run's dice, `WEATHERLINE_PROGRAM` takes another build of the program.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rusqlite::Connection;
use tempfile::TempDir;

use crate::house::{Daemon, PUBLIC_URL};
use crate::stand_in::{ACCOUNT, FROM, Faults, StandIn, TOKEN};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_random_moments_nobody_is_texted_twice_or_lost_and_every_record_ends() {
    let plan = Plan::wished();
    let town = Town::due(plan).await;
    for n in 0..plan.kills {
        town.kill_at_random(n).await;
    }
    let daemon = town.serve();
    let started = Instant::now();
    while town.open() > 0 && started.elapsed() < plan.patience {
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    // Late callbacks must not change what is true.
    tokio::time::sleep(Duration::from_secs(2)).await;
    let log = daemon.log();
    daemon.stop();
    let result = town.judge();
    let told = format!("{result:#?}\n{:#?}", town.carrier.counts());
    let _ = writeln!(
        std::io::stderr(),
        "{} people, {} kills: {told}",
        plan.people,
        plan.kills
    );
    assert_eq!(town.carrier.violations(), Vec::<String>::new());
    assert_eq!(result.doubled, 0, "{told}");
    assert_eq!(result.lost, 0, "{told}");
    assert_eq!(result.open, 0, "{told}\n{}", tail(&log));
    assert_eq!(result.untrue, 0, "{told}");
    assert!(result.last_end_s <= plan.patience.as_secs(), "{told}");
}

/// How large it is, and how long things take.
#[derive(Debug, Clone, Copy)]
struct Plan {
    people: usize,
    kills: usize,
    /// From due to the last end.
    patience: Duration,
    /// Upper bound of what the daemon lives, milliseconds: while it sends, and while it settles.
    lives_ms: (u64, u64),
    settle_s: u64,
    tick: &'static str,
    faults: Faults,
    seed: u64,
}

impl Plan {
    fn wished() -> Self {
        let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
        let seed = number("WEATHERLINE_SEED").unwrap_or_else(|| {
            u64::try_from(Timestamp::now().as_millisecond()).unwrap_or_default()
        });
        let _ = writeln!(std::io::stderr(), "WEATHERLINE_SEED={seed}");
        let faults = Faults {
            cut_after: 5,
            cut_before: 5,
            error: 5,
            busy: 5,
            silent: 33,
            list: 4,
            lag_ms: 300,
            slow_ms: 100,
            travel_ms: 1_500,
        };
        if number("WEATHERLINE_FULL") == Some(1) {
            return Self {
                people: 5_000,
                kills: 20,
                patience: Duration::from_secs(15 * 60),
                lives_ms: (6_000, 40_000),
                settle_s: 90,
                tick: "0 * * * * *",
                faults: Faults {
                    lag_ms: 3_000,
                    slow_ms: 250,
                    travel_ms: 20_000,
                    ..faults
                },
                seed,
            };
        }
        Self {
            people: 400,
            kills: 6,
            patience: Duration::from_secs(120),
            lives_ms: (1_500, 3_000),
            settle_s: 2,
            tick: "* * * * * *",
            faults,
            seed,
        }
    }
}

/// What the comparison of the ledger with the records shows.
#[derive(Debug, Default)]
#[expect(dead_code, reason = "some of it is only printed")]
struct Judgement {
    records: BTreeMap<String, usize>,
    accepted: usize,
    /// People with more than one accepted message, or with more than one record.
    doubled: usize,
    /// People without an accepted message and without a record that says why not.
    lost: usize,
    /// Records without an end.
    open: usize,
    /// Records that say something else than the ledger.
    untrue: usize,
    /// From due to the last end, by the database's clock.
    last_end_s: u64,
    /// From due until this share of the records had their end.
    half_s: u64,
    most_s: u64,
}

struct Town {
    plan: Plan,
    carrier: StandIn,
    directory: TempDir,
    due_ms: i64,
}

impl Town {
    async fn due(plan: Plan) -> Self {
        let carrier = StandIn::start(plan.faults, plan.seed).await;
        let directory = TempDir::new().unwrap();
        let mut town = Self {
            plan,
            carrier,
            directory,
            due_ms: 0,
        };
        town.configure();
        town.subscribe();
        town
    }

    fn configure(&self) {
        let (url, plan) = (self.carrier.url(), &self.plan);
        let (settle_s, tick) = (plan.settle_s, plan.tick);
        let config = format!(
            "[server]\nlisten = \"127.0.0.1:0\"\npublic_url = \"{PUBLIC_URL}\"\n[admin]\nlisten = \"127.0.0.1:0\"\n\
             [database]\npath = \"weatherline.db\"\n\
             [twilio]\nfrom = \"{FROM}\"\napi_url = \"{url}\"\nsegments_per_second = 0\n\
             [delivery]\nsettle_seconds = {settle_s}\n\
             [weather]\nproviders = [\"open-meteo\"]\nopen_meteo_url = \"{url}\"\n\
             [schedule]\ntick = \"{tick}\"\n"
        );
        std::fs::write(self.directory.path().join("config.toml"), config).unwrap();
    }

    /// Everybody by the command of an operator; then everybody is made due now.
    fn subscribe(&mut self) {
        let places = [
            "lyon", "berlin", "new york", "chicago", "tokyo", "sydney", "oslo",
        ];
        let mut list = "phone,place,time\n".to_owned();
        for n in 0..self.plan.people {
            list += &format!("{},{},06:30\n", phone(n), places[n % places.len()]);
        }
        std::fs::write(self.directory.path().join("people.csv"), list).unwrap();
        let mut command = self.command(&["subscriber", "import", "people.csv"]);
        let imported = command.output().unwrap();
        assert!(imported.status.success(), "{imported:?}");
        self.due_ms = Timestamp::now().as_millisecond();
        let changed = self
            .database()
            .execute("UPDATE subscriptions SET next_due_at = ?1", [self.due_ms])
            .unwrap();
        assert_eq!(changed, self.plan.people);
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let ours = || env!("CARGO_BIN_EXE_weatherline").into();
        let program = std::env::var_os("WEATHERLINE_PROGRAM").unwrap_or_else(ours);
        let mut command = Command::new(program);
        command
            .args(arguments)
            .current_dir(self.directory.path())
            .env_clear()
            .env("TWILIO_ACCOUNT_SID", ACCOUNT)
            .env("TWILIO_AUTH_TOKEN", TOKEN)
            .env("RUST_LOG", "weatherline=info")
            .stdin(Stdio::null());
        command
    }

    fn serve(&self) -> Daemon {
        let daemon = Daemon::start(self.command(&["serve"]));
        self.carrier.connect(Some(daemon.public));
        daemon
    }

    /// Runs it for a while and kills it; now and then while it still starts.
    async fn kill_at_random(&self, n: usize) {
        let dice = self.carrier.dice();
        let nap = |ms| tokio::time::sleep(Duration::from_millis(ms));
        let (sending_ms, settling_ms) = self.plan.lives_ms;
        if n % 5 == 4 {
            let mut command = self.command(&["serve"]);
            command.stdout(Stdio::null()).stderr(Stdio::null());
            let mut child = command.spawn().unwrap();
            nap(dice.below(400)).await;
            child.kill().unwrap();
            child.wait().unwrap();
            return;
        }
        let mut daemon = self.serve();
        let life_ms = match n * 3 < self.plan.kills * 2 {
            true => dice.below(sending_ms),
            false => dice.below(settling_ms),
        };
        nap(life_ms).await;
        assert!(daemon.is_running(), "{}", tail(&daemon.log()));
        daemon.signal("-KILL");
        daemon.ended();
        let (accepted, open) = (self.carrier.accepted_count(), self.open());
        let _ = writeln!(
            std::io::stderr(),
            "killed after {life_ms} ms: {accepted} accepted, {open} without an end"
        );
        self.carrier.connect(None);
        nap(dice.below(1_500)).await;
    }

    /// People whose record has no end yet.
    fn open(&self) -> usize {
        let counted = self.database().query_row(ENDED, [], |row| row.get(0));
        let ended: u32 = counted.unwrap();
        self.plan.people - ended as usize
    }

    fn database(&self) -> Connection {
        let connection = Connection::open(self.directory.path().join("weatherline.db")).unwrap();
        connection.busy_timeout(Duration::from_secs(10)).unwrap();
        connection
    }

    fn judge(&self) -> Judgement {
        let now = Timestamp::now().as_millisecond();
        let mut accepted: BTreeMap<String, Vec<(String, &str)>> = BTreeMap::new();
        for message in self.carrier.accepted() {
            let status = message.status(now);
            accepted
                .entry(message.to)
                .or_default()
                .push((message.sid, status));
        }
        let mut records: BTreeMap<String, Vec<Record>> = BTreeMap::new();
        let connection = self.database();
        let mut rows = connection.prepare(RECORDS).unwrap();
        let rows = rows.query_map([], |row| {
            let (phone, status): (String, String) = (row.get(0)?, row.get(1)?);
            Ok((
                phone,
                Record {
                    status,
                    sid: row.get(2)?,
                    ended_ms: row.get(3)?,
                },
            ))
        });
        for (phone, record) in rows.unwrap().map(Result::unwrap) {
            records.entry(phone).or_default().push(record);
        }
        let mut result = Judgement {
            accepted: accepted.values().map(Vec::len).sum(),
            ..Judgement::default()
        };
        let mut ends = Vec::new();
        for phone in (0..self.plan.people).map(phone) {
            let (sent, kept) = (accepted.get(&phone), records.get(&phone));
            let sent = sent.map_or(&[][..], Vec::as_slice);
            let kept = kept.map_or(&[][..], Vec::as_slice);
            result.doubled += usize::from(sent.len() > 1 || kept.len() > 1);
            result.lost += usize::from(kept.is_empty());
            for record in kept {
                *result.records.entry(record.status.clone()).or_default() += 1;
                let end_s = u64::try_from(record.ended_ms - self.due_ms).unwrap_or(0) / 1000;
                ends.push(end_s);
                result.open += usize::from(record.is_open());
                result.untrue += usize::from(!record.is_true(sent));
                result.lost += usize::from(sent.is_empty() && record.claims_to_be_sent());
            }
        }
        ends.sort_unstable();
        result.half_s = ends.get(ends.len() / 2).copied().unwrap_or_default();
        result.most_s = ends.get(ends.len() * 99 / 100).copied().unwrap_or_default();
        result.last_end_s = ends.last().copied().unwrap_or_default();
        result
    }
}

struct Record {
    status: String,
    sid: Option<String>,
    ended_ms: i64,
}

impl Record {
    fn is_open(&self) -> bool {
        matches!(
            &*self.status,
            "pending" | "attempting" | "unclear" | "accepted"
        )
    }

    fn claims_to_be_sent(&self) -> bool {
        matches!(
            &*self.status,
            "accepted" | "sent" | "delivered" | "undelivered"
        )
    }

    /// Whether the ledger, with what was accepted for that phone, says the same. A record may stand at `sent` when the
    /// last callback went lost.
    fn is_true(&self, sent: &[(String, &str)]) -> bool {
        match sent {
            [] => !self.claims_to_be_sent(),
            [(sid, status)] => {
                let told = self.status == *status || self.status == "sent";
                told && self.sid.as_ref() == Some(sid)
            }
            _ => false,
        }
    }
}

fn phone(n: usize) -> String {
    format!("+3363998{n:04}")
}

fn tail(log: &str) -> String {
    let lines: Vec<&str> = log.lines().collect();
    lines[lines.len().saturating_sub(40)..].join("\n")
}

const ENDED: &str = "SELECT count(*) FROM deliveries
     WHERE status IN ('sent', 'delivered', 'undelivered', 'failed', 'skipped', 'unknown')";
const RECORDS: &str = "SELECT phone, status, sid, updated_at FROM deliveries";
