//! The read models, recomputed from the log in a temporary file and compared with what is live. Read-only.

use futures_util::{Stream, StreamExt, stream};
use ledger::{Archive, Digests, Fault, Projector, Stored, TableDigest, recompute};
use projections::Projections;
use serde_json::{Value as Json, json};
use verify::{Record, Source};

use crate::outcome::{Error, Result};
use crate::progress;

/// Live read models beside recomputed ones.
#[derive(Debug, Clone)]
pub struct ReadModels {
    live: Digests,
    recomputed: Digests,
}

impl ReadModels {
    /// Whether every table is the same.
    pub fn are_equal(&self) -> bool {
        self.live == self.recomputed
    }

    /// For people.
    pub fn text(&self) -> String {
        let differing = self.live.differing(&self.recomputed);
        let mark = if self.are_equal() { "✓" } else { "✗" };
        let mut text = format!(
            "{mark} read models recomputed from the log: {} tables",
            self.recomputed.tables.len()
        );
        if !differing.is_empty() {
            text.push_str(&format!(", wrong: {}", differing.join(", ")));
        } else if !self.are_equal() {
            text.push_str(&format!(
                ", live at {} events, log has {}",
                self.live.size, self.recomputed.size
            ));
        }
        text.push_str(&format!("\n  digest {}\n", hex::encode(self.recomputed.total)));
        text
    }

    /// For programs.
    pub fn json(&self) -> Json {
        json!({
            "equal": self.are_equal(),
            "differing": self.live.differing(&self.recomputed),
            "live": digests_json(&self.live),
            "recomputed": digests_json(&self.recomputed),
        })
    }
}

/// Digests for programs.
pub fn digests_json(digests: &Digests) -> Json {
    let tables = digests.tables.iter().map(
        |table| json!({ "table": table.table, "rows": table.rows, "digest": hex::encode(table.digest) }),
    );
    json!({
        "size": digests.size,
        "total": hex::encode(digests.total),
        "tables": tables.collect::<Vec<_>>(),
    })
}

/// Recomputes the read models of a store and compares them with its live ones.
pub async fn compare(archive: &Archive) -> Result<ReadModels> {
    let live = archive.digests(Projections.schema()).await?;
    let recomputed = replay(archive.scan(0, live.size), live.size, live.followed).await?;
    Ok(ReadModels { live, recomputed })
}

/// The digests that the log of an export leads to.
pub async fn of_export(source: impl Source + 'static, size: u64) -> Result<Digests> {
    let records = stream::unfold(Box::new(source) as Box<dyn Source>, |mut source| async move {
        let next = tokio::task::block_in_place(|| source.next());
        let page = match next {
            Ok(Some(records)) => records.into_iter().map(stored).collect(),
            Ok(None) => return None,
            Err(error) => Err(Fault::damaged("reading the export", error)),
        };
        Some((page, source))
    });
    replay(Box::pin(records), size, size).await
}

async fn replay(
    events: impl Stream<Item = std::result::Result<Vec<Stored>, Fault>> + Send + Unpin + 'static,
    size: u64,
    followed: u64,
) -> Result<Digests> {
    let folder = tempfile::tempdir()?;
    let bar = progress::bar(size, "read models");
    let counter = bar.clone();
    let counted = events.inspect(move |page| counter.inc(page.as_ref().map_or(0, |page| page.len() as u64)));
    let digests = recompute(counted, Projections, folder.path(), followed).await;
    bar.finish_and_clear();
    Ok(digests?)
}

/// A record of an export as the projections want it. The columns beside the signed bytes are computed, not believed.
fn stored(record: Record) -> std::result::Result<Stored, Fault> {
    let doing = || format!("reading event {}", record.position);
    let parts =
        civil::cose::SignedEvent::parse(&record.signed).map_err(|error| Fault::damaged(doing(), error))?;
    let envelope =
        civil::envelope::Envelope::decode(parts.envelope).map_err(|error| Fault::damaged(doing(), error))?;
    Ok(Stored {
        position: record.position,
        event_id: *envelope.event.as_bytes(),
        stream: envelope.stream.number(),
        seq: envelope.seq,
        kind: envelope.kind.code(),
        recorded_at_ms: record.recorded_at_ms,
        hash: civil::cose::event_hash(&record.signed).0,
        twin: civil::cose::event_twin(&record.signed),
        signed: record.signed,
        // Whether what is not there was erased or is missing is for the audit to say.
        erased_by: record.sealed.is_none().then_some(record.position),
        sealed_body: record.sealed,
    })
}

/// Digests that an export states beside those that its log leads to.
pub fn against_stated(stated: &Json, recomputed: Digests) -> Result<ReadModels> {
    let malformed = || Error::using("the export's digests of the read models are malformed");
    let digest = |json: &Json| -> Option<[u8; 32]> { hex::decode(json.as_str()?).ok()?.try_into().ok() };
    let table = |json: &Json| {
        Some(TableDigest {
            table: json["table"].as_str()?.to_owned(),
            rows: json["rows"].as_u64()?,
            digest: digest(&json["digest"])?,
        })
    };
    let tables: Option<Vec<_>> = stated["tables"]
        .as_array()
        .map(|tables| tables.iter().map(table).collect())
        .unwrap_or_default();
    let size = stated["size"].as_u64().ok_or_else(malformed)?;
    let live = Digests {
        size,
        followed: size,
        tables: tables.ok_or_else(malformed)?,
        total: digest(&stated["total"]).ok_or_else(malformed)?,
    };
    Ok(ReadModels { live, recomputed })
}
