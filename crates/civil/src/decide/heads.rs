//! The list of stream heads: what it says must be so.

use super::{Findings, RefusalCode, Situation};
use crate::act::StreamHeads;
use crate::heads::Heads;

/// The streams had come just so far at that size, and the day is no later than today.
pub(super) fn decide(situation: &Situation<'_>, act: &StreamHeads, findings: &mut Findings) {
    if situation.today < act.day {
        findings.refuse(RefusalCode::RegisteredInFuture, "/day");
    }
    let said = Heads {
        streams: act.streams,
        root: act.root.0,
    };
    if situation.heads.is_some_and(|here| here != said) {
        findings.refuse(RefusalCode::HeadsDiffer, "/root");
    }
    if act.access_size.is_some() != act.access_head.is_some() {
        findings.refuse(RefusalCode::HeadsDiffer, "/access_head");
    }
}
