//! The verdict: the daemon's records against the pretend carrier's ledger and against what each person may expect.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;

use super::people::Person;
use crate::domain::delivery::DeliveryStatus;
use crate::domain::phone::PhoneNumber;
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

pub(super) async fn judge(app: &App, sim: &Sim, people: &[Person]) -> anyhow::Result<Verdict> {
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
    for person in people {
        let phone = PhoneNumber::parse(&person.phone)?;
        let filter = DeliveryFilter {
            phone: Some(phone),
            limit: 100_000,
            ..DeliveryFilter::default()
        };
        verdict.add(person, &app.store.deliveries(filter).await?);
        for at_ms in by_phone.get(person.phone.as_str()).into_iter().flatten() {
            if person.is_silent_at(*at_ms) {
                verdict.after_stop += 1;
                verdict.tell(|| format!("texted after STOP: {person}"));
            }
        }
    }
    Ok(verdict)
}

impl Verdict {
    fn add(&mut self, person: &Person, rows: &[DeliveryRow]) {
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
