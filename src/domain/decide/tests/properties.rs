//! Whatever is texted, in whatever state: every answer fits, and a stop stops.

use proptest::prelude::*;

use super::*;

fn texts_of_people() -> impl Strategy<Value = String> {
    let one = prop_oneof![
        Just("lyon"),
        Just("springfield tomorrow"),
        Just("daily lyon 7am"),
        Just("daily springfield if wind"),
        Just("daily kyiv"),
        Just("daily llanfair weekends"),
        Just("daily bangkok 6:30pm mon tue wed"),
        Just("time 8"),
        Just("time paris 9"),
        Just("days weekends"),
        Just("place paris"),
        Just("place springfield"),
        Just("pause"),
        Just("pause 5 days"),
        Just("pause all"),
        Just("resume"),
        Just("skip"),
        Just("skip fri"),
        Just("trip paris 5 days"),
        Just("trip springfield until fri"),
        Just("trip over"),
        Just("me"),
        Just("my data"),
        Just("delete me"),
        Just("delete"),
        Just("yes"),
        Just("no"),
        Just("1"),
        Just("2"),
        Just("3"),
        Just("9"),
        Just("lyonn"),
        Just("xyzzy"),
        Just("hi"),
        Just("thanks"),
        Just("start"),
        Just("?"),
        Just("help"),
        Just("units f"),
        Just("stop lyon"),
        Just("stop paris"),
        Just("weather"),
        Just("more"),
        Just("week"),
        Just("call me"),
        Just("Liked “x”"),
        Just("stop texting me"),
        Just("daily"),
        Just("end moor"),
        Just("tokyo"),
    ];
    prop_oneof![4 => one.prop_map(str::to_owned), 1 => "\\PC{0,200}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn every_answer_of_any_conversation_fits(
        said in proptest::collection::vec((texts_of_people(), 0i64..90), 1..25),
        state in 0usize..4, french: bool, keywords: bool,
    ) {
        let mut phone = if french { Phone::french() } else { Phone::american() };
        phone.rules.answers_keywords = keywords;
        phone.weather = match state {
            0 => fair,
            1 => |_, _| Weather::Down,
            2 => |_, _| Weather::Late,
            _ => |_, _| Weather::NoData,
        };
        for (text, minutes) in said {
            // `text` checks the segments of every answer.
            phone.text(&text);
            phone.wait_mins(minutes);
            if let Some(me) = &phone.me {
                prop_assert!(me.subscriptions.len() <= MAX_SUBSCRIPTIONS);
                prop_assert!(me.subscriptions.iter().all(|mine| mine.next.is_some()));
            }
        }
    }

    #[test]
    fn a_stop_always_stops(
        said in proptest::collection::vec(texts_of_people(), 0..12),
        which in 0usize..8, keywords: bool, limit in 0u32..5,
    ) {
        let mut phone = Phone::american();
        phone.rules.answers_keywords = keywords;
        for text in said {
            phone.text(&text);
        }
        phone.rules.replies_per_sender_per_hour = limit;
        let stop = ["STOP", "end", "please stop", "unsubscribe me", "no más mensajes", "bitte abmelden", "stop all texts", "Cancel"][which];
        phone.text(stop);
        prop_assert!(phone.is_stopped());
        phone.text("lyon");
        prop_assert!(phone.is_stopped());
    }
}
