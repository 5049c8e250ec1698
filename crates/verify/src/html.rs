//! The report as a page to print and to sign: Vietnamese and English side by side, what was checked and what was not.

use std::fmt::Write as _;

use crate::finding::Check;
use crate::report::{Checked, Language, Report};

const STYLE: &str = "body{font:11pt/1.45 'Noto Serif',serif;max-width:60rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.4em}table{border-collapse:collapse;width:100%;margin:1em 0}td,th{border:1px solid #888;padding:.25em .5em;text-align:left;vertical-align:top}\
pre{white-space:pre-wrap;font:inherit}.well{color:#06622d}.wrong{color:#a00000;font-weight:bold}.open{color:#555}@media print{body{margin:0}}";

/// What an audit never looks at, whatever it was asked.
const NEVER: [(&str, &str); 4] = [
    (
        "Sổ cái có cho mọi người thấy cùng một mốc kiểm tra không (việc của bên chứng kiến; xem hotich-verify diff).",
        "Whether the log shows everybody the same checkpoint (that is what witnesses are for; see hotich-verify diff).",
    ),
    (
        "Điều công chức đã ký có đúng sự thật không.",
        "Whether what an officer signed is true.",
    ),
    (
        "Việc chưa được gửi vào sổ cái: cơ quan có biên nhận thì đối chiếu biên nhận.",
        "Acts that never reached the log: an office holds its receipts against it.",
    ),
    (
        "Sổ giấy có đúng với sổ cái không.",
        "Whether the paper books say what the log says.",
    ),
];

impl Report {
    /// The report as HTML: one file that needs nothing else. Positions and counts, never content.
    pub fn to_html(&self) -> String {
        let mut out = String::new();
        // Writing to a String does not fail.
        let _ = self.page(&mut out);
        out
    }

    fn page(&self, out: &mut String) -> std::fmt::Result {
        let origin = escaped(self.origin.as_deref().unwrap_or("?"));
        write!(
            out,
            "<!doctype html><html lang=\"vi\"><meta charset=\"utf-8\"><title>Kiểm toán · Audit {origin}</title><style>{STYLE}</style>"
        )?;
        write!(
            out,
            "<h1>Báo cáo kiểm toán sổ cái hộ tịch<br>Audit of the civil-status ledger</h1>"
        )?;
        let verdict = match (self.interrupted, self.green) {
            (true, _) => ("wrong", "Bị dừng giữa chừng", "Broken off"),
            (_, true) => ("well", "Không phát hiện sai lệch", "Nothing is wrong"),
            (_, false) => ("wrong", "Có sai lệch", "Something is wrong"),
        };
        write!(
            out,
            "<p class=\"{}\">{} · {}</p>",
            verdict.0, verdict.1, verdict.2
        )?;
        self.subject(out, &origin)?;
        self.checks(out)?;
        self.findings(out)?;
        self.about_the_office(out)?;
        self.lawfully_erased(out)?;
        write!(out, "<h2>Không kiểm tra · Not checked</h2><table>")?;
        for (vi, en) in self.left_out().chain(NEVER) {
            write!(out, "<tr><td>{vi}<td lang=\"en\">{en}")?;
        }
        writeln!(out, "</table></html>")
    }

    fn subject(&self, out: &mut String, origin: &str) -> std::fmt::Result {
        let against = match &self.checkpoint {
            Some(head) => format!("{} {}", head.size, escaped(&head.root)),
            None => "–".to_owned(),
        };
        let totals = &self.totals;
        write!(out, "<table>")?;
        for (vi, en, value) in [
            ("Sổ cái", "Log", origin.to_owned()),
            (
                "Cây băm",
                "Tree",
                format!("{} {}", self.tree.size, escaped(&self.tree.root)),
            ),
            ("Mốc kiểm tra", "Checkpoint", against),
            ("Sự kiện", "Events", totals.events.to_string()),
            ("Chuỗi", "Streams", totals.streams.to_string()),
            ("Mục đăng ký", "Register entries", totals.entries.to_string()),
            ("Sai lệch", "Findings", self.findings_total.to_string()),
        ] {
            write!(out, "<tr><th>{vi}<th lang=\"en\">{en}<td>{value}")?;
        }
        write!(out, "</table>")
    }

    fn checks(&self, out: &mut String) -> std::fmt::Result {
        write!(
            out,
            "<h2>Đã kiểm tra · Checked</h2><table><tr><th>Nội dung<th lang=\"en\">What<th>Số lượng · Count<th>Sai · Wrong<th>Không kiểm được · Could not be"
        )?;
        let told = |checked: &&Checked| checked.checked > 0 || checked.findings > 0;
        for checked in self.checks.iter().filter(told) {
            let class = if checked.findings > 0 { "wrong" } else { "well" };
            write!(
                out,
                "<tr class=\"{class}\"><td>{}<td lang=\"en\">{}<td>{}<td>{}<td>{}",
                checked.check.vietnamese(),
                checked.check.english(),
                checked.checked,
                checked.findings,
                checked.not_checked
            )?;
        }
        write!(out, "</table>")
    }

    fn findings(&self, out: &mut String) -> std::fmt::Result {
        if self.findings.is_empty() {
            return Ok(());
        }
        write!(
            out,
            "<h2>Sai lệch · Findings</h2><table><tr><th>Vị trí · Position<th>Nội dung<th lang=\"en\">What<th>"
        )?;
        for finding in &self.findings {
            let place = finding
                .position
                .map_or_else(|| "–".to_owned(), |position| position.to_string());
            write!(
                out,
                "<tr class=\"wrong\"><td>{place}<td>{}<td lang=\"en\">{}<td>{} {}",
                finding.kind.vietnamese(),
                finding.kind.english(),
                finding.kind.name(),
                escaped(&finding.detail)
            )?;
        }
        write!(out, "</table>")?;
        match self.findings_total.saturating_sub(self.findings.len() as u64) {
            0 => Ok(()),
            more => write!(out, "<p>+ {more}</p>"),
        }
    }

    fn about_the_office(&self, out: &mut String) -> std::fmt::Result {
        let Some(office) = &self.office else { return Ok(()) };
        write!(out, "<h2>Cơ quan · Office {:05}</h2><table><tr>", office.office)?;
        for language in [Language::Vietnamese, Language::English] {
            let mut text = String::new();
            office.write(&mut text, language)?;
            write!(out, "<td><pre>{}</pre>", escaped(text.trim()))?;
        }
        write!(out, "</table>")
    }

    fn lawfully_erased(&self, out: &mut String) -> std::fmt::Result {
        if self.erased.is_empty() {
            return Ok(());
        }
        write!(
            out,
            "<h2>Nội dung đã xóa theo pháp luật · Bodies lawfully erased</h2><table><tr><th>Bởi sự kiện · By event<th>Vị trí · Positions"
        )?;
        for erased in &self.erased {
            let positions: Vec<_> = erased.positions.iter().map(u64::to_string).collect();
            write!(out, "<tr><td>{}<td>{}", erased.by, positions.join(", "))?;
        }
        write!(out, "</table>")
    }

    /// What this audit could have looked at and was not asked to, or had not the means for.
    fn left_out(&self) -> impl Iterator<Item = (&'static str, &'static str)> + '_ {
        let checked = |check: Check| self.check(check).is_some_and(|checked| checked.checked > 0);
        let nothing_to_hold_against = self.checkpoint.is_none().then_some((
            "Cây băm không được đối chiếu với mốc kiểm tra nào.",
            "The tree was held against no checkpoint.",
        ));
        let key = (!self.log_key_known).then_some((
            "Khóa của sổ cái có đúng là của sổ cái không: khóa lấy từ chính dữ liệu này, không phải từ nơi tin cậy khác (--log-key).",
            "Whether the log's key is the log's: it was taken from these data and not from somewhere trusted (--log-key).",
        ));
        let records = (!self.records).then_some((
            "Nghiệp vụ: các việc chưa được xét lại theo luật (--records).",
            "The law of the records: no act was decided again (--records).",
        ));
        let office = self.office.is_none().then_some((
            "Tính đầy đủ của từng cơ quan (--office).",
            "Whether all of an office is here (--office).",
        ));
        let columns = (!checked(Check::Columns)).then_some((
            "Các cột lưu kèm trong kho dữ liệu.",
            "Columns that a store keeps beside the events.",
        ));
        [nothing_to_hold_against, key, records, office, columns]
            .into_iter()
            .flatten()
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
