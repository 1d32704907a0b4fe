//! The grammar in the other languages, phrase by phrase; and which language a text shows.

use super::super::language_of;
use super::tongues::{FRENCH, GERMAN, ITALIAN, PORTUGUESE, SPANISH};
use super::{check, short};
use crate::domain::command::Command;
use crate::domain::language::Language;
use crate::domain::phone::Country;

#[test]
fn spanish() {
    check_plain(SPANISH);
}

#[test]
fn french() {
    check_plain(FRENCH);
}

#[test]
fn german() {
    check_plain(GERMAN);
}

#[test]
fn portuguese() {
    check_plain(PORTUGUESE);
}

#[test]
fn italian() {
    check_plain(ITALIAN);
}

#[test]
fn the_language_to_be_answered_in() {
    check(
        r#"
        LANGUAGE es => language es
        language spanish => language es
        IDIOMA español => language es
        SPRACHE Deutsch => language de
        LANGUE français => language fr
        LÍNGUA português => language pt
        IDIOMA português => language pt
        LINGUA italiano => language it
        en français => language fr
        in english please => language en
        auf deutsch bitte => language de
        en español por favor => language es
        in italiano => language it
        em português => language pt
        English => language en
        Español => language es
        do you speak english? => language en
        hablas español => language es
        parlez-vous français ? => language fr
        change language to german => language de
        cambiar idioma a inglés => language en
        LANGUAGE => language ?
        language klingon => language ?
        English, Indiana => [English, Indiana]
        Deutsch-Wagram => [Deutsch-Wagram]
        "#,
    );
}

#[test]
fn clear_words_show_the_language() {
    let mut wrong = Vec::new();
    for line in SHOWN.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (text, code) = line.split_once(" => ").expect("a table line has an arrow");
        let found = language_of(text).map_or("none", Language::code);
        if found != code {
            wrong.push(format!("{text} => {found}   (not {code})"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_word_that_says_nothing_by_itself_means_what_it_means_in_the_senders_country() {
    for (text, country, command) in [
        ("Pausa", b"IT", "PAUSE"),
        ("Pausa", b"ES", "PAUSE"),
        ("Pausa", b"DE", "[Pausa]"),
        ("Ora", b"IT", "now"),
        ("Ora", b"US", "[Ora]"),
        ("Sol", b"ES", "[Sol]"),
        ("Mai", b"DE", "[Mai]"),
        ("Due", b"IT", "#2"),
        ("Due", b"US", "[Due]"),
        ("Reise", b"GB", "[Reise]"),
        ("Tempo", b"PT", "mine"),
        ("Tempo", b"US", "[Tempo]"),
        ("Nice", b"FR", "[Nice]"),
        ("Ort im Innkreis", b"AT", "[Ort im Innkreis]"),
        ("ORT KÖLN", b"DE", "PLACE [KÖLN]"),
        ("Ville-la-Grand", b"FR", "[Ville-la-Grand]"),
        ("VILLE LYON", b"FR", "PLACE [LYON]"),
        ("LUGAR SEVILLA", b"ES", "PLACE [SEVILLA]"),
        ("Salta", b"AR", "SKIP"),
        ("Salta", b"DE", "[Salta]"),
        ("Regen", b"AT", "mine"),
        ("A Coruña", b"ES", "[Coruña | A Coruña]"),
        ("Aix-en-Provence", b"FR", "[Aix-en-Provence]"),
    ] {
        let found = short(&Command::parse_from(
            text,
            Country::parse(std::str::from_utf8(country).unwrap()),
            None,
        ));
        assert_eq!(
            found,
            command,
            "{text} from {}",
            String::from_utf8_lossy(country)
        );
    }
}

/// The same as [`check`] without the second readings of places.
fn check_plain(table: &str) {
    let mut wrong = Vec::new();
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (text, expected) = line.split_once(" => ").expect("a table line has an arrow");
        let found = plain(&short(&Command::parse(text)));
        if found != expected {
            wrong.push(format!("{text} => {found}   (not {expected})"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `[Lyon | Lyon demain] tomorrow` as `[Lyon] tomorrow`.
fn plain(found: &str) -> String {
    match (found.find(" | "), found.rfind(']')) {
        (Some(from), Some(to)) => format!("{}{}", &found[..from], &found[to..]),
        _ => found.to_owned(),
    }
}

/// What our own texts tell people to send.
#[test]
fn the_commands_that_we_name_are_understood() {
    let mut wrong = Vec::new();
    for line in NAMED.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (code, rest) = line.split_once(' ').expect("a language");
        let (texts, expected) = rest.split_once(" => ").expect("an arrow");
        for text in texts.split(" | ") {
            let command = Command::parse_from(text, None, Language::parse(code));
            let found = plain(&short(&command));
            if found != expected {
                wrong.push(format!("{code} {text} => {found}   (not {expected})"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const NAMED: &str = r#"
    es AJUSTES | MI SUSCRIPCION => status
    es BORRAR | ELIMINAR => delete
    es BORRAR MIS DATOS | BORRAR TODO => deleteme
    es DIARIO => DAILY
    es DIARIO SEVILLA 7:00 => DAILY [SEVILLA] 07:00
    es DIARIO SEVILLA 7:00 SI LLUEVE => DAILY [SEVILLA] 07:00 if rain
    es DIARIO SEVILLA 7:00 ENTRE SEMANA => DAILY [SEVILLA] 07:00 weekdays
    es DIAS DIARIO => DAYS daily
    es DIAS ENTRE SEMANA => DAYS weekdays
    es DIAS LUN MIE VIE => DAYS mon,wed,fri
    es FIN DEL VIAJE => TRIP over
    es VIAJE PARIS 5 DIAS => TRIP [PARIS] 5d
    es VIAJE PARIS HASTA EL VIERNES => TRIP [PARIS] until fri
    es HORA 6:30 => TIME 06:30
    es HORA PARIS 6:30 => TIME [PARIS] 06:30
    es LUGAR SEVILLA => PLACE [SEVILLA]
    es PAUSA => PAUSE
    es PAUSA 5 DIAS => PAUSE 5d
    es REANUDAR => RESUME
    es SALTAR => SKIP
    es MIS DATOS => mydata
    es UNIDADES F => UNITS imperial
    es LLAMAME => callme(none)
    es HOY => today
    es MAÑANA => tomorrow
    es SI => agree
    fr AUJOURD'HUI => today
    fr DEMAIN => tomorrow
    fr APPELLE-MOI => callme(none)
    fr EFFACER | SUPPRIMER => delete
    fr TOUT EFFACER => deleteme
    fr HEURE 6:30 => TIME 06:30
    fr JOURS EN SEMAINE => DAYS weekdays
    fr JOURS LUN MER VEN => DAYS mon,wed,fri
    fr JOURS QUOTIDIEN => DAYS daily
    fr VILLE LYON | LIEU LYON => PLACE [LYON]
    fr MES DONNÉES => mydata
    fr MOI | RÉGLAGES => status
    fr QUOTIDIEN LYON 7:00 => DAILY [LYON] 07:00
    fr PAUSE => PAUSE
    fr REPRENDRE => RESUME
    fr SAUTER => SKIP
    fr UNITÉS F => UNITS imperial
    fr VOYAGE PARIS 5 JOURS => TRIP [PARIS] 5d
    fr VOYAGE PARIS JUSQU'A VENDREDI => TRIP [PARIS] until fri
    fr FIN DU VOYAGE => TRIP over
    fr OUI => agree
    de ALLES LÖSCHEN => deleteme
    de LÖSCHEN => delete
    de AUSLASSEN => SKIP
    de EINHEITEN F => UNITS imperial
    de FORTSETZEN => RESUME
    de HEUTE => today
    de MORGEN => tomorrow
    de MEIN ABO => status
    de MEINE DATEN => mydata
    de ORT KÖLN => PLACE [KÖLN]
    de PAUSE => PAUSE
    de REISE ENDE => TRIP over
    de REISE PARIS 5 TAGE => TRIP [PARIS] 5d
    de REISE PARIS BIS FREITAG => TRIP [PARIS] until fri
    de RUF MICH AN => callme(none)
    de TAGE MO MI FR => DAYS mon,wed,fri
    de TAGE TÄGLICH => DAYS daily
    de TAGE WERKTAGS => DAYS weekdays
    de TAGE WOCHENENDS => DAYS weekends
    de TÄGLICH KÖLN 7:00 => DAILY [KÖLN] 07:00
    de ZEIT 6:30 => TIME 06:30
    de JA => agree
    pt APAGAR => delete
    pt APAGAR TUDO => deleteme
    pt DIARIO LISBOA 7:00 => DAILY [LISBOA] 07:00
    pt DIAS DURANTE A SEMANA => DAYS weekdays
    pt DIAS SEG QUA SEX => DAYS mon,wed,fri
    pt DIAS DIARIO => DAYS daily
    pt FIM DA VIAGEM => TRIP over
    pt VIAGEM PARIS 5 DIAS => TRIP [PARIS] 5d
    pt VIAGEM PARIS ATE SEXTA => TRIP [PARIS] until fri
    pt HORA 6:30 => TIME 06:30
    pt HOJE => today
    pt AMANHA => tomorrow
    pt LUGAR LISBOA => PLACE [LISBOA]
    pt ME LIGA => callme(none)
    pt MEU STATUS => status
    pt MEUS DADOS => mydata
    pt PAUSA => PAUSE
    pt PULAR => SKIP
    pt RETOMAR => RESUME
    pt UNIDADES F => UNITS imperial
    pt SIM => agree
    it CANCELLA => delete
    it CANCELLA TUTTO => deleteme
    it CHIAMAMI => callme(none)
    it DOMANI => tomorrow
    it OGGI => today
    it FINE VIAGGIO => TRIP over
    it GIORNI FERIALI => DAYS weekdays
    it GIORNI LUN MER VEN => DAYS mon,wed,fri
    it GIORNI OGNI GIORNO => DAYS daily
    it IMPOSTAZIONI => status
    it LUOGO ROMA => PLACE [ROMA]
    it MIEI DATI => mydata
    it OGNI GIORNO => DAILY
    it OGNI GIORNO ROMA 7:00 => DAILY [ROMA] 07:00
    it ORA 6:30 => TIME 06:30
    it PAUSA => PAUSE
    it RIPRENDI => RESUME
    it SALTA => SKIP
    it UNITA C => UNITS metric
    it VIAGGIO PARIGI 5 GIORNI => TRIP [PARIGI] 5d
    it VIAGGIO PARIGI FINO A VENERDI => TRIP [PARIGI] until fri
    it SI => agree
    "#;

const SHOWN: &str = r#"
    lyon => none
    Nice => none
    Split => none
    Domingo Martinez => none
    no => none
    si => none
    pause => none
    in => none
    STOP => none
    cancel => none
    ok => none
    ME => none
    menu => none
    tomorrow => en
    weather in Lyon => en
    what's the weather in Roma => en
    please => en
    mañana => es
    Sevilla mañana => es
    ¿qué tiempo hará mañana en Sevilla? => es
    hola => es
    gracias => es
    no me envíen más mensajes => es
    demain => fr
    quel temps fait-il à Nice demain ? => fr
    la météo de Paris demain => fr
    meteo => none
    bonjour => fr
    arrêtez de m'envoyer des messages => fr
    Wetter Köln => de
    wie wird das Wetter morgen in Köln? => de
    Köln 7 Uhr wenn Regen => de
    danke => de
    hör auf => de
    previsão Lisboa => pt
    vai chover amanhã no Porto? => pt
    obrigado => pt
    parem de me enviar mensagens => pt
    che tempo fa a Roma domani? => it
    domani => it
    grazie => it
    smettetela di scrivermi => it
    東京 => none
    clima => none
    domingo => none
    "#;
