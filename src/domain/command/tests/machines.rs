//! Reactions, machines and our own words echoed are not answered.

use super::check;

#[test]
fn reactions_machines_and_echoes() {
    check(MACHINES);
}

#[expect(
    clippy::invisible_characters,
    reason = "phones put them around reactions"
)]
const MACHINES: &str = r#"
        Liked “Lyon: Rain from 2pm” => reaction
        Loved "Lyon: Rain from 2pm" => reaction
        Disliked “Reply STOP to end” => reaction
        Laughed at “…” => reaction
        Emphasized “Lyon” => reaction
        Questioned “Lyon” => reaction
        Liked an image => reaction
        Loved a photo => reaction
        Removed a like from “Lyon: Rain” => reaction
        Removed a heart from “Lyon: Rain” => reaction
        Reacted 😂 to “Lyon: Rain” => reaction
        👍 to “Lyon: Rain” => reaction
        ​👍​ to “ Lyon: Rain ” => reaction
        ❤️ to "Lyon" => reaction
        Le gustó “Lyon: Rain” => reaction
        Le encantó “Lyon” => reaction
        A aimé « Lyon » => reaction
        A adoré « Lyon » => reaction
        Gefällt „Lyon“ => reaction
        Hat mit 👍 auf „Lyon“ reagiert => reaction
        Gostou de “Lyon” => reaction
        Adorou “Lyon” => reaction
        Ha apprezzato “Lyon” => reaction
        Ha messo mi piace a “Lyon” => reaction
        Vindt “Lyon” leuk => reaction
        Gillade ”Lyon” => reaction
        Likte «Lyon» => reaction
        Synes godt om “Lyon” => reaction
        Polubiono „Lyon” => reaction
        “Lyon” beğendi => reaction
        「Lyon」にいいねしました => reaction
        赞了“Lyon” => reaction
        "Lyon"에 좋아요 => reaction
        "Lyon" => [Lyon]
        weather for "Lyon" => [Lyon]
        I'm driving with Do Not Disturb While Driving turned on. I'll see your message when I get where I'm going. => autoreply
        I am currently out of the office and will return Monday => autoreply
        Automatic reply: out of office => autoreply
        Auto-Reply: I can't talk right now. => autoreply
        Can't talk right now. What's up? => autoreply
        Your message could not be delivered. => autoreply
        Delivery failure => autoreply
        Abwesenheitsnotiz: ich bin bis Montag nicht da => autoreply
        Réponse automatique : je suis absent => autoreply
        Respuesta automática: estoy de vacaciones => autoreply
        Resposta automática: volto segunda => autoreply
        Risposta automatica: sono in ferie => autoreply
        weatherline: Lyon weather every day at 7am, from tomorrow. Msg&data rates may apply. Reply HELP for help, STOP to end. => echo
        NETWORK MSG: You replied with the word "stop" which blocks all texts sent from this number. => echo
        You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe. => echo
        "#;
