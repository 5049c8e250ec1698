//! The probe: does the disk take writes again?

use std::sync::Arc;

use tokio::sync::Mutex;

use crate::append_error::ReadOnlyReason;
use crate::engine::Slot;
use crate::fault::{Fault, FaultKind};
use crate::faults::{Faults, Point};
use crate::statement::{Engine, Param, Statement};
use crate::tx::Tx;

const FILL: Statement = Statement::both(
    "probe",
    "insert into probe (id, filler) values (0, $1) on conflict (id) do update set filler = excluded.filler",
);
const CHECKPOINT: Statement = Statement::both("probe", "pragma wal_checkpoint(truncate)");

/// A commit of this size needs new room on the disk; one of a few bytes might find some in a page that is there.
const FILLER_BYTES: usize = 256 << 10;

/// Writes and takes back a filler, if the reason asks for a proof that writing works. Always on a new connection.
pub(crate) async fn write(
    slot: &Arc<Mutex<Slot>>,
    reason: ReadOnlyReason,
    faults: &Faults,
) -> Result<(), Fault> {
    match reason {
        ReadOnlyReason::Unreachable | ReadOnlyReason::Damaged | ReadOnlyReason::Closed => return Ok(()),
        ReadOnlyReason::DiskFull | ReadOnlyReason::WriteFailed | ReadOnlyReason::Refused => {}
    }
    faults.pass(Point::Probe)?;
    slot.lock().await.discard();
    if reason == ReadOnlyReason::WriteFailed {
        settle_log(slot).await?;
    }
    for filler in [vec![0x5a; FILLER_BYTES], Vec::new()] {
        let mut tx = Tx::begin(slot.lock().await, 0).await?;
        tx.execute(&FILL, &[filler.into()]).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// After a failed fsync the operating system may show pages of SQLite's write-ahead log that never reached the disk, and a later
/// fsync would not say so. Copying the log into the file writes them anew, and is synced anew: what is read after it is on the disk.
async fn settle_log(slot: &Arc<Mutex<Slot>>) -> Result<(), Fault> {
    let mut slot = slot.lock().await;
    let mut conn = slot.connection().await?;
    if conn.engine() == Engine::Postgres {
        // PostgreSQL does this itself: it stops when a sync of its log fails, and recovers from what is on the disk.
        return Ok(());
    }
    let none: &[Param<'_>] = &[];
    let rows = conn.rows(&CHECKPOINT, 0, none).await?;
    if rows.first().map(|row| row.int("busy")).transpose()? == Some(0) {
        Ok(())
    } else {
        Err(Fault::new(
            FaultKind::Contention,
            "copying the write-ahead log into the file",
            "a reader holds it",
        ))
    }
}
