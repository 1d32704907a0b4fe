//! Recorded vectors from outside the project, where they are at hand (`WEATHERLINE_DATA`).

use super::*;

fn vectors(file: &str) -> Option<Value> {
    let Some(folder) = std::env::var_os("WEATHERLINE_DATA") else {
        println!("skipped: WEATHERLINE_DATA is not set");
        return None;
    };
    let text = std::fs::read_to_string(std::path::Path::new(&folder).join(file)).unwrap();
    Some(serde_json::from_str(&text).unwrap())
}

#[test]
fn signs_as_the_published_libraries_do() {
    let Some(data) = vectors("twilio_signature_vectors.json") else {
        return;
    };
    let mut checked = 0;
    for vector in data["vectors"].as_array().unwrap() {
        // The carrier itself drops userinfo; the libraries' own vectors keep it.
        let url = vector["signed_url"]
            .as_str()
            .filter(|url| !url.contains('@'));
        let (Some(url), true) = (url, vector["body"].is_null()) else {
            continue;
        };
        let fields: Vec<(String, String)> = match vector["method"].as_str() {
            Some("POST") => vector["params"]
                .as_array()
                .unwrap()
                .iter()
                .map(|pair| {
                    (
                        pair[0].as_str().unwrap().into(),
                        pair[1].as_str().unwrap().into(),
                    )
                })
                .collect(),
            _ => Vec::new(),
        };
        let token = vector["auth_token"].as_str().unwrap();
        let signed = carrier::signing::sign(token, url, &fields);
        assert_eq!(
            signed,
            vector["signature"].as_str().unwrap(),
            "{}",
            vector["id"]
        );
        checked += 1;
    }
    assert!(checked >= 7, "only {checked}");
}

#[test]
fn counts_as_the_published_calculator_does() {
    let Some(data) = vectors("segment_vectors.json") else {
        return;
    };
    let mut checked = 0;
    for group in ["upstream", "derived"] {
        for vector in data[group].as_array().unwrap() {
            let (Some(body), Some(encoding), Some(wanted)) = (
                vector["body"].as_str(),
                vector["encoding"].as_str(),
                vector["segments"].as_i64(),
            ) else {
                continue;
            };
            let (alphabet, segments) = carrier::segments::count(body);
            assert_eq!(alphabet.name(), encoding, "{}", vector["description"]);
            // The calculator keeps clusters of marks and joiners together, which networks do not promise.
            let slack = i64::from(alphabet == Alphabet::Ucs2);
            assert!(
                (i64::from(segments) - wanted).abs() <= slack,
                "{}",
                vector["description"]
            );
            checked += 1;
        }
    }
    assert!(checked > 10, "only {checked}");
}
