//! The grammar in the other languages, phrase by phrase; and which language a text shows.

use super::super::language_of;
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
    es LLAMAME => callme
    es HOY => today
    es MAÑANA => tomorrow
    es SI => agree
    fr AUJOURD'HUI => today
    fr DEMAIN => tomorrow
    fr APPELLE-MOI => callme
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
    de RUF MICH AN => callme
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
    pt ME LIGA => callme
    pt MEU STATUS => status
    pt MEUS DADOS => mydata
    pt PAUSA => PAUSE
    pt PULAR => SKIP
    pt RETOMAR => RESUME
    pt UNIDADES F => UNITS imperial
    pt SIM => agree
    it CANCELLA => delete
    it CANCELLA TUTTO => deleteme
    it CHIAMAMI => callme
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

const SPANISH: &str = r#"
    ¿qué tiempo hará mañana en Sevilla? => [Sevilla] tomorrow
    que tiempo hace en Madrid => [Madrid]
    el tiempo en Madrid => [Madrid]
    tiempo Madrid mañana => [Madrid] tomorrow
    Madrid hoy => [Madrid] today
    Madrid esta noche => [Madrid] tonight
    Madrid pasado mañana => [Madrid] +2
    Madrid fin de semana => [Madrid] weekend
    Madrid el lunes => [Madrid] mon
    ¿lloverá mañana en Bilbao? => [Bilbao] tomorrow
    va a llover en Bilbao => [Bilbao]
    clima en Bogotá para mañana => [Bogotá] tomorrow
    dime el tiempo de Valencia por favor => [Valencia]
    hola, qué tiempo hace hoy en Cádiz? => [Cádiz] today
    en 3 días Madrid => [Madrid] +3
    tiempo en La Coruña => [La Coruña]
    el tiempo mañana en Las Palmas de Gran Canaria => [Las Palmas de Gran Canaria] tomorrow
    mañana => tomorrow
    hoy => today
    el fin de semana => weekend
    tiempo => mine
    el tiempo => mine
    ¿va a llover hoy? => today
    DIARIO lyon 7am => DAILY [lyon] 07:00
    diario Madrid a las 7 => DAILY [Madrid] 07:00
    todos los días Madrid a las 7:30 => DAILY [Madrid] 07:30
    Madrid todos los días a las 7 de la mañana => DAILY [Madrid] 07:00
    diario Sevilla a las 8 de la tarde => DAILY [Sevilla] 20:00
    diario Sevilla si llueve => DAILY [Sevilla] if rain
    diario Burgos 7h si hay heladas => DAILY [Burgos] 07:00 if frost
    diario Madrid mediodía => DAILY [Madrid] 12:00
    diario Madrid a las siete y media => DAILY [Madrid] 07:30
    diario Madrid lunes a viernes 7:00 => DAILY [Madrid] 07:00 weekdays
    suscribirme Madrid fines de semana => DAILY [Madrid] weekends
    Madrid todos los lunes a las 8 => DAILY [Madrid] 08:00 mon
    hora 6:30 => TIME 06:30
    cambiar hora a las 8 => TIME 08:00
    unidades C => UNITS metric
    pausa 5 días => PAUSE 5d
    pausa hasta el viernes => PAUSE until fri
    pausar => PAUSE
    reanudar => RESUME
    saltar mañana => SKIP tomorrow
    viaje a París 5 días => TRIP [París] 5d
    mis datos => mydata
    borrar mis datos => deleteme
    llámame => callme
    ayuda => menu
    hola => greeting
    buenos días => greeting
    muchas gracias => thanks
    sí => agree
    no gracias => no
    el dos => #2
    la 2 => #2
    más información => more
    "#;

const FRENCH: &str = r#"
    quel temps fait-il à Nice demain ? => [Nice] tomorrow
    Quel temps fera-t-il demain à Lyon => [Lyon] tomorrow
    météo Lyon => [Lyon]
    la météo de Paris => [Paris]
    météo Aix en Provence demain => [Aix en Provence] tomorrow
    quel temps à Aix en Provence => [Aix en Provence]
    Lyon après-demain => [Lyon] +2
    Lyon ce soir => [Lyon] tonight
    Lyon ce week-end => [Lyon] weekend
    Lyon dans 3 jours => [Lyon] +3
    va-t-il pleuvoir demain à Brest ? => [Brest] tomorrow
    est-ce qu'il pleut à Brest => [Brest]
    Lyon lundi => [Lyon] mon
    il pleut à Lille ? => [Lille]
    bonjour, la météo pour Nantes svp => [Nantes]
    demain => tomorrow
    aujourd'hui => today
    tous les jours à Lyon à 7h30 si pluie => DAILY [Lyon] 07:30 if rain
    tous les jours Lyon 7h => DAILY [Lyon] 07:00
    quotidien Lyon 7h30 s'il pleut => DAILY [Lyon] 07:30 if rain
    Lyon chaque matin à 7 heures => DAILY [Lyon] 07:00
    je voudrais la météo de Lyon tous les matins à 6h30 => DAILY [Lyon] 06:30
    m'abonner à Lyon => DAILY [Lyon]
    Lyon tous les jours à midi => DAILY [Lyon] 12:00
    tous les jours Lyon 7 heures du soir => DAILY [Lyon] 19:00
    tous les lundis Lyon à 8h => DAILY [Lyon] 08:00 mon
    quotidien Lyon du lundi au vendredi 7h => DAILY [Lyon] 07:00 weekdays
    quotidien Lyon lundi et jeudi => DAILY [Lyon] mon,thu
    heure 7h30 => TIME 07:30
    changer l'heure à 8h => TIME 08:00
    unités C => UNITS metric
    pause 5 jours => PAUSE 5d
    pause jusqu'à vendredi => PAUSE until fri
    pause jusqu'au 3 décembre => PAUSE until 12/3
    reprendre => RESUME
    sauter demain => SKIP tomorrow
    voyage à Paris 5 jours => TRIP [Paris] 5d
    mes données => mydata
    supprimer mes données => deleteme
    appelle-moi => callme
    aide => menu
    aide svp => menu
    bonjour => greeting
    merci beaucoup => thanks
    oui => agree
    non merci => no
    le deuxième => #2
    "#;

const GERMAN: &str = r#"
    wie wird das Wetter morgen in Köln? => [Köln] tomorrow
    Wetter Köln => [Köln]
    Wetter in Köln heute => [Köln] today
    Frankfurt am Main morgen => [Frankfurt am Main] tomorrow
    wie ist das Wetter in Frankfurt am Main => [Frankfurt am Main]
    Köln übermorgen => [Köln] +2
    Köln heute Abend => [Köln] tonight
    Köln am Wochenende => [Köln] weekend
    Köln in 3 Tagen => [Köln] +3
    regnet es morgen in Hamburg? => [Hamburg] tomorrow
    brauche ich einen Regenschirm in Bremen => [Bremen]
    Köln am Montag => [Köln] mon
    Hallo, wie wird das Wetter in Bonn bitte => [Bonn]
    morgen => tomorrow
    heute => today
    wie wird das Wetter => mine
    wird es morgen regnen? => tomorrow
    täglich Köln 7 Uhr wenn Regen => DAILY [Köln] 07:00 if rain
    täglich Köln um 7 Uhr => DAILY [Köln] 07:00
    taeglich koeln 7 uhr 30 => DAILY [koeln] 07:30
    jeden Morgen um 6:30 Wetter für Köln => DAILY [Köln] 06:30
    Köln täglich 7 Uhr abends => DAILY [Köln] 19:00
    täglich Köln halb acht => DAILY [Köln] 07:30
    täglich Köln mittags => DAILY [Köln] 12:00
    täglich Köln werktags 7 Uhr => DAILY [Köln] 07:00 weekdays
    jeden Montag Köln 8 Uhr => DAILY [Köln] 08:00 mon
    täglich Köln bei Frost => DAILY [Köln] if frost
    Uhrzeit 6:30 => TIME 06:30
    Zeit 7 Uhr => TIME 07:00
    7 Uhr => TIME 07:00
    Einheiten C => UNITS metric
    Pause 5 Tage => PAUSE 5d
    Pause bis Freitag => PAUSE until fri
    pausieren => PAUSE
    fortsetzen => RESUME
    morgen überspringen => SKIP tomorrow
    Reise nach Paris 5 Tage => TRIP [Paris] 5d
    meine Daten => mydata
    meine Daten löschen => deleteme
    ruf mich an => callme
    Hilfe => menu
    Hallo => greeting
    Guten Morgen => greeting
    vielen Dank => thanks
    ja => agree
    nein danke => no
    das zweite => #2
    mehr => more
    "#;

const PORTUGUESE: &str = r#"
    vai chover amanhã no Porto? => [Porto] tomorrow
    previsão do tempo Lisboa => [Lisboa]
    como está o tempo em Lisboa hoje => [Lisboa] today
    Lisboa amanhã => [Lisboa] tomorrow
    Lisboa depois de amanhã => [Lisboa] +2
    Rio de Janeiro hoje à noite => [Rio de Janeiro] tonight
    São Paulo fim de semana => [São Paulo] weekend
    tempo no Rio de Janeiro amanhã => [Rio de Janeiro] tomorrow
    Braga segunda-feira => [Braga] mon
    qual a previsão para Faro => [Faro]
    preciso de guarda-chuva em Lisboa => [Lisboa]
    amanhã => tomorrow
    hoje => today
    todos os dias Lisboa às 7h => DAILY [Lisboa] 07:00
    diário Lisboa 7h se chover => DAILY [Lisboa] 07:00 if rain
    todo dia Curitiba às 6 da manhã => DAILY [Curitiba] 06:00
    Lisboa todos os dias ao meio-dia => DAILY [Lisboa] 12:00
    Lisboa diariamente às sete e meia => DAILY [Lisboa] 07:30
    diário Porto de segunda a sexta às 8h => DAILY [Porto] 08:00 weekdays
    quero receber a previsão de Lisboa todos os dias às 7 => DAILY [Lisboa] 07:00
    horário 6:30 => TIME 06:30
    mudar hora para 8h => TIME 08:00
    unidades C => UNITS metric
    pausa 5 dias => PAUSE 5d
    pausar até sexta => PAUSE until fri
    retomar => RESUME
    pular amanhã => SKIP tomorrow
    viagem para Paris 5 dias => TRIP [Paris] 5d
    meus dados => mydata
    apagar meus dados => deleteme
    me liga => callme
    ajuda => menu
    oi => greeting
    bom dia => greeting
    obrigado => thanks
    não => no
    o segundo => #2
    "#;

const ITALIAN: &str = r#"
    che tempo fa a Roma domani? => [Roma] tomorrow
    meteo Roma => [Roma]
    previsioni Milano domani => [Milano] tomorrow
    che tempo farà a Reggio nell'Emilia => [Reggio nell'Emilia]
    Roma dopodomani => [Roma] +2
    Roma stasera => [Roma] tonight
    Roma nel fine settimana => [Roma] weekend
    Roma tra 3 giorni => [Roma] +3
    pioverà domani a Torino? => [Torino] tomorrow
    piove a Genova => [Genova]
    Roma lunedì => [Roma] mon
    mi serve l'ombrello a Roma => [Roma]
    buongiorno, che tempo fa a Bari per favore => [Bari]
    domani => tomorrow
    oggi => today
    che tempo fa => mine
    ogni giorno Roma alle 7 se piove => DAILY [Roma] 07:00 if rain
    giornaliero Roma 7:30 => DAILY [Roma] 07:30
    Roma tutti i giorni alle 7 di mattina => DAILY [Roma] 07:00
    Roma ogni mattina alle sette e mezza => DAILY [Roma] 07:30
    Roma ogni giorno a mezzogiorno => DAILY [Roma] 12:00
    giornaliero Roma giorni feriali alle 8 => DAILY [Roma] 08:00 weekdays
    ogni lunedì Roma alle 8 => DAILY [Roma] 08:00 mon
    giornaliero Roma alle 8 di sera => DAILY [Roma] 20:00
    orario 6:30 => TIME 06:30
    cambia orario alle 8 => TIME 08:00
    unità C => UNITS metric
    pausa 5 giorni => PAUSE 5d
    pausa fino a venerdì => PAUSE until fri
    riprendi => RESUME
    salta domani => SKIP tomorrow
    viaggio a Parigi 5 giorni => TRIP [Parigi] 5d
    i miei dati => mydata
    cancella i miei dati => deleteme
    chiamami => callme
    aiuto => menu
    ciao => greeting
    buongiorno => greeting
    grazie mille => thanks
    sì grazie => agree
    il secondo => #2
    "#;
