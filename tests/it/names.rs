//! The whole gazetteer against the opt-outs: no place is taken for one, and none is lost to a machine's words.

use std::collections::BTreeSet;
use std::io::Read;

use weatherline::domain::command::{Command, is_opt_out};

#[test]
fn no_place_on_earth_is_an_opt_out() {
    let names = all_names();
    assert!(names.len() > 400_000, "{}", names.len());
    let wrong: Vec<&String> = names.iter().filter(|name| is_opt_out(name)).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn nor_is_one_with_its_state_and_country() {
    let names = all_names();
    let risky: Vec<&String> = names
        .iter()
        .filter(|name| {
            name.to_lowercase()
                .split([' ', '-'])
                .any(|word| STOPS.contains(&word))
        })
        .collect();
    assert!(risky.len() > 50, "{}", risky.len());
    let sections = sections();
    // A country's code and its name in English.
    let countries: Vec<&str> = section(&sections, "countries")
        .flat_map(|line| {
            let mut columns = line.split('\t');
            let code = columns.next();
            [
                code,
                columns.nth(2).and_then(|names| names.split('|').next()),
            ]
        })
        .flatten()
        .collect();
    for name in risky {
        for country in &countries {
            for text in [
                format!("{name}, {country}"),
                format!("{name} ME {country}"),
                format!("{name} IN {country}"),
            ] {
                assert!(!is_opt_out(&text), "{text}");
            }
        }
    }
}

#[test]
fn no_place_of_two_words_is_taken_for_a_machine() {
    for name in all_names()
        .iter()
        .filter(|name| name.contains(' '))
        .step_by(20)
    {
        assert!(
            !matches!(Command::parse(name), Command::Ignored(_)),
            "{name}"
        );
    }
}

/// Every twentieth name, and all that are words of ours in some language: few are lost to a command, and none that many people
/// live in.
#[test]
fn names_stay_names_in_every_language() {
    let names = all_names();
    // Codes of divisions stand among the names.
    let latin = names.iter().filter(|name| {
        let plain = name.chars().all(|c| c < '\u{250}' && !c.is_ascii_digit());
        plain && name.chars().any(char::is_lowercase)
    });
    let lost: Vec<&String> = latin.step_by(20).filter(|name| is_lost(name)).collect();
    assert!(lost.len() <= 12, "{lost:?}");
    let kept = KEPT.split(';').map(str::trim);
    let lost: Vec<&str> = kept.filter(|name| is_lost(name)).collect();
    assert!(lost.is_empty(), "{lost:?}");
}

/// Whether a name alone asks for anything but its place.
fn is_lost(name: &str) -> bool {
    match Command::parse(name) {
        Command::Forecast(asked) => asked.place.is_none(),
        _ => true,
    }
}

/// Words of the six languages that are places to everybody else.
const KEPT: &str = "Como; Nevada; Salta; Regen; Bravo; Agora; Mai; Ora; Pausa; Due; Split; Nice; Reading; Bath; Halt; Basta; Baja; Alto; \
    Fin; Hora; Sol; Reise; Tempo; Lima; Este; Tarde; Rio Bravo; Round Top; Opa-Locka; La Segunda; El Segundo; Valle de Bravo; \
    Hola Prystan; Wetter (Ruhr); Ort im Innkreis; Ville-sur-Illon; Aix-en-Provence; Villa Hayes; Ciudad Real; Ciudad Juárez; \
    Santo Domingo; San Domenico; Porto; Salto; Sera; Hara; Sara; Fara; Neva; Boen; Kalt; Klar; Graus; Maravilha; Terca; Viva México; \
    Prima; Toll; Richard-Toll; Frio; Froid; Fine; Ende; Lugar; Lieu-Saint-Amand; Stadt Wehlen; Die; Den Haag; Das; Sur; Les Mureaux; \
    Cinco; Once; Seis Lagoas; Zwei; Drei Gleichen; Otto; Sette; Nove; Dix; Sept-Îles; Huit; Un; Une; Uno de Mayo; Mars; Juin; Do; No Name";

/// Words that end things, where they could stand in a name.
const STOPS: [&str; 8] = [
    "stop",
    "end",
    "quit",
    "cancel",
    "halt",
    "revoke",
    "unsubscribe",
    "optout",
];

/// Names and other names of all places, and the names of postcodes' towns.
fn all_names() -> BTreeSet<String> {
    let text = sections();
    ["place.name", "place.names", "post.name", "divisions1"]
        .into_iter()
        .flat_map(|name| section(&text, name))
        .flat_map(|line| line.split(['|', '\t']))
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

fn sections() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/places.gz");
    let file = std::fs::File::open(path).unwrap();
    let mut text = String::new();
    flate2::read::GzDecoder::new(file)
        .read_to_string(&mut text)
        .unwrap();
    text
}

/// The lines under `#name rows`.
fn section<'a>(text: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let heading = format!("\n#{name} ");
    let at = text.find(&heading).unwrap() + heading.len();
    let (rows, rest) = text[at..].split_once('\n').unwrap();
    rest.lines().take(rows.trim().parse().unwrap())
}
