//! Tests of `schedule.rs`.

use super::*;

#[test]
fn the_scheduler_is_left_alone_until_a_second_before() {
    let seconds = Duration::from_secs;
    assert_eq!(pause(Some(seconds(60))), seconds(10));
    assert_eq!(pause(Some(seconds(5))), seconds(4));
    assert_eq!(pause(Some(seconds(1))), Duration::ZERO);
    assert_eq!(pause(None), Duration::ZERO);
}

#[tokio::test]
async fn it_beats_again_and_again_and_ends_when_it_is_dropped() {
    let nudge = Arc::new(Notify::new());
    let metronome = Metronome::start("* * * * * *", &nudge).unwrap();
    for _ in 0..2 {
        let beat = tokio::time::timeout(Duration::from_secs(30), nudge.notified());
        beat.await.unwrap();
    }
    drop(metronome);
    // The thread holds the job, and the job the nudge.
    let ended = async {
        while Arc::strong_count(&nudge) > 1 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), ended)
        .await
        .unwrap();
}

#[test]
fn what_is_no_cron_expression_is_refused() {
    assert!(Metronome::start("every morning", &Arc::new(Notify::new())).is_err());
}
