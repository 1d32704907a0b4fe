//! Hundreds of exchanges, run as signed webhooks: what a careful human operator would have done with each.

use std::collections::BTreeMap;

use weatherline::domain::message::MessageBody;

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn texts_are_answered_as_a_careful_operator_would() {
    println!("{}", judge(include_str!("exchanges.txt"), 800, 99.0).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_written_without_a_look_at_the_grammar_are_answered_so_too() {
    println!(
        "{}",
        judge(include_str!("exchanges_more.txt"), 1_100, 99.0).await
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn places_times_and_what_goes_on_are_understood_in_sentences() {
    println!(
        "{}",
        judge(include_str!("exchanges_said.txt"), 490, 99.0).await
    );
}

/// Who wants to leave and who only sounds like it.
#[tokio::test(flavor = "multi_thread")]
async fn who_wants_to_leave_may_and_nobody_else_is_lost() {
    println!(
        "{}",
        judge(include_str!("exchanges_leaving.txt"), 370, 98.0).await
    );
}

/// Tables that were written without a look at the grammar and run once before anything was mended by them (then 83 to 98 of a
/// hundred went as wished); since then they hold what is reached.
macro_rules! cold {
    ($($name:ident, $table:literal, $at_least:literal, $rate:literal;)*) => {
        $(
            #[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                println!("{}", judge(include_str!($table), $at_least, $rate).await);
            }
        )*
    };
}

cold! {
    cold_a, "cold/a.txt", 300, 96.5;
    cold_b, "cold/b.txt", 300, 97.5;
    cold_c, "cold/c.txt", 320, 95.0;
    cold_d, "cold/d.txt", 260, 98.0;
    cold_e, "cold/e.txt", 260, 97.0;
    cold_f, "cold/f.txt", 207, 97.5;
    cold_g, "cold/g.txt", 264, 97.5;
    cold_h, "cold/h.txt", 263, 98.5;
    cold_i, "cold/i.txt", 260, 98.5;
    cold_j, "cold/j.txt", 257, 98.0;
    cold_k, "cold/k.txt", 296, 98.0;
    cold_l, "cold/l.txt", 310, 98.5;
    cold_p, "cold/p.txt", 319, 96.5;
    cold_q, "cold/q.txt", 315, 99.0;
    cold_r, "cold/r.txt", 326, 98.5;
    cold_s, "cold/s.txt", 326, 98.0;
    cold_t, "cold/t.txt", 315, 98.5;
    cold_u, "cold/u.txt", 312, 96.5;
    // People's oddest ways.
    odd_m, "cold/m.txt", 334, 91.5;
    odd_n, "cold/n.txt", 315, 91.5;
    odd_o, "cold/o.txt", 340, 92.0;
    // Nothing but opt-outs, and what looks like them.
    leaving_a, "cold/leaving_a.txt", 290, 98.0;
    leaving_b, "cold/leaving_b.txt", 290, 96.5;
    leaving_c, "cold/leaving_c.txt", 290, 97.5;
    leaving_d, "cold/leaving_d.txt", 290, 97.0;
    leaving_e, "cold/leaving_e.txt", 290, 97.0;
    leaving_f, "cold/leaving_f.txt", 290, 96.0;
    leaving_g, "cold/leaving_g.txt", 250, 96.5;
    leaving_h, "cold/leaving_h.txt", 250, 97.0;
    leaving_i, "cold/leaving_i.txt", 250, 96.5;
}

/// Every line of the table has its own phone; so many of a hundred must go as wished, every opt-out, and every answer must be one
/// segment, MY DATA and names without a Latin form apart.
async fn judge(table: &str, at_least: usize, least: f64) -> String {
    let world = World::at("2026-11-20 15:00 Europe/Paris").await;
    let exchanges = read(table);
    assert!(exchanges.len() >= at_least, "{}", exchanges.len());
    let (mut wrong, mut all) = (Vec::new(), String::new());
    let mut phone = String::new();
    for (nth, exchange) in exchanges.iter().enumerate() {
        if !exchange.goes_on {
            phone = number(exchange.country, nth);
            for before in &exchange.before {
                let (outcome, reply) = answer(&world, &phone, before).await;
                assert_is_short(&outcome, &reply);
            }
        }
        let (outcome, reply) = answer(&world, &phone, &exchange.text).await;
        assert_is_short(&outcome, &reply);
        let fits = exchange.outcomes.split('|').any(|one| one == outcome);
        let Exchange {
            country,
            before,
            text,
            outcomes,
            ..
        } = exchange;
        let line = format!("{country} {before:?} {text:?}: {outcome}, not {outcomes}: {reply}");
        all.push_str(&format!(
            "{} {line}\n",
            if fits && exchange.says(&reply) {
                "  "
            } else {
                "##"
            }
        ));
        if !fits || !exchange.says(&reply) {
            let stop =
                fits || (!outcomes.split('|').any(|one| one == "stopped") && outcome != "stopped");
            wrong.push((stop || outcomes.contains('|'), line));
        }
    }
    // For reading: WEATHERLINE_EXCHANGES=/tmp/exchanges cargo test --test it exchanges
    if let Ok(path) = std::env::var("WEATHERLINE_EXCHANGES") {
        std::fs::write(format!("{path}.{}", table.len()), all).unwrap();
    }
    let shown: Vec<&str> = wrong.iter().map(|(_, line)| line.as_str()).collect();
    let shown = shown.join("\n");
    assert!(
        wrong.iter().all(|(harmless, _)| *harmless),
        "an opt-out missed, or a false one:\n{shown}"
    );
    let rate = 100.0 - 100.0 * wrong.len() as f64 / exchanges.len() as f64;
    assert!(rate >= least, "{rate:.1} %:\n{shown}");
    format!("{} exchanges, {rate:.1} % as wished", exchanges.len())
}

/// One segment, as our counter has it; MY DATA may have five.
fn assert_is_short(outcome: &str, reply: &str) {
    let body = MessageBody::new(reply);
    let most = if outcome == "my_data" { 5 } else { 1 };
    assert!(
        body.segments() <= most,
        "{outcome}: {} segments of {:?}: {reply}",
        body.segments(),
        body.encoding()
    );
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
            text: letters(text.trim_start_matches("+ ")),
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

/// The text with `\n` and `\u{200b}` as what they stand for.
fn letters(text: &str) -> String {
    let text = text.replace("\\n", "\n");
    let mut parts = text.split("\\u{");
    let mut all = parts.next().unwrap().to_owned();
    for part in parts {
        let (code, rest) = part.split_once('}').unwrap();
        let letter = char::from_u32(u32::from_str_radix(code, 16).unwrap());
        all.push(letter.unwrap());
        all.push_str(rest);
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
        "IE" => "+35387123",
        "AT" => "+43664123",
        other => panic!("no numbers of {other}"),
    };
    format!("{begins}{nth:04}")
}
