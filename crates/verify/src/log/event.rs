//! One event by its proof: that these very bytes are in the log.

use civil::cose::{SignedEvent, event_hash, event_twin, leaf_entry};
use civil::envelope::Envelope;
use tlog::{Policy, TlogProof, leaf_hash};

use super::Told;
use super::checkpoint::{cosigned, signed_by};

/// Judges a signed event by its `.tlog-proof`: it is of the format, and a leaf of the tree that the log signed. Its body, where one is
/// shown, is the one that it commits to.
///
/// Whose key signed the event, and whether it might, only the whole log says: that is told too.
pub fn event(signed: &[u8], sealed: Option<&[u8]>, proof: &[u8], policy: &Policy) -> Told {
    let hash = event_hash(signed);
    let mut told = Told::new().member("event_hash", hash.to_string());
    let envelope = SignedEvent::parse(signed).and_then(|parts| Envelope::decode(parts.envelope));
    told = match &envelope {
        Ok(envelope) => told
            .line(
                Some(true),
                format!(
                    "Sự kiện đúng định dạng: {}, chuỗi {}.",
                    envelope.kind.vietnamese(),
                    envelope.stream
                ),
                format!(
                    "A signed event: {}, stream {}.",
                    envelope.kind.name(),
                    envelope.stream
                ),
            )
            .member("event", envelope.event.to_string())
            .member("kind", envelope.kind.name())
            .member("stream", envelope.stream.to_string())
            .member("seq", envelope.seq),
        Err(error) => told.line(
            Some(false),
            format!("Không phải sự kiện đã ký: {error}."),
            format!("Not a signed event: {error}."),
        ),
    };
    told = match (&envelope, sealed) {
        (Ok(envelope), Some(sealed)) if envelope.commitment.opens(sealed) => told.line(
            Some(true),
            "Nội dung khớp cam kết băm.",
            "The body is the one that it commits to.",
        ),
        (_, Some(_)) => told.line(
            Some(false),
            "Nội dung không khớp cam kết băm.",
            "The body is not the one that it commits to.",
        ),
        (_, None) => told.line(
            None,
            "Không có nội dung để kiểm tra.",
            "No body was shown, and none checked.",
        ),
    };
    let leaf = leaf_hash(&leaf_entry(&hash, &event_twin(signed)));
    let read = TlogProof::parse(proof);
    let proved = read.as_ref().map_err(Clone::clone);
    let proved = proved.and_then(|proof| {
        let signed = proof.verify(leaf, policy.logs(), policy.witness_keys())?;
        Ok((proof.index(), signed))
    });
    told = match proved {
        Err(error) => told.line(
            Some(false),
            format!("Không chứng minh được sự kiện nằm trong sổ cái: {error}."),
            format!("It is not proved to be in the log: {error}."),
        ),
        Ok((index, signed)) => {
            let told = told
                .line(
                    Some(true),
                    format!("Sự kiện nằm trong sổ cái, vị trí {index}."),
                    format!("It is in the log, at position {index}."),
                )
                .member("position", index);
            cosigned(signed_by(told, &signed), &signed, policy)
        }
    };
    told.line(
        None,
        "Không kiểm tra thẩm quyền của khóa ký: cần toàn bộ sổ cái (hotich-verify export).",
        "Whether its key might sign was not checked: that needs the whole log (hotich-verify export).",
    )
}
