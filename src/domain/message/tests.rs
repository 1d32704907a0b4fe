//! Measures checked against hand-counted texts and, where they lie, against the vectors of Twilio's own calculator.

use super::*;

fn measures(text: &str) -> (Encoding, usize, usize) {
    let body = MessageBody::new(text);
    (body.encoding(), body.septets(), body.segments())
}

#[test]
fn counts_septets_and_segments() {
    let of = |n: usize| measures(&"x".repeat(n));
    assert_eq!(of(0), (Encoding::Gsm7, 0, 1));
    assert_eq!(of(160), (Encoding::Gsm7, 160, 1));
    assert_eq!(of(161), (Encoding::Gsm7, 161, 2));
    assert_eq!(of(306), (Encoding::Gsm7, 306, 2));
    assert_eq!(of(307), (Encoding::Gsm7, 307, 3));
    assert_eq!(measures(&"€".repeat(80)), (Encoding::Gsm7, 160, 1));
}

#[test]
fn an_escape_pair_is_never_split() {
    let text = format!("{}[{}", "x".repeat(152), "y".repeat(152));
    assert_eq!(measures(&text), (Encoding::Gsm7, 306, 3));
}

#[test]
fn ucs2_counts_utf16_units_and_moves_clusters_whole() {
    assert_eq!(measures(&"京".repeat(70)), (Encoding::Ucs2, 70, 1));
    assert_eq!(measures(&"京".repeat(71)), (Encoding::Ucs2, 71, 2));
    assert_eq!(measures(&"京".repeat(135)), (Encoding::Ucs2, 135, 3));
    let flag_at_the_seam = format!("{}🇫🇷{}", "京".repeat(65), "京".repeat(66));
    assert_eq!(measures(&flag_at_the_seam), (Encoding::Ucs2, 135, 3));
    // One cluster of 150 units: it needs three segments whatever one does.
    assert_eq!(
        MessageBody::new(&format!("京{}", "\u{301}".repeat(149))).segments(),
        3
    );
}

#[test]
fn letters_of_gsm7_stay_and_others_become_plain() {
    for (from, to) in [
        (
            "Köln Zürich Málaga São Paulo",
            "Köln Zürich Malaga Sao Paulo",
        ),
        ("Curaçao ÇA Łódź Đà Nẵng", "Curacao ÇA Lodz Dà Nang"),
        ("e\u{301}te\u{301} A\u{30a}s", "été Ås"),
        ("21°C – “mild” isn’t… ½", "21C - \"mild\" isn't... 1/2"),
        ("1\u{a0}000\u{202f}m\t±2", "1 000 m +/-2"),
        ("Ｔｏｋｙｏ ﬁne İstanbul Ağrı", "Tokyo fine Istanbul Agri"),
        ("a\r\nb\rc\u{0}d\u{7}", "a\nb\ncd"),
        ("東京 Москва ☀", "東京 Москва ☀"),
        ("x\u{323}\u{307}", "x"),
        ("Ha‘ikū Reykjavík Þórshöfn", "Ha'iku Reykjavik Thorshöfn"),
    ] {
        assert_eq!(transliterate(from), to, "{from}");
    }
    assert!(matches!(transliterate("plain"), Cow::Borrowed(_)));
}

#[test]
fn shortens_at_a_word() {
    assert_eq!(shorten("rain from noon", 20), "rain from noon");
    assert_eq!(shorten("rain from noon", 13), "rain from");
    assert_eq!(shorten("rain from noon", 9), "rain from");
    assert_eq!(shorten("rain, from noon", 6), "rain");
    assert_eq!(shorten("Llanfairpwllgwyngyll", 6), "Llanfa");
    assert_eq!(shorten("[[[[", 5), "[[");
    assert_eq!(shorten("東京 大阪", 4), "東京");
    assert_eq!(shorten("x", 0), "");
}

#[test]
fn debug_shows_no_words() {
    assert_eq!(
        format!("{:?}", MessageBody::new("secret")),
        "MessageBody(6 in GSM-7)"
    );
}

#[test]
fn agrees_with_twilios_calculator() {
    let Some(folder) = std::env::var_os("WEATHERLINE_DATA") else {
        eprintln!("SKIPPED: WEATHERLINE_DATA is not set, segment_vectors.json was not compared");
        return;
    };
    let path = std::path::Path::new(&folder).join("segment_vectors.json");
    let data: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let cases = ["upstream", "derived"]
        .iter()
        .flat_map(|group| data[group].as_array().unwrap());
    let mut compared = 0;
    for case in cases {
        let body = case["body"].as_str().unwrap();
        let encoding = encoding_of(body);
        assert_eq!(encoding.to_string(), case["encoding"], "{body:?}");
        assert_eq!(
            segments_of(body, encoding, size_of(body, encoding)),
            case["segments"],
            "{body:?}"
        );
        compared += 1;
    }
    assert!(compared > 40, "only {compared} vectors");
    for letter in data["gsm7_table"].as_array().unwrap() {
        let code = letter["cp"].as_str().unwrap().trim_start_matches("U+");
        let letter_itself = char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap();
        let septets = gsm7::septets(letter_itself).unwrap();
        assert_eq!(septets, letter["septets"], "{letter_itself:?}");
    }
    let known = (0..=0x10_ffff)
        .filter_map(char::from_u32)
        .filter(|c| gsm7::septets(*c).is_some());
    assert_eq!(known.count(), data["gsm7_table"].as_array().unwrap().len());
}
