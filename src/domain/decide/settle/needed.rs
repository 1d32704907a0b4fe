//! How likely an intent must be before it outweighs what the grammar read.

use super::super::super::command::Command;
use super::super::super::command::intent::Intent;
use super::bench::Bench;
use super::leave;

/// How likely an intent must be before it outweighs the grammar's reading.
pub(super) fn needed(command: &Command, intent: Intent, has_place: bool, bench: &Bench<'_>) -> f32 {
    let words = bench.said.len();
    let unknown = words <= 3 && bench.is_unknown(command);
    let graver: f32 = match intent {
        Intent::Stop => needed_to_stop(bench, unknown),
        Intent::Machine if words < 6 || !bench.said.is_prose() => 1.1,
        Intent::Machine => 0.7,
        Intent::EndOne | Intent::Move => 0.4,
        // "Please teach me weather of Sapporo": nothing of every day.
        Intent::Subscribe if has_place && !bench.is_of_every_day() => 0.7,
        Intent::Subscribe | Intent::Redays if has_place => 0.45,
        Intent::Subscribe | Intent::Redays => 0.4,
        // Somebody who names a place mostly asks for its weather.
        Intent::Other if has_place => 0.7,
        Intent::Resume if !bench.is_away() => 0.7,
        Intent::Pause if !bench.says_how_long() => {
            if bench.asks {
                0.9
            } else {
                0.5
            }
        }
        Intent::Units if bench.said.units().is_some() => 0.25,
        Intent::Yes | Intent::DeleteMe | Intent::Other | Intent::Status => 0.45,
        Intent::No => 0.6,
        _ => 0.3,
    };
    let read: f32 = match command {
        _ if intent == Intent::Units && bench.said.units().is_some() => 0.3,
        Command::Forecast(asked) if asked.place.is_none() => 0.5,
        Command::Forecast(_) if has_place => 0.42,
        Command::Forecast(_) => 0.3,
        Command::EndOne { .. } => 0.4,
        Command::Thanks | Command::Greeting | Command::About | Command::Status => 0.6,
        _ => 0.5,
    };
    let short: f32 = match words {
        // One word of which there is no place: a word of thanks and the like.
        0..=1
            if matches!(intent, Intent::Thanks | Intent::Resume | Intent::Pause)
                && bench.is_no_place(bench.said.typed()) =>
        {
            0.85
        }
        0..=1 => 1.1,
        // "Arrête Metz": one of theirs, and what shall become of it.
        2..=3 if intent == Intent::EndOne && bench.names_mine() => 0.35,
        2 if unknown => 0.5,
        2 => 0.6,
        3 if unknown => 0.35,
        3 => 0.45,
        _ => 0.0,
    };
    let strange = match intent {
        _ if bench.known_share() >= 0.5 => 0.0,
        Intent::Machine if bench.said.looks_sent() => 0.8,
        Intent::Machine => 1.1,
        _ => 0.85,
    };
    graver.max(read).max(short).max(strange)
}

/// The same of a stop that the grammar did not read.
fn needed_to_stop(bench: &Bench<'_>, unknown: bool) -> f32 {
    let said = &bench.said;
    match said.len() {
        // The grammar knows the word: it stands here for something else.
        0..=2 if !unknown => 1.1,
        0..=3 if said.has_any(&["stop", "end", "alto", "halt"]) => 1.1,
        0..=2 if said.is_of_weather() => 1.1,
        // "Cancelada Málaga" of somebody to whom nothing is sent.
        _ if said.len() <= 3
            && bench.me.subscriptions.is_empty()
            && !bench.places_in().is_empty() =>
        {
            1.1
        }
        0..=2 => 0.7,
        // "Is there a way to get it by phone? I don't see so good any more": a question ends nothing by itself.
        _ if bench.asks => 0.93,
        // To whom nothing is sent.
        _ if bench.me.subscriptions.is_empty() && !said.has_any(&leave::lists::SENT) => 0.8,
        _ if said.has_any(&["stop", "end"]) => 0.7,
        _ => 0.5,
    }
}
