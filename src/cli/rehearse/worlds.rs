//! A rehearsal in several worlds at once, a few towns in each with a carrier and a daemon of their own: a year goes by faster.

use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::super::output::Progress;
use super::judge::Verdict;
use super::people::town_of;
use super::{Faults, live};

/// Whatever the machine has: the same seed must make the same lives everywhere.
const WORLDS: usize = 4;

/// Lives all worlds until their last day, or until `stop`.
pub(super) async fn live_all(
    days: u32,
    subscribers: u32,
    seed: u64,
    faults: Faults,
    stop: &CancellationToken,
) -> anyhow::Result<(Verdict, Vec<String>)> {
    let mut progress = Progress::of("days");
    let (tell, mut told) = mpsc::unbounded_channel();
    let mut worlds = JoinSet::new();
    for world in 0..WORLDS {
        let people: Vec<u32> = (0..subscribers)
            .filter(|n| town_of(*n) % WORLDS == world)
            .collect();
        if people.is_empty() {
            continue;
        }
        let (tell, stop) = (tell.clone(), stop.clone());
        // A world with a number of its own draws other chances.
        let seed = seed.rotate_left(8) ^ world as u64;
        worlds.spawn_blocking(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            runtime.block_on(async {
                let lived = || {
                    // Nobody listens any more where somebody said stop.
                    let _ = tell.send(());
                };
                tokio::select! {
                    lived = live(days, people, seed, faults, lived) => lived,
                    () = stop.cancelled() => anyhow::bail!("stopped before the last day"),
                }
            })
        });
    }
    drop(tell);
    let (count, mut lived) = (worlds.len(), 0);
    while told.recv().await.is_some() {
        lived += 1;
        progress.at(lived / count);
    }
    drop(progress);
    let mut all = Verdict::default();
    let mut violations = Vec::new();
    while let Some(world) = worlds.join_next().await {
        let (verdict, violated) = world??;
        all.join(verdict);
        violations.extend(violated);
    }
    Ok((all, violations))
}
