//! Waiting for several things at the same time.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

/// Runs all of it at the same time and gives the results in the order of the work; the caller bounds how much that is.
pub(super) async fn at_once<F: Future>(work: Vec<F>) -> Vec<F::Output> {
    let mut under_way: Vec<Pin<Box<F>>> = work.into_iter().map(Box::pin).collect();
    let mut done: Vec<Option<F::Output>> = under_way.iter().map(|_| None).collect();
    poll_fn(|context| {
        let mut all = true;
        for (future, result) in under_way.iter_mut().zip(&mut done) {
            if result.is_none() {
                match future.as_mut().poll(context) {
                    Poll::Ready(value) => *result = Some(value),
                    Poll::Pending => all = false,
                }
            }
        }
        if all { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    done.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_that_waits_for_another_does_not_hold_it_up() {
        let (say, hear) = tokio::sync::oneshot::channel();
        let waits: Pin<Box<dyn Future<Output = u8>>> = Box::pin(async { hear.await.unwrap() });
        let tells: Pin<Box<dyn Future<Output = u8>>> = Box::pin(async {
            say.send(1).unwrap();
            2
        });
        assert_eq!(at_once(vec![waits, tells]).await, [1, 2]);
    }
}
