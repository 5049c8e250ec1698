//! `hotich bench`: how fast this machine is, told as ratios to a reference that runs in the same minutes.
//!
//! A rate says more about a machine than about a program. So each figure stands beside what the same machine does with
//! the same bytes in the plainest way there is, taken in turn with it, in several rounds; medians are compared.
//!
//! - [`append`] the whole path of an event, against plain single-row commits of the same bytes ([`reference`]).
//! - [`audit`] the auditor, against the raw rate of batch verification over the same signatures.
//! - [`rebuild`] the read models anew from the log.
//! - [`reading`] reports and candidates, against a plain count of the events; on a ledger that exists.
//! - [`memory`] what a server holds, idle and after many events over HTTP.
//! - [`paper`] a paper set and sealed, and issued over HTTP.
//! - [`checkpoint`] from an event to the checkpoint that covers it, with three witnesses.
//! - [`access`] an entry read with its line in the log of accesses, against the same without.
//! - [`story`] the demo from a cold start to its end.
//!
//! [`bed`] is the ledger on which they run: founded for the purpose, with one office for each client. The acts are those
//! of [`crate::national`]: realistic in kind, size and mix, signed before the clock starts, because signing is the
//! client's machine and not the server's.

pub mod access;
pub mod append;
pub mod audit;
pub mod bed;
pub mod checkpoint;
pub mod client;
pub mod figures;
pub mod memory;
pub mod paper;
pub mod reading;
pub mod rebuild;
pub mod reference;
pub mod story;

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::bed::Bed;
    use super::{access, append, audit, checkpoint, rebuild};

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn each_benchmark_of_the_ledger_runs_on_a_small_one() {
        let mut bed = Bed::make(None, 2).await.unwrap();
        let appended = append::run(&mut bed, Duration::from_millis(20), 1).await.unwrap();
        assert!(appended.json["ratio"].as_f64().unwrap() > 0.0);
        let size = bed.registry.ledger().head().size;
        bed.grow(size + 10).await.unwrap();
        assert!(bed.registry.ledger().head().size >= size + 10);
        let covered = checkpoint::run(&mut bed, Duration::from_millis(20), 1)
            .await
            .unwrap();
        assert!(covered.json["hurried"]["p99_ms"].as_f64().unwrap() > 0.0);
        let read = access::run(&mut bed, Duration::from_millis(20), 1).await.unwrap();
        assert!(read.json["lines"].as_u64().unwrap() > 0);
        let audited = audit::run(&bed, 1).await.unwrap();
        assert!(audited.json["events"].as_u64().unwrap() >= size + 10);
        let rebuilt = rebuild::run(&bed, 1).await.unwrap();
        assert_eq!(rebuilt.json["events"], audited.json["events"]);
        bed.registry.ledger().close().await.unwrap();
    }
}
