//! What an operator may do to a phone: the rules of the person's own texts hold for it too.

use weatherline::domain::phone::PhoneNumber;
use weatherline::domain::schedule::{Days, SendTime};
use weatherline::domain::subscriber::{Standing, StoppedBy};
use weatherline::flow::manage::{self, Edit, Refusal};

use crate::world::{BRUNO, CLARA, World, instant};

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_on_the_same_day_never_makes_a_second_morning() {
    let world = World::at("2026-11-20 18:00 Europe/Paris").await;
    world.text(BRUNO, "DAILY lyon 7am").await;
    world.sleep_until("2026-11-21 07:10 Europe/Paris").await;
    assert_eq!(world.deliveries_to(BRUNO).len(), 1);
    let later = Edit {
        time: SendTime::parse("09:30"),
        days: Some(Days::DAILY),
        ..Edit::default()
    };
    let now = world.clock.now();
    let edited = manage::edit(&world.app.store, &phone(BRUNO), None, later, now).await;
    let next = edited.unwrap().next.unwrap();
    assert_eq!(next.at, instant("2026-11-22 09:30 Europe/Paris"));
    world.sleep_until("2026-11-22 12:00 Europe/Paris").await;
    assert_eq!(
        world.records_of(BRUNO).await,
        ["daily 2026-11-21 delivered", "daily 2026-11-22 delivered"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_has_its_records_and_ends_by_hand() {
    let world = World::at("2026-11-20 18:00 Europe/Paris").await;
    world.text(BRUNO, "DAILY lyon 7am").await;
    let store = &world.app.store;
    let until = Some("2026-12-24".parse().unwrap());
    let paused = manage::pause(store, &phone(BRUNO), None, until, world.clock.now()).await;
    assert_eq!(paused.unwrap().len(), 1);
    world.sleep_until("2026-11-21 12:00 Europe/Paris").await;
    assert_eq!(
        world.records_of(BRUNO).await,
        ["daily 2026-11-21 skipped paused"]
    );
    let resumed = manage::resume(store, &phone(BRUNO), None, world.clock.now()).await;
    assert_eq!(resumed.unwrap()[0].pause, None);
    world.sleep_until("2026-11-22 12:00 Europe/Paris").await;
    assert_eq!(world.deliveries_to(BRUNO).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_person_takes_back_their_own_stop() {
    let world = World::at("2026-11-20 18:00 Europe/Paris").await;
    world.text(BRUNO, "DAILY lyon 7am").await;
    world.text(CLARA, "DAILY london 7am").await;
    world.text(CLARA, "STOP").await;
    let (store, now) = (&world.app.store, world.clock.now());
    manage::stop(store, &phone(BRUNO), now).await.unwrap();
    manage::stop(store, &phone(CLARA), now).await.unwrap();
    let clara = store.subscriber(&phone(CLARA)).await.unwrap().unwrap();
    let theirs = |standing: &Standing| matches!(standing, Standing::Stopped { by, .. } if *by != StoppedBy::Operator);
    assert!(theirs(&clara.standing), "their own stop stays their own");
    world.sleep_until("2026-11-21 12:00 Europe/Paris").await;
    assert!(world.deliveries_to(BRUNO).is_empty());
    let now = world.clock.now();
    manage::resume(store, &phone(BRUNO), None, now)
        .await
        .unwrap();
    let refused = manage::resume(store, &phone(CLARA), None, now).await;
    assert!(matches!(refused, Err(Refusal::TheirStop)), "{refused:?}");
    world.sleep_until("2026-11-22 12:00 Europe/Paris").await;
    assert_eq!(world.deliveries_to(BRUNO).len(), 1);
    assert!(world.deliveries_to(CLARA).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn which_of_several_has_to_be_said() {
    let world = World::at("2026-11-20 18:00 Europe/Paris").await;
    world.text(BRUNO, "DAILY lyon 7am").await;
    world.text(BRUNO, "DAILY marseille 7am").await;
    let (store, now, bruno) = (&world.app.store, world.clock.now(), phone(BRUNO));
    let six = Edit {
        time: SendTime::parse("06:00"),
        ..Edit::default()
    };
    let unsaid = manage::edit(store, &bruno, None, six.clone(), now).await;
    let Err(Refusal::Which(have)) = unsaid else {
        panic!("{unsaid:?}");
    };
    assert!(
        have.contains("Lyon") && have.contains("Marseille"),
        "{have}"
    );
    let found = store.subscriber(&bruno).await.unwrap().unwrap();
    let [lyon, marseille] = found.subscriptions.as_slice() else {
        panic!("two");
    };
    let edited = manage::edit(store, &bruno, marseille.id, six.clone(), now).await;
    assert_eq!(edited.unwrap().place.name, "Marseille");
    let twice = Edit {
        place: Some(lyon.place.clone()),
        ..Edit::default()
    };
    let refused = manage::edit(store, &bruno, marseille.id, twice, now).await;
    assert!(matches!(refused, Err(Refusal::Twice(_))), "{refused:?}");
    let unknown = manage::edit(store, &phone(CLARA), None, six, now).await;
    assert!(matches!(unknown, Err(Refusal::UnknownPhone)), "{unknown:?}");
    manage::erase(store, &bruno, now).await.unwrap();
    let gone = manage::pause(store, &bruno, None, None, now).await;
    assert!(matches!(gone, Err(Refusal::UnknownPhone)), "{gone:?}");
}

fn phone(number: &str) -> PhoneNumber {
    PhoneNumber::parse(number).unwrap()
}
