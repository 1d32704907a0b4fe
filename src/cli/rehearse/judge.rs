//! The verdict: the daemon's records against the pretend carrier's ledger and against what each person may expect.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::people::Person;
use crate::domain::delivery::{DeliveryId, DeliveryStatus};
use crate::flow::App;
use crate::sim::Sim;
use crate::store::{DeliveryFilter, DeliveryRow};

/// What became of everybody's mornings.
#[derive(Debug, Default)]
pub(super) struct Verdict {
    due: usize,
    statuses: BTreeMap<String, usize>,
    accepted: usize,
    doubled: usize,
    lost: usize,
    open: usize,
    after_stop: usize,
    /// What went wrong first, a line each.
    wrongs: Vec<String>,
}

/// Wrongs that are told one by one.
const TOLD: usize = 20;

/// Every record that the daemon ever had, read now and then: it lets go of the numbers of those who left.
#[derive(Default)]
pub(super) struct Records {
    rows: HashMap<DeliveryId, DeliveryRow>,
    read_at: Option<Timestamp>,
}

impl Records {
    /// Reads what is new or may have changed since the last time.
    pub(super) async fn read(&mut self, app: &App) -> anyhow::Result<()> {
        let now = app.clock.now();
        let since = self.read_at.map(|at| at.saturating_sub(CHANGES));
        let filter = DeliveryFilter {
            since: since.transpose()?,
            limit: usize::MAX,
            ..DeliveryFilter::default()
        };
        let rows = app.store.deliveries(filter).await?;
        let known = rows.into_iter().filter(|row| row.phone.is_some());
        self.rows.extend(known.map(|row| (row.id, row)));
        self.read_at = Some(now);
        Ok(())
    }

    fn by_phone(&self) -> HashMap<&str, Vec<&DeliveryRow>> {
        let mut by_phone: HashMap<&str, Vec<&DeliveryRow>> = HashMap::new();
        for row in self.rows.values() {
            if let Some(phone) = &row.phone {
                by_phone.entry(phone.e164()).or_default().push(row);
            }
        }
        for rows in by_phone.values_mut() {
            rows.sort_by_key(|row| row.id);
        }
        by_phone
    }
}

/// How long a record may change.
const CHANGES: SignedDuration = SignedDuration::from_hours(3 * 24);

pub(super) fn judge(records: &Records, sim: &Sim, people: &[Person]) -> Verdict {
    let mut verdict = Verdict::default();
    let ledger = sim.ledger();
    let mut by_row: HashMap<&str, usize> = HashMap::new();
    let mut by_phone: HashMap<&str, Vec<i64>> = HashMap::new();
    for message in ledger.accepted() {
        let row = message.status_callback.as_deref().unwrap_or_default();
        *by_row.entry(row).or_default() += 1;
        by_phone
            .entry(&message.to)
            .or_default()
            .push(message.accepted_at_ms);
        verdict.accepted += 1;
    }
    for (row, count) in by_row {
        if count > 1 {
            verdict.doubled += 1;
            verdict.tell(|| format!("doubled: {count} texts of {row}"));
        }
    }
    let mut rows = records.by_phone();
    for person in people {
        let phone = person.phone.as_str();
        verdict.add(person, &rows.remove(phone).unwrap_or_default());
        for at_ms in by_phone.get(phone).into_iter().flatten() {
            if person.is_silent_at(*at_ms) {
                verdict.after_stop += 1;
                verdict.tell(|| format!("texted after STOP: {person}"));
            }
        }
    }
    verdict
}

impl Verdict {
    /// What became of other people's mornings belongs to it, too.
    pub(super) fn join(&mut self, other: Self) {
        self.due += other.due;
        for (name, count) in other.statuses {
            *self.statuses.entry(name).or_default() += count;
        }
        self.accepted += other.accepted;
        self.doubled += other.doubled;
        self.lost += other.lost;
        self.open += other.open;
        self.after_stop += other.after_stop;
        self.wrongs.extend(other.wrongs);
        self.wrongs.truncate(TOLD);
    }

    fn add(&mut self, person: &Person, rows: &[&DeliveryRow]) {
        let daily: Vec<_> = rows.iter().filter(|row| row.local_date.is_some()).collect();
        self.due += daily.len();
        let mut dates: HashSet<Date> = HashSet::new();
        for row in &daily {
            let name = match (row.status, &row.reason) {
                (DeliveryStatus::Skipped, Some(reason)) => format!("skipped: {reason}"),
                (status, _) => status.name().to_owned(),
            };
            *self.statuses.entry(name).or_default() += 1;
            if !row.status.is_end() {
                self.open += 1;
                self.tell(|| {
                    let status = row.status.name();
                    format!("without an end: {person}, {status} since {}", row.due_at)
                });
            }
            if !row.local_date.is_some_and(|date| dates.insert(date)) {
                self.doubled += 1;
                self.tell(|| format!("two records of a date: {person}, due {}", row.due_at));
            }
        }
        for date in person.whole_days() {
            if !dates.contains(&date) {
                self.lost += 1;
                self.tell(|| format!("lost: {person}, {date}"));
            }
        }
    }

    fn tell(&mut self, wrong: impl FnOnce() -> String) {
        if self.wrongs.len() < TOLD {
            self.wrongs.push(wrong());
        }
    }

    pub(super) const fn is_good(&self) -> bool {
        self.doubled == 0
            && self.lost == 0
            && self.open == 0
            && self.after_stop == 0
            && self.due > 0
    }

    /// The first of what went wrong, one by one.
    pub(super) fn wrongs(&self) -> &[String] {
        &self.wrongs
    }

    /// The table.
    pub(super) fn lines(&self, seed: u64, took_ms: i64) -> Vec<String> {
        let mut rows = vec![("due", self.due)];
        rows.extend(
            self.statuses
                .iter()
                .map(|(name, count)| (name.as_str(), *count)),
        );
        rows.push(("taken by the carrier", self.accepted));
        rows.push(("without an end", self.open));
        rows.push(("texted after STOP", self.after_stop));
        rows.push(("doubled", self.doubled));
        rows.push(("lost", self.lost));
        let mut lines: Vec<String> = rows
            .into_iter()
            .map(|(name, count)| format!("{name:<28}{count:>9}"))
            .collect();
        lines.push(format!(
            "seed {seed}, {}.{} s",
            took_ms / 1000,
            took_ms % 1000 / 100
        ));
        lines
    }
}
