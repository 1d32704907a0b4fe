//! Hundreds of exchanges, run as signed webhooks: what a careful human operator would have done with each.

use std::collections::BTreeMap;

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn texts_are_answered_as_a_careful_operator_would() {
    let world = World::at("2026-11-20 15:00 Europe/Paris").await;
    let exchanges = read(include_str!("exchanges.txt"));
    assert!(exchanges.len() >= 800, "{}", exchanges.len());
    let mut wrong = Vec::new();
    let mut phone = String::new();
    for (nth, exchange) in exchanges.iter().enumerate() {
        if !exchange.goes_on {
            phone = number(exchange.country, nth);
            for before in &exchange.before {
                world.text(&phone, before).await;
            }
        }
        let (outcome, reply) = answer(&world, &phone, &exchange.text).await;
        let fits = exchange.outcomes.split('|').any(|one| one == outcome);
        if !fits || !exchange.says(&reply) {
            let Exchange {
                country,
                text,
                outcomes,
                ..
            } = exchange;
            let stop =
                fits || (!outcomes.split('|').any(|one| one == "stopped") && outcome != "stopped");
            wrong.push((
                stop || outcomes.contains('|'),
                format!("{country} {text:?}: {outcome}, not {outcomes}: {reply}"),
            ));
        }
    }
    for message in world.sim.ledger().replies() {
        let data = message.body.contains("Open-Meteo") || message.segments <= 1;
        assert!(
            data || message.body.contains("weatherline"),
            "{}",
            message.body
        );
    }
    let shown: Vec<&str> = wrong.iter().map(|(_, line)| line.as_str()).collect();
    let shown = shown.join("\n");
    assert!(
        wrong.iter().all(|(harmless, _)| *harmless),
        "an opt-out missed, or a false one:\n{shown}"
    );
    let rate = 100.0 - 100.0 * wrong.len() as f64 / exchanges.len() as f64;
    println!("{} exchanges, {rate:.1} % as wished", exchanges.len());
    assert!(rate >= 99.0, "{rate:.1} %:\n{shown}");
}

/// One text, and what shall become of it.
struct Exchange<'a> {
    country: &'a str,
    /// What the phone has texted before.
    before: Vec<&'a str>,
    /// On the phone of the line before.
    goes_on: bool,
    text: String,
    /// `stopped`, `forecast|choice`.
    outcomes: &'a str,
    /// All of these, each one of several.
    words: Vec<Vec<&'a str>>,
}

impl Exchange<'_> {
    fn says(&self, reply: &str) -> bool {
        let reply = reply.to_lowercase();
        self.words
            .iter()
            .all(|any| any.iter().any(|word| reply.contains(&word.to_lowercase())))
    }
}

fn read(table: &str) -> Vec<Exchange<'_>> {
    let mut all = Vec::new();
    let (mut country, mut before) = ("US", Vec::new());
    for line in table.lines().map(str::trim_start) {
        if line.is_empty() || line.starts_with("# ") {
            continue;
        }
        if let Some(phone) = line.strip_prefix('@') {
            let (code, texts) = phone.split_once(' ').unwrap_or((phone, ""));
            country = code;
            before = texts.split(" | ").filter(|text| !text.is_empty()).collect();
            continue;
        }
        let (text, wish) = line.rsplit_once(" => ").unwrap();
        let (outcomes, words) = wish.split_once(": ").unwrap_or((wish, ""));
        all.push(Exchange {
            country,
            before: before.clone(),
            goes_on: text.starts_with("+ "),
            text: text.trim_start_matches("+ ").replace("\\n", "\n"),
            outcomes,
            words: words
                .split(", ")
                .filter(|any| !any.is_empty())
                .map(|any| any.split('|').collect())
                .collect(),
        });
    }
    all
}

/// What became of a text, as it is counted, and what the phone shows. No answer is `silence`, but for an opt-out.
async fn answer(world: &World, phone: &str, text: &str) -> (String, String) {
    let before: BTreeMap<_, _> = world.app.tally.counts().texts;
    let reply = world.text(phone, text).await;
    let after = world.app.tally.counts().texts;
    let outcome = after
        .iter()
        .find(|(outcome, count)| before.get(*outcome) != Some(*count))
        .map_or("silence", |(outcome, _)| *outcome);
    let silent = reply.is_empty() && outcome != "stopped";
    (if silent { "silence" } else { outcome }.to_owned(), reply)
}

/// A phone of its own for each exchange.
fn number(country: &str, nth: usize) -> String {
    let begins = match country {
        "US" => "+1415555",
        "CA" => "+1416555",
        "GB" => "+4477009",
        "FR" => "+3363998",
        "DE" => "+4915555",
        "ES" => "+3461234",
        "MX" => "+52155123",
        "AR" => "+5491123",
        "BR" => "+551199123",
        "PT" => "+35191234",
        "IT" => "+3934512",
        "CH" => "+4179123",
        "BE" => "+3247012",
        "NL" => "+3161234",
        "PL" => "+4850123",
        "SE" => "+4670123",
        "TR" => "+9053212",
        "RU" => "+7912345",
        "CN" => "+8613912",
        "EG" => "+2010012",
        "IN" => "+9198765",
        "JP" => "+8190123",
        "AU" => "+6141234",
        other => panic!("no numbers of {other}"),
    };
    format!("{begins}{nth:04}")
}
