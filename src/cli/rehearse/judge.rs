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
}

pub(super) async fn judge(app: &App, sim: &Sim, people: &[Person]) -> anyhow::Result<Verdict> {
    let mut verdict = Verdict::default();
    let mut by_row: HashMap<String, usize> = HashMap::new();
    for message in sim.ledger().accepted() {
        *by_row
            .entry(message.status_callback.clone().unwrap_or_default())
            .or_default() += 1;
        verdict.accepted += 1;
    }
    verdict.doubled += by_row.values().filter(|count| **count > 1).count();
    for person in people {
        let phone = PhoneNumber::parse(&person.phone)?;
        let filter = DeliveryFilter {
            phone: Some(phone),
            limit: 100_000,
            ..DeliveryFilter::default()
        };
        verdict.add(person, &app.store.deliveries(filter).await?);
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
            }
            if !row.local_date.is_some_and(|date| dates.insert(date)) {
                self.doubled += 1;
            }
        }
        self.lost += person
            .whole_days()
            .iter()
            .filter(|date| !dates.contains(date))
            .count();
    }

    pub(super) const fn is_good(&self) -> bool {
        self.doubled == 0 && self.lost == 0 && self.open == 0 && self.due > 0
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
