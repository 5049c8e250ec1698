//! A checkpoint, judged by a policy; and what a policy asks.

use serde_json::json;
use tlog::{Checkpoint, Policy, SignedCheckpoint};

use super::Told;

/// Judges a checkpoint: the log's signature, every known signature, and whether enough witnesses have cosigned.
pub fn checkpoint(note: &[u8], policy: &Policy) -> Told {
    match Checkpoint::open(note, policy.logs(), policy.witness_keys()) {
        Ok(signed) => cosigned(signed_by(Told::new(), &signed), &signed, policy),
        Err(error) => Told::new().line(
            Some(false),
            format!("Mốc kiểm tra không đáng tin: {error}."),
            format!("The checkpoint is not to be believed: {error}."),
        ),
    }
}

/// Of which tree it is.
pub(super) fn signed_by(told: Told, signed: &SignedCheckpoint<'_>) -> Told {
    let tree = signed.checkpoint();
    let (origin, size, root) = (tree.origin(), tree.size(), tree.root());
    told.line(
        Some(true),
        format!("Sổ cái {origin} đã ký: {size} sự kiện, gốc {root}."),
        format!("Signed by the log {origin}: {size} events, root {root}."),
    )
    .member("origin", origin)
    .member("size", size)
    .member("root", root.to_string())
}

/// Who has cosigned, and whether that is enough.
pub(super) fn cosigned(told: Told, signed: &SignedCheckpoint<'_>, policy: &Policy) -> Told {
    let by = signed.cosignatures();
    let witnesses: Vec<_> = by
        .iter()
        .map(|by| json!({ "witness": by.key.name().as_str(), "time": by.time }))
        .collect();
    let names: Vec<&str> = by.iter().map(|by| by.key.name().as_str()).collect();
    let names = if names.is_empty() {
        "–".to_owned()
    } else {
        names.join(", ")
    };
    let count = by.len();
    let told = told.member("cosigned", witnesses);
    if policy.witnesses().is_empty() {
        return told.line(
            None,
            "Không kiểm tra bên chứng kiến: chính sách không yêu cầu.",
            "Witnesses were not checked: the policy names none.",
        );
    }
    match policy.is_met(by) {
        true => told.line(
            Some(true),
            format!("Đủ bên chứng kiến theo chính sách: {count} ({names})."),
            format!("Enough witnesses of the policy have cosigned: {count} ({names})."),
        ),
        false => told.line(
            Some(false),
            format!("Chưa đủ bên chứng kiến theo chính sách: {count} ({names})."),
            format!("Too few witnesses of the policy have cosigned: {count} ({names})."),
        ),
    }
}

/// Judges a policy file, and says what it asks.
pub fn policy(file: &[u8]) -> Told {
    let policy = match Policy::parse(file) {
        Ok(policy) => policy,
        Err(error) => {
            return Told::new().line(
                Some(false),
                format!("Không phải tệp chính sách: {error}."),
                format!("Not a policy: {error}."),
            );
        }
    };
    let logs: Vec<String> = policy.logs().iter().map(ToString::to_string).collect();
    let witnesses = policy.witnesses().iter();
    let witnesses: Vec<_> = witnesses
        .map(|witness| json!({ "name": String::from_utf8_lossy(witness.name()), "key": witness.key().to_string(), "url": witness.url() }))
        .collect();
    let needed = indispensable(&policy);
    let told = Told::new()
        .line(Some(true), "Chính sách hợp lệ.", "A valid policy.")
        .member("logs", logs)
        .member("witnesses", witnesses)
        .member("needs_witnesses", !policy.is_met(&[]))
        .member("indispensable", needed.clone());
    let told = policy.logs().iter().fold(told, |told, log| {
        told.line(
            None,
            format!("sổ cái {}", log.name()),
            format!("log {}", log.name()),
        )
    });
    let told = policy.witnesses().iter().fold(told, |told, witness| {
        let (name, url) = (witness.key().name(), witness.url().unwrap_or("–"));
        told.line(
            None,
            format!("bên chứng kiến {name}, {url}"),
            format!("witness {name}, {url}"),
        )
    });
    match (policy.is_met(&[]), needed.is_empty()) {
        // A quorum that nobody need join holds without any cosignature.
        (true, _) => told.line(
            None,
            "Chính sách không đòi hỏi bên chứng kiến nào.",
            "It asks for no witness: the log's own word is enough.",
        ),
        (false, true) => told.line(
            Some(true),
            "Thiếu bất kỳ một bên chứng kiến nào, sổ cái vẫn công bố được.",
            "Whichever one witness is gone, the log can publish.",
        ),
        (false, false) => told.line(
            None,
            format!("Không có {} thì sổ cái không công bố được.", needed.join(", ")),
            format!("Without {} the log publishes nothing.", needed.join(", ")),
        ),
    }
}

/// The witnesses each of whom can alone keep the quorum from being met.
fn indispensable(policy: &Policy) -> Vec<String> {
    let witnesses = policy.witness_keys().iter();
    witnesses
        .filter(|gone| !policy.is_met_by(|key| key != *gone))
        .map(|gone| gone.name().to_string())
        .collect()
}
