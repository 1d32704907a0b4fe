//! The grammar, phrase by phrase.

use super::check;

#[test]
fn places_and_when_words_in_any_order() {
    check(PLACES_AND_WHEN);
}

#[test]
fn names_that_hold_a_when_or_a_polite_word_keep_a_whole_reading() {
    check(
        r#"
        Friday Harbor => [Harbor | Friday Harbor] fri
        friday harbor tomorrow => [harbor | friday harbor tomorrow] fri
        Show Low AZ => [AZ | Show Low AZ]
        What Cheer, Iowa => [Cheer, Iowa | What Cheer, Iowa]
        Tell City IN => [City IN | Tell City IN]
        In Salah => [Salah | In Salah]
        The Hague => [Hague | The Hague]
        The Dalles OR => [Dalles OR | The Dalles OR]
        Sun City AZ => [City AZ | Sun City AZ] sun
        Good Hope => [Hope | Good Hope]
        Start LA => [LA | Start LA]
        Week St Mary => [St Mary | Week St Mary] week
        Why AZ => [Why AZ]
        Nice => [Nice]
        Cool CA => [CA | Cool CA]
        Bath => [Bath]
        High Point NC => [Point NC | High Point NC]
        Low Moor => [Moor | Low Moor]
        "#,
    );
}

#[test]
fn own_place() {
    check(
        r#"
        weather => mine
        Weather? => mine
        wx => mine
        forecast please => mine
        tomorrow => tomorrow
        Tomorrow? => tomorrow
        tonight => tonight
        now => now
        today please => today
        friday => fri
        weekend => weekend
        this weekend? => weekend
        week => week
        next week => week
        hours => hours
        what's the weather => mine
        what's the weather tomorrow => tomorrow
        will it rain tomorrow => tomorrow
        will it rain today? => today
        is it going to snow tonight => tonight
        rain? => mine
        do i need an umbrella => mine
        how cold will it be tonight => tonight
        weather today => today
        i want weather updates => mine
        weather updates please => mine
        weather now => now
        when will it stop raining => mine
        will the rain stop => mine
        "#,
    );
}

#[test]
fn daily_texts() {
    check(DAILY_TEXTS);
}

#[test]
fn changes() {
    check(CHANGES);
}

#[test]
fn whole_texts() {
    check(WHOLE_TEXTS);
}

#[test]
fn nothing_at_all_is_my_own_place() {
    for text in ["", " ", "\n", ".", "...", "\u{200b}"] {
        assert_eq!(
            super::short(&super::Command::parse(text)),
            "mine",
            "{text:?}"
        );
    }
}

const PLACES_AND_WHEN: &str = r#"
        lyon => [lyon]
        Lyon => [Lyon]
        90210 => [90210]
        SW1A 1AA => [SW1A 1AA]
        JFK => [JFK]
        -33.86,151.2 => [-33.86,151.2]
        -33.86, 151.2 => [-33.86, 151.2]
        40.71 -74.00 tomorrow => [40.71 -74.00 | 40.71 -74.00 tomorrow] tomorrow
        springfield il => [springfield il]
        St. Louis, MO => [St. Louis, MO]
        portland, me => [portland, me]
        portland or => [portland or]
        fort wayne in => [fort wayne in]
        honolulu hi => [honolulu hi]
        tulsa ok => [tulsa ok]
        Weather in Lyon tomorrow, please? => [Lyon | Lyon tomorrow] tomorrow
        lyon tomorrow => [lyon | lyon tomorrow] tomorrow
        tomorrow lyon => [lyon | tomorrow lyon] tomorrow
        LYON TONIGHT => [LYON | LYON TONIGHT] tonight
        lyon today => [lyon | lyon today] today
        lyon now => [lyon | lyon now] now
        lyon friday => [lyon | lyon friday] fri
        lyon on friday => [lyon | lyon on friday] fri
        friday in lyon => [lyon | friday in lyon] fri
        lyon this weekend => [lyon | lyon this weekend] weekend
        lyon week => [lyon | lyon week] week
        lyon hours => [lyon | lyon hours] hours
        lyon next few hours => [lyon | lyon next few hours] hours
        lyon for the next 3 hours => [lyon] hours
        lyon 7 day => [lyon | lyon 7 day] week
        7 day forecast lyon => [lyon] week
        5-day forecast for Lyon => [Lyon] week
        weather lyon => [lyon]
        wx lyon => [lyon]
        forecast for lyon => [lyon]
        what's the weather in lyon => [lyon]
        What's the weather like in Lyon? => [Lyon | like in Lyon]
        whats the weather in lyon tomorrow => [lyon | lyon tomorrow] tomorrow
        how's the weather in Paris, France? => [Paris, France]
        what will the weather be in lyon tomorrow => [lyon | be in lyon tomorrow] tomorrow
        is it going to rain in lyon tomorrow? => [lyon] tomorrow
        will it rain in lyon => [lyon]
        Will it rain tomorrow in Lyon? => [Lyon] tomorrow
        is it raining in london => [london]
        do i need an umbrella in london tomorrow => [london] tomorrow
        how hot will it be in phoenix this weekend => [phoenix] weekend
        temperature in oslo => [oslo | temperature in oslo]
        can you tell me the weather in lyon please => [lyon]
        hi can i get the weather for 10001 => [10001]
        hi lyon => [lyon]
        lyon please => [lyon]
        lyon weather => [lyon]
        lyon weather tomorrow => [lyon | lyon weather tomorrow] tomorrow
        weather tomorrow lyon => [lyon | tomorrow lyon] tomorrow
        Lyon, tomorrow => [Lyon | Lyon, tomorrow] tomorrow
        paris tomorrow france => [paris france | paris tomorrow france] tomorrow
        tomorrow morning in lyon => [lyon | tomorrow morning in lyon] tomorrow
        lyon friday night => [lyon | lyon friday night] fri
        lyon day after tomorrow => [lyon | lyon day after tomorrow] +2
        lyon tmrw => [lyon | lyon tmrw] tomorrow
        tommorow lyon => [lyon | tommorow lyon] tomorrow
        lyon rn => [lyon | lyon rn] now
        lyon 5pm => [lyon | lyon 5pm]
        lyon tomorrow at 8am => [lyon | lyon tomorrow at 8am] tomorrow
        weather at 5 pm in lyon => [lyon | 5 pm in lyon]
        what is the weather in nice => [nice]
        weather for nice tomorrow => [nice | nice tomorrow] tomorrow
        is it nice in lyon => [lyon]
        is tomorrow going to be nice in lyon? => [lyon] tomorrow
        what about paris => [paris | what about paris]
        and paris? => [paris | and paris]
        my zip is 90210 => [90210 | my zip is 90210]
        i live in lyon => [lyon | i live in lyon]
        zip 90210 => [90210 | zip 90210]
        city beach => [city beach]
        town and country => [town and country]
        12.30, 45.10 => [12.30, 45.10]
        Wetter für Berlin => [Berlin | Wetter für Berlin]
        Berlin morgen => [Berlin | Berlin morgen] tomorrow
        Wetter in Berlin => [Berlin | Wetter in Berlin]
        météo Paris demain => [Paris | météo Paris demain] tomorrow
        clima en Madrid => [Madrid | clima en Madrid]
        東京 => [東京]
        Москва => [Москва]
        القاهرة => [القاهرة]
        São Paulo => [São Paulo]
        Saint-Denis => [Saint-Denis]
        L'Aquila => [L'Aquila]
        "#;

const DAILY_TEXTS: &str = r#"
        daily => DAILY
        DAILY lyon => DAILY [lyon]
        daily lyon 7am => DAILY [lyon] 07:00
        DAILY 7am lyon => DAILY [lyon] 07:00
        daily 90210 => DAILY [90210]
        daily 90210 7 => DAILY [90210] 07:00
        daily 90210 6:30pm => DAILY [90210] 18:30
        daily lyon 630am => DAILY [lyon] 06:30
        daily lyon 0630 => DAILY [lyon] 06:30
        daily 7 => DAILY 07:00
        daily at 7 => DAILY 07:00
        daily noon lyon => DAILY [lyon] 12:00
        daily lyon midnight => DAILY [lyon] 00:00
        daily -72.01,2.53 00:00 => DAILY [-72.01,2.53] 00:00
        daily 48.85, 2.35 7am => DAILY [48.85, 2.35] 07:00
        daily 7 40.712,-74.006 => DAILY [40.712,-74.006] 07:00
        daily 12.5,7.30 at 6 => DAILY [12.5,7.30] 06:00
        daily 51.5074 7.3012 => DAILY [51.5074 7.3012]
        daily lyon 18:30 => DAILY [lyon] 18:30
        daily lyon 7h30 => DAILY [lyon] 07:30
        daily berlin 7 uhr => DAILY [berlin] 07:00
        daily berlin um 7 uhr => DAILY [berlin] 07:00
        daily lyon 7 am weekdays => DAILY [lyon] 07:00 weekdays
        daily lyon weekdays 7am if rain => DAILY [lyon] 07:00 weekdays if rain
        daily if snow lyon => DAILY [lyon] if snow
        daily lyon if it rains => DAILY [lyon] if rain
        daily lyon only if frost 6am => DAILY [lyon] 06:00 if frost
        daily lyon if windy => DAILY [lyon] if wind
        daily lyon when hot => DAILY [lyon] if heat
        daily lyon mon wed fri => DAILY [lyon] mon,wed,fri
        daily mon,wed,fri 7am lyon => DAILY [lyon] 07:00 mon,wed,fri
        daily lyon mon-fri => DAILY [lyon] weekdays
        daily lyon weekends at 9 => DAILY [lyon] 09:00 weekends
        daily lyon sat and sun 8:30 => DAILY [lyon] 08:30 weekends
        subscribe lyon => DAILY [lyon]
        subscribe to lyon 7am => DAILY [lyon] 07:00
        SUB lyon => DAILY [lyon]
        JOIN => DAILY
        join lyon => DAILY [lyon]
        sign me up for lyon => DAILY [lyon]
        lyon daily => DAILY [lyon]
        lyon daily 7am => DAILY [lyon] 07:00
        lyon every day at 7am => DAILY [lyon] 07:00
        send me the weather for lyon every morning at 6:30 => DAILY [lyon] 06:30
        please daily lyon 7am => DAILY [lyon] 07:00
        I want daily weather for Lyon at 7am please => DAILY [Lyon] 07:00
        daily forecast for lyon => DAILY [lyon]
        lyon every weekday 7am => DAILY [lyon] 07:00 weekdays
        lyon every monday => DAILY [lyon] mon
        daily St. Louis, MO 7am => DAILY [St. Louis, MO] 07:00
        daily -33.86,151.2 7am => DAILY [-33.86,151.2] 07:00
        daily SW1A 1AA 7am => DAILY [SW1A 1AA] 07:00
        daily springfield il 12am => DAILY [springfield il] 00:00
        daily lyon 25:00 => DAILY [lyon] bad time
        daily lyon 13am => DAILY [lyon] bad time
        daily sun city => DAILY [city | sun city] sun
        "#;

const CHANGES: &str = r#"
        TIME 6:30am => TIME 06:30
        time 8 => TIME 08:00
        time => TIME ?
        time 25 => TIME ?
        time paris 6:30 => TIME [paris] 06:30
        time 6:30 paris => TIME [paris] 06:30
        time to 7pm => TIME 19:00
        change time to 8am => TIME 08:00
        change my time to 8am => TIME 08:00
        change it to 8am => TIME 08:00
        change to 8am => TIME 08:00
        change to lyon => PLACE [lyon]
        move to lyon => PLACE [lyon]
        7am => TIME 07:00
        6:30 pm => TIME 18:30
        at 7:15 => TIME 07:15
        time noon => TIME 12:00
        time midnight => TIME 00:00
        PLACE lyon => PLACE [lyon]
        place => PLACE
        place New York => PLACE [New York]
        change my place to lyon => PLACE [lyon]
        DAYS weekdays => DAYS weekdays
        days mon wed fri => DAYS mon,wed,fri
        days daily => DAYS daily
        days every day => DAYS daily
        days => DAYS ?
        days paris weekends => DAYS [paris] weekends
        UNITS F => UNITS imperial
        units c => UNITS metric
        units metric => UNITS metric
        units => UNITS ?
        units kelvin => UNITS ?
        fahrenheit => UNITS imperial
        celsius please => UNITS metric
        PAUSE => PAUSE
        pause until fri => PAUSE until fri
        pause 5 days => PAUSE 5d
        pause for 2 weeks => PAUSE 14d
        pause for a week => PAUSE 7d
        pause until dec 3 => PAUSE until 12/3
        pause until 3 december => PAUSE until 12/3
        pause till tomorrow => PAUSE until tomorrow
        pause paris => PAUSE [paris]
        pause paris 5 days => PAUSE [paris] 5d
        pause all => PAUSE all
        please pause my texts until monday => PAUSE until mon
        stop until friday => PAUSE until fri
        stop for 3 days => PAUSE 3d
        please stop for a week => PAUSE 7d
        RESUME => RESUME
        unpause => RESUME
        resume paris => RESUME [paris]
        SKIP => SKIP
        skip tomorrow => SKIP tomorrow
        skip friday => SKIP fri
        skip paris tomorrow => SKIP [paris] tomorrow
        cancel tomorrow => SKIP tomorrow
        TRIP paris 5 days => TRIP [paris] 5d
        trip to paris for 5 days => TRIP [paris] 5d
        trip paris until fri => TRIP [paris] until fri
        trip new york 1 week => TRIP [new york] 7d
        trip over => TRIP over
        trip => TRIP
        trip paris => TRIP [paris]
        language es => language es
        "#;

const WHOLE_TEXTS: &str = r#"
        ME => status
        status => status
        next => status
        my data => mydata
        MY DATA please => mydata
        delete me => deleteme
        delete my data => deleteme
        delete => delete
        call me => callme(none)
        ? => menu
        ?? => menu
        commands => menu
        menu => menu
        help me => menu
        what can you do => menu
        who is this => about
        HELP => help
        info => help
        START => start
        unstop => start
        start again => start
        YES => yes
        yes please => yes
        yeah => agree
        no => no
        nope => no
        more => more
        1 => #1
        2. => #2
        #3 => #3
        (4) => #4
        number 2 => #2
        option 2 please => #2
        the second one => #2
        two => #2
        0 => #0
        12 => #12
        101 => [101]
        hi => greeting
        Hello! => greeting
        good morning => greeting
        hola => greeting
        how are you? => greeting
        thanks => thanks
        Thank you so much! => thanks
        thanks for the weather => thanks
        ok => agree
        ok thanks => thanks
        great => thanks
        👍 => thanks
        ❤️ => thanks
        lol => thanks
        I didn't get my text today => status
        did you stop? => status
        "#;
