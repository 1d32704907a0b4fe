//! Tests of `domain/compose/spoken/measured.rs`.

use super::*;
use Language::{English, French, German, Italian, Portuguese, Spanish};

#[test]
fn degrees_agree_with_their_number() {
    for (language, celsius, words) in [
        (English, 1.0, "one degree"),
        (English, -2.2, "minus two degrees"),
        (Spanish, 1.0, "un grado"),
        (Spanish, 21.0, "veintiún grados"),
        (Spanish, 0.0, "cero grados"),
        (French, 0.0, "zéro degré"),
        (French, -2.0, "moins deux degrés"),
        (German, 14.0, "vierzehn Grad"),
        (Portuguese, 2.0, "dois graus"),
        (Italian, 18.0, "diciotto gradi"),
        (Italian, -1.0, "meno un grado"),
    ] {
        assert_eq!(degrees(celsius, Units::Metric, language), words);
    }
    assert_eq!(
        degrees(11.0, Units::Imperial, Spanish),
        "cincuenta y dos grados"
    );
}

#[test]
fn amounts_and_speeds() {
    for (language, amount, words) in [
        (
            English,
            Amount::Rain(Rain::Under(5)),
            "it, less than half an inch",
        ),
        (
            English,
            Amount::Rain(Rain::Between(5, 10)),
            "it, half an inch to one inch",
        ),
        (
            English,
            Amount::Rain(Rain::Between(10, 20)),
            "it, one to two inches",
        ),
        (
            Spanish,
            Amount::Rain(Rain::Between(10, 20)),
            "it, de una a dos pulgadas",
        ),
        (
            French,
            Amount::Rain(Rain::Over(30)),
            "it, plus de trois pouces",
        ),
        (
            Spanish,
            Amount::Snow(Snow::Between(1, 3)),
            "it, de una a tres pulgadas de nieve",
        ),
        (
            Portuguese,
            Amount::Snow(Snow::Over(20)),
            "it, mais de vinte polegadas de neve",
        ),
        (
            German,
            Amount::Snow(Snow::Under(1)),
            "it, weniger als ein Zoll Schnee",
        ),
    ] {
        assert_eq!(with_amount("it", amount, Units::Imperial, language), words);
    }
    let snow = Amount::Snow(Snow::About(1));
    assert_eq!(
        with_amount("neve", snow, Units::Metric, Italian),
        "neve, circa un centimetro di neve"
    );
    assert_eq!(
        speed(34.0, WindUnit::MilesAnHour, Spanish),
        "veinte millas por hora"
    );
    assert_eq!(
        speed(31.0, WindUnit::KilometresAnHour, French),
        "trente kilomètres à l'heure"
    );
    assert_eq!(
        speed(43.0, WindUnit::MetresASecond, English),
        "twelve meters a second"
    );
}
