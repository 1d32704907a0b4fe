//! Opt-outs are never missed, and no place is taken for one.

use super::super::{is_carrier_keyword, is_opt_out, is_opt_out_in};
use super::check;
use crate::domain::phone::Country;

#[test]
fn opt_outs_in_the_words_that_people_use() {
    let missed: Vec<&str> = OPT_OUTS
        .lines()
        .map(str::trim)
        .filter(|text| !text.is_empty() && !is_opt_out(text))
        .collect();
    assert!(missed.is_empty(), "missed:\n{}", missed.join("\n"));
}

#[test]
fn other_texts_are_no_opt_outs() {
    let wrong: Vec<&str> = OTHERS
        .lines()
        .map(str::trim)
        .filter(|text| !text.is_empty() && is_opt_out(text))
        .collect();
    assert!(
        wrong.is_empty(),
        "taken for an opt-out:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn no_place_is_an_opt_out() {
    let wrong: Vec<&str> = PLACES
        .split(['\n', ';'])
        .map(str::trim)
        .filter(|text| !text.is_empty() && is_opt_out(text))
        .collect();
    assert!(
        wrong.is_empty(),
        "taken for an opt-out:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn one_of_mine_may_end_alone() {
    check(
        r#"
        STOP paris => END [paris]
        stop paris please => END [paris]
        end lyon => END [lyon] only
        cancel New York => END [New York]
        unsubscribe from paris => END [paris]
        unsubscribe me from paris => END [paris]
        stop the paris texts => END [paris]
        cancel my paris text => END [paris]
        paris stop => END [paris]
        stop my daily paris forecast => END [paris]
        remove paris => END [paris] only
        delete paris => END [paris] only
        end moor => END [moor] only
        stop sending me paris => STOP [paris]
        STOP => STOP
        stop texting me => STOP
        "#,
    );
}

#[test]
fn the_carrier_acts_upon_whole_words_only() {
    for text in [
        "STOP",
        " stop ",
        "Cancel",
        "QUIT",
        "end",
        "OptOut",
        "revoke",
        "stopall",
        "Unsubscribe",
    ] {
        assert!(is_carrier_keyword(text), "{text}");
        assert!(is_opt_out(text), "{text}");
    }
    for text in ["STOP.", "stop please", "stop all", "opt out", "stopp"] {
        assert!(!is_carrier_keyword(text), "{text}");
        assert!(is_opt_out(text), "{text}");
    }
}

#[test]
fn a_word_that_is_a_place_elsewhere_stops_where_it_means_stop() {
    for (text, country, stops) in [
        ("BAJA", b"MX", true),
        ("Baja", b"HU", false),
        ("ende", b"DE", true),
        ("Ende", b"ID", false),
        ("alto", b"ES", true),
        ("Alto", b"US", false),
        ("Baja California", b"MX", false),
        ("pare", b"BR", true),
        ("basta!", b"IT", true),
    ] {
        assert_eq!(is_opt_out_in(text, Country::of(country)), stops, "{text}");
        assert!(!is_opt_out(text), "{text}");
    }
}

const OPT_OUTS: &str = r#"
    stop
    STOP!
    Stop.
    stop stop stop
    STOP ALL
    s t o p
    please stop
    Please stop texting me
    stop texting me please
    STOP SENDING ME THIS
    stop it
    stop now
    can you stop
    can you please stop
    ok stop
    I said stop
    just stop already
    you need to stop
    stop this spam
    stop the texts
    stop daily
    stop the daily texts
    stop all messages
    stop everything
    please stop sending these
    I want to stop
    i want this to stop
    I would like to stop receiving texts
    stop, please
    STOP!!! WHO IS THIS
    stop bothering me
    stop contacting this number
    stop weather
    stop the weather texts
    stopp
    stpo
    unsubscribe
    Unsubscribe me
    unsubscribe please
    please unsubscribe me from this list
    i want to unsubscribe
    how do i unsubscribe
    how do I stop these texts?
    unsuscribe
    unsubcribe
    Unsubscibe me
    unsub
    UNSUBSCRIBE ALL
    cancel
    cancel please
    cancel my subscription
    cancel subscription
    please cancel my texts
    cancel everything
    I'd like to cancel
    end
    end subscription
    please end
    end this
    quit
    quit texting me
    quit it
    revoke
    I revoke my consent
    optout
    opt out
    Opt-out
    opt me out
    I want to opt out
    take me off your list
    take me off this list please
    remove me
    remove me from your list
    remove my number
    please remove my number from your database
    delete my number
    lose my number
    do not text me
    don't text me again
    Do not contact me
    don't send me any more messages
    no more texts
    no more texts please
    No more messages
    no more
    I don't want these anymore
    i do not want to receive these messages
    I no longer want these texts
    leave me alone
    fuck off
    go away
    not interested
    I'm not interested
    wrong number
    You have the wrong number
    ya basta
    deja de enviarme mensajes
    dejen de mandarme mensajes
    no me envíen más mensajes
    no me mandes más
    no quiero más mensajes
    no quiero recibir más
    no más mensajes
    quiero darme de baja
    dar de baja
    darme de baja por favor
    cancelar suscripción
    cancelar
    por favor paren
    STOP por favor
    arrêtez
    arrêtez de m'envoyer des messages
    arrêtez s'il vous plaît
    Je veux me désabonner
    désabonnez-moi
    se désabonner svp me désabonner
    désinscription
    ne m'envoyez plus de messages
    plus de messages svp
    je ne veux plus recevoir vos messages
    stop sms
    stop pub
    stop svp
    abmelden
    bitte abmelden
    Bitte melden Sie mich ab
    keine Nachrichten mehr
    keine SMS mehr bitte
    hör auf
    hören Sie auf mir zu schreiben
    abbestellen
    ich möchte das abbestellen möchte abbestellen
    Ich will keine Nachrichten mehr
    bitte stoppen
    stop bitte
    lassen Sie mich in Ruhe
    aufhören
    kündigen
    pare de enviar mensagens
    não quero mais receber
    não me envie mais mensagens
    quero sair da lista
    cancelar inscrição
    me descadastre
    descadastrar
    por favor pare
    me remova da lista
    basta messaggi
    non voglio più ricevere messaggi
    non mandatemi più messaggi
    disiscrivimi
    cancellami
    annulla iscrizione
    smettila
    smettete di scrivermi
    stop per favore
    afmelden
    退订
    配信停止
    수신거부
    стоп
    отписаться
    не пишите мне больше
    توقف عن ارسال الرسائل
    hey please stop these messages thank you
    this is harassment stop texting
    STOP I will report you
    reply stop
    text stop
    stop stop
    "#;

const OTHERS: &str = r#"
    when will the rain stop
    will it stop raining
    will it stop snowing tonight
    when does the snow stop in lyon
    does the wind stop tomorrow
    please stop raining
    stop raining already
    don't stop
    please don't stop
    never stop
    don't unsubscribe me
    please don't cancel my subscription
    do not cancel
    did you stop?
    why did you stop
    why did my texts stop
    have you stopped
    stop until friday
    stop for 3 days
    pause
    skip tomorrow
    cancel tomorrow
    start
    yes
    help
    info
    no
    no thanks
    nothing
    weekend
    end of the week
    lyon this weekend
    next stop lyon
    non stop rain in lyon
    I love this
    thanks
    delete me
    delete my data
    resume
    unpause
    continue
    next
    the end
    stop paris
    cancel lyon
    Liked “Reply STOP to end”
    weatherline: you are unsubscribed and will get no more texts. Reply START to get them again.
    daily lyon 7am
    "#;

const PLACES: &str = r#"
    Stopford; Quitman; Quitman, GA; Quitman TX; Endicott; Endicott NY; Start LA; Start, Louisiana; Startup WA; Stopsley; Stop Island; Stopham; Stoppelberg
    Ende; Ende, Indonesia; Enderby; Enderby BC; Enderlin ND; Endwell NY; Lands End; Land's End; World's End; Worlds End PA; West End; East End; North End; South End
    Mile End; Mile End London; Crouch End; Ponders End; Southend; Southend-on-Sea; Audley End; Gravesend; Ovingdean; Bourne End; Church End; Town End; Green End; Grand End; Upend
    Cancun; Cancale; Canceleda; Cancellara; Cancello; Cancelli; Quito; Quitilipi; Quiterianopolis; Quitandinha; Quitaque; Quitupan; Quittebeuf; Unsan; Unstrut; Unst; Unterhaching
    Revokino; Optic; Opt; Helper UT; Helpston; Helpringham; Infanta; Info; Infiesto; Yes; Yesan; Yesa; Yeso NM; Yesilova; Noyes; Startforth; Starte; Starting Point; Joinville; Join
    Nice; Hell MI; Bath; Reading; Battle; Deal; Ham; Rest; Relax; Truth or Consequences NM; Why AZ; What Cheer IA; Accident MD; Boring OR; Normal IL; Peculiar MO; Nothing AZ; Nowhere OK
    Dead Women Crossing; Last Chance CO; Last Stop; Whistle Stop; Cut and Shoot TX; Gas City IN; Show Low AZ; Tell City IN; Hazard KY; Halt; Halten; Haltern; Halton; Basta; Bastak; Bastos; Baja; Baja Hungary; Baja California
    Pare; Parepare; Pari; Paramus; Alto GA; Alto; Altona; Fin; Fine NY; Finale; Finale Ligure; Finley; Salir; Sair; Saint Sauveur; Arret; Arras; Arrecife; Ferma; Fermo; Chega; Chegutu; Detroit; Detmold
    Termini; Terminillo; Ab; Abenberg; Abmelden Hof; Kundl; Kunding; Kuendigen Berg; Removal; Remy; Remote OR; Remove; Out; Outjo; No Name CO; No; Nome AK; Noma FL; Nomad; Mor; More; Moreton; Morecambe; Enough; Stopanska; Stopnica
    Stoppenberg; Stopper; Stopka; Stopovo; Stopy; Stopar; Stops; Stopice; Endau; Endeh; Endingen; Endirey; Endorf; Endre; Endrinal; Enda; Endla; Quita; Quite; Quiting; Canc; Can; Ca; Leave; Leaves; Leaveland; Alone; Allone; Wrong; Wronki
    Quitman, Mississippi, USA; Endicott, New York, USA; End, Norway; Stop, Russia; Unsere Frau; Offenbach; Off; Opelousas LA; Piss; Pissouri; Fucking; Fugging Austria; Shutlanger; Goa; Go; Lose; Losee; Taken; Take; Offa; Dont; Donti; Dontsy; Cease; Ceasar Creek
    Mt Endeavour; Port Stopes; Marie Stopes; Bitter End; Journeys End; Friends End; Tag End; Rope End; Harvest End; Cold Stop; Water Stop; One Stop; Truck Stop; Full Stop
    "#;
