//! What an audit answers: for programs as JSON, for people in Vietnamese or English.

use std::fmt::Write as _;
use std::time::Duration;

use serde::Serialize;

use crate::audit::{Depth, Head, Options, Tally};
use crate::finding::{Check, Finding};
use crate::office::OfficeReport;

/// The language of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Tiếng Việt.
    #[default]
    Vietnamese,
    /// English.
    English,
}

/// What there was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Totals {
    /// Events handed over.
    pub events: u64,
    /// Bytes of signed events.
    pub signed_bytes: u64,
    /// Bytes of sealed bodies.
    pub body_bytes: u64,
    /// Streams.
    pub streams: u64,
    /// Register entries.
    pub entries: u64,
    /// Notices that acts caused; 0 unless the records were audited.
    pub notices_owed: u64,
    /// Of them those that no paper book has answered; 0 unless the records were audited.
    pub notices_open: u64,
}

/// How one check went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// Which.
    pub check: Check,
    /// How many events (for entries and endorsements: of those) were looked at.
    pub checked: u64,
    /// How many should have been and could not, for instance because a body is absent or a key unknown.
    pub not_checked: u64,
    /// How many findings.
    pub findings: u64,
}

/// Bodies that were lawfully erased, by one event that says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Erased {
    /// Position of that event.
    pub by: u64,
    /// Positions of the events that lost their bodies.
    pub positions: Vec<u64>,
}

/// A tree, for people and programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tree {
    /// Leaves.
    pub size: u64,
    /// Root, base64 as in checkpoints.
    pub root: String,
}

impl From<Head> for Tree {
    fn from(head: Head) -> Self {
        Self {
            size: head.size,
            root: head.root.to_string(),
        }
    }
}

/// What an audit found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// `hotich-audit/1`.
    pub format: &'static str,
    /// Whether everything that was asked for was looked at and nothing is wrong.
    pub green: bool,
    /// Whether it was broken off.
    pub interrupted: bool,
    /// The origin that the founding event names.
    pub origin: Option<String>,
    /// What there was.
    pub totals: Totals,
    /// The tree of what was handed over.
    pub tree: Tree,
    /// The checkpoint that it was held against.
    pub checkpoint: Option<Tree>,
    /// Whether the auditor had the key of its signature from elsewhere than the data.
    pub log_key_known: bool,
    /// Whether bodies were decoded and acts decided again.
    pub records: bool,
    /// Whether every signature was judged by itself.
    pub strict: bool,
    /// What was lawfully erased, in the order of the log.
    pub erased: Vec<Erased>,
    /// Of the office that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub office: Option<OfficeReport>,
    /// Check by check.
    pub checks: Vec<Checked>,
    /// How many findings there are.
    pub findings_total: u64,
    /// The first of them, by position.
    pub findings: Vec<Finding>,
    /// How long it took, milliseconds.
    pub elapsed_ms: u64,
    /// Events a second.
    pub events_per_second: u64,
}

impl Report {
    #[expect(
        clippy::too_many_arguments,
        reason = "called from one place, which has them all apart"
    )]
    pub(crate) fn new(
        totals: Totals,
        office: Option<OfficeReport>,
        origin: Option<String>,
        checkpoint: Option<Head>,
        tree: Head,
        options: &Options,
        tally: Tally,
        interrupted: bool,
        elapsed: Duration,
    ) -> Self {
        let findings_total = tally.total();
        let checks = Check::ALL.iter().map(|check| {
            let (checked, findings, not_checked) = tally.of(*check);
            Checked {
                check: *check,
                checked,
                not_checked,
                findings,
            }
        });
        let green = findings_total == 0 && !interrupted;
        let office = office.map(|office| OfficeReport {
            complete: green && checkpoint.is_some(),
            ..office
        });
        let seconds = elapsed.as_secs_f64().max(1e-9);
        Self {
            format: "hotich-audit/1",
            green,
            interrupted,
            origin,
            totals,
            tree: tree.into(),
            checkpoint: checkpoint.map(Tree::from),
            log_key_known: options.log_key_known,
            records: options.depth == Depth::Records,
            strict: options.strict,
            erased: Vec::new(),
            office,
            checks: checks.collect(),
            findings_total,
            findings: tally.into_findings(),
            elapsed_ms: u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX),
            events_per_second: (totals.events as f64 / seconds) as u64,
        }
    }

    /// How one check went.
    pub fn check(&self, check: Check) -> Option<&Checked> {
        self.checks.iter().find(|checked| checked.check == check)
    }

    /// The report as JSON.
    pub fn to_json(&self) -> String {
        // Numbers, texts and lists of them: nothing that JSON cannot say.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// The report for people.
    pub fn to_text(&self, language: Language) -> String {
        let mut text = String::new();
        // Writing to a String does not fail.
        let _ = self.write(&mut text, language);
        text
    }

    fn write(&self, out: &mut String, language: Language) -> std::fmt::Result {
        let say = |vi: &'static str, en: &'static str| match language {
            Language::Vietnamese => vi,
            Language::English => en,
        };
        let verdict = match (self.interrupted, self.green) {
            (true, _) => say("Kiểm toán bị dừng giữa chừng.", "The audit was broken off."),
            (_, true) => say("Kiểm toán: không phát hiện sai lệch.", "Audit: nothing is wrong."),
            (_, false) => say("Kiểm toán: có sai lệch!", "Audit: something is wrong!"),
        };
        writeln!(out, "{verdict}")?;
        if let Some(origin) = &self.origin {
            writeln!(out, "{}: {origin}", say("Sổ cái", "Log"))?;
        }
        writeln!(
            out,
            "{}: {} {}",
            say("Cây", "Tree"),
            self.tree.size,
            self.tree.root
        )?;
        match &self.checkpoint {
            Some(head) => writeln!(
                out,
                "{}: {} {}",
                say("Mốc kiểm tra", "Checkpoint"),
                head.size,
                head.root
            )?,
            None => writeln!(
                out,
                "{}",
                say(
                    "Không có mốc kiểm tra để đối chiếu.",
                    "There was no checkpoint to hold it against."
                )
            )?,
        }
        let totals = &self.totals;
        writeln!(
            out,
            "{}: {} · {}: {} · {}: {}",
            say("Sự kiện", "Events"),
            totals.events,
            say("chuỗi", "streams"),
            totals.streams,
            say("mục đăng ký", "entries"),
            totals.entries,
        )?;
        // That the data could be read is worth a line only when it could not.
        let told = |checked: &&Checked| checked.check != Check::Source || checked.findings > 0;
        for checked in self.checks.iter().filter(told) {
            self.write_check(out, checked, language)?;
        }
        for erased in &self.erased {
            let positions: Vec<_> = erased.positions.iter().map(u64::to_string).collect();
            writeln!(
                out,
                "· {} {}: {} {}",
                say(
                    "Nội dung đã xóa theo pháp luật, bởi sự kiện",
                    "Bodies lawfully erased, by event"
                ),
                erased.by,
                say("vị trí", "positions"),
                positions.join(", "),
            )?;
        }
        for finding in &self.findings {
            let what = say(finding.kind.vietnamese(), finding.kind.english());
            let place = match finding.position {
                Some(position) => format!("{} {position}", say("Vị trí", "Position")),
                None => say("Toàn sổ cái", "The whole log").to_owned(),
            };
            write!(out, "! {place}: {what} [{}]", finding.kind.name())?;
            if finding.detail.is_empty() {
                writeln!(out)?;
            } else {
                writeln!(out, " ({})", finding.detail)?;
            }
        }
        let more = self.findings_total.saturating_sub(self.findings.len() as u64);
        if more > 0 {
            writeln!(
                out,
                "! {} {more}",
                say("Số sai lệch không liệt kê:", "Findings not listed:")
            )?;
        }
        if let Some(office) = &self.office {
            office.write(out, language)?;
        }
        writeln!(
            out,
            "{}: {:.1} s, {} {}",
            say("Thời gian", "Time"),
            self.elapsed_ms as f64 / 1000.0,
            self.events_per_second,
            say("sự kiện/giây", "events/s"),
        )
    }

    fn write_check(&self, out: &mut String, checked: &Checked, language: Language) -> std::fmt::Result {
        let (name, wrong, missing, not_asked) = match language {
            Language::Vietnamese => (
                checked.check.vietnamese(),
                "sai lệch",
                "không kiểm được",
                "không kiểm tra",
            ),
            Language::English => (
                checked.check.english(),
                "wrong",
                "could not be checked",
                "not checked",
            ),
        };
        let mark = if checked.findings > 0 {
            "✗"
        } else if checked.checked == 0 {
            "–"
        } else {
            "✓"
        };
        write!(out, "{mark} {name}: ")?;
        match checked.checked {
            0 if checked.findings == 0 => write!(out, "{not_asked}")?,
            count => write!(out, "{count}")?,
        }
        if checked.findings > 0 {
            write!(out, ", {wrong}: {}", checked.findings)?;
        }
        if checked.not_checked > 0 {
            write!(out, ", {missing}: {}", checked.not_checked)?;
        }
        writeln!(out)
    }
}
