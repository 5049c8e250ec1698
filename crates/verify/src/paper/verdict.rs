//! What a check answers: for programs as JSON, for people in words.

use civil::event::{day_in_vietnam, time_in_vietnam};
use civil::seal::PaperClaim;
use civil::value::Date;
use serde_json::{Value as Json, json};

use super::finding::Why;
use crate::Language;

/// How it stands with a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Genuine, and the status list knows of nothing later.
    Current,
    /// Genuine; nobody was asked what became of it.
    Genuine,
    /// Genuine, but a later act changed what the book says.
    Superseded(Date),
    /// Genuine, but revoked.
    Revoked(Date),
    /// Not genuine, and why.
    NotGenuine(Why),
}

/// What was looked at, beside seal and code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Looked {
    /// The second that an authority stamped, where one is believed.
    pub stamped_at: Option<u64>,
    /// The size of the tree in which the event is proved to be.
    pub in_tree_of: Option<u64>,
    /// Whether the issuing event was compared.
    pub event: bool,
    /// When the status list was made.
    pub status_of: Option<u64>,
    /// The status list is older than the paper and knows nothing of it.
    pub status_too_old: bool,
}

/// What a check answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// How it stands.
    pub standing: Standing,
    /// What the paper says by its code: only where seal and code are right.
    pub claim: Option<PaperClaim>,
    /// The notes on the paper; none where the code had no room for them and there is no file.
    pub notes: Option<Vec<String>>,
    /// Whose seal it is.
    pub sealed_by: String,
    /// What was looked at.
    pub looked: Looked,
}

impl Verdict {
    pub(super) fn not_genuine(why: Why) -> Self {
        Self {
            standing: Standing::NotGenuine(why),
            claim: None,
            notes: None,
            sealed_by: String::new(),
            looked: Looked::default(),
        }
    }

    /// Whether the paper can be relied on as far as was looked: genuine, and nobody says that it is superseded or revoked.
    pub const fn is_good(&self) -> bool {
        matches!(self.standing, Standing::Current | Standing::Genuine)
    }

    /// In words: the verdict in one line, and below it what the paper must say.
    pub fn to_text(&self, language: Language) -> String {
        let vietnamese = language == Language::Vietnamese;
        let mut lines = vec![self.headline(vietnamese)];
        if let Some(claim) = &self.claim {
            lines.extend(self.details(claim, vietnamese));
            let word = if vietnamese {
                "Giấy tờ phải ghi:"
            } else {
                "The paper must say:"
            };
            lines.push(word.to_owned());
            lines.extend(
                says(claim)
                    .into_iter()
                    .map(|(label, value)| format!("  {label}: {value}")),
            );
            match (&self.notes, vietnamese) {
                (Some(notes), _) => lines.extend(notes.iter().map(|note| format!("  Ghi chú: {note}"))),
                (None, true) => lines.push("  Ghi chú: có, nhưng mã QR không đủ chỗ để chứa".to_owned()),
                (None, false) => {
                    lines.push("  Notes: there are, but the code had no room for them".to_owned())
                }
            }
        }
        lines.join("\n") + "\n"
    }

    fn headline(&self, vietnamese: bool) -> String {
        match (self.standing, vietnamese) {
            (Standing::Current, true) => format!("Thật và còn nguyên giá trị tính đến {}", self.asked(true)),
            (Standing::Current, false) => format!("Genuine and current as of {}", self.asked(false)),
            (Standing::Genuine, true) if self.looked.status_too_old => {
                "Thật; danh sách tình trạng cũ hơn giấy tờ này nên không cho biết nó còn giá trị hay không".to_owned()
            }
            (Standing::Genuine, false) if self.looked.status_too_old => {
                "Genuine; the status list is older than this paper and does not say whether it is still current".to_owned()
            }
            (Standing::Genuine, true) => "Thật; chưa hỏi việc nội dung có thay đổi về sau hay không (--status)".to_owned(),
            (Standing::Genuine, false) => "Genuine; whether a later act changed it was not asked (--status)".to_owned(),
            (Standing::Superseded(day), true) => {
                format!("Thật, nhưng nội dung đã thay đổi bởi việc hộ tịch ngày {}", day.vietnamese())
            }
            (Standing::Superseded(day), false) => format!("Genuine, superseded by a later act on {day}"),
            (Standing::Revoked(day), true) => format!("Đã bị thu hồi, hủy bỏ ngày {}", day.vietnamese()),
            (Standing::Revoked(day), false) => format!("Revoked on {day}"),
            (Standing::NotGenuine(why), true) => format!("KHÔNG THẬT: {}", why.vietnamese()),
            (Standing::NotGenuine(why), false) => format!("NOT GENUINE: {}", why.english()),
        }
    }

    fn asked(&self, vietnamese: bool) -> String {
        self.looked
            .status_of
            .map_or_else(String::new, |at| instant(at, vietnamese))
    }

    fn details(&self, claim: &PaperClaim, vietnamese: bool) -> Vec<String> {
        let signed = instant(claim.signed_at, vietnamese);
        let mut lines = vec![match vietnamese {
            true => format!("Con dấu: {}; ký {signed}", self.sealed_by),
            false => format!("Seal: {}; signed {signed}", self.sealed_by),
        }];
        if let Some(at) = self.looked.stamped_at {
            let word = if vietnamese {
                "Dấu thời gian"
            } else {
                "Time stamp"
            };
            lines.push(format!("{word}: {}", instant(at, vietnamese)));
        }
        if let Some(size) = self.looked.in_tree_of {
            lines.push(match vietnamese {
                true => format!("Có trong sổ: vị trí {} trên {size}", claim.position),
                false => format!("In the log: position {} of {size}", claim.position),
            });
        }
        if self.looked.event {
            lines.push(match vietnamese {
                true => "Trùng với sự kiện cấp giấy tờ".to_owned(),
                false => "The same as the issuing event".to_owned(),
            });
        }
        lines
    }

    /// For programs: `hotich-paper-check/1`.
    pub fn to_json(&self) -> Json {
        let (name, on, why) = match self.standing {
            Standing::Current => ("current", None, None),
            Standing::Genuine => ("genuine", None, None),
            Standing::Superseded(day) => ("superseded", Some(day), None),
            Standing::Revoked(day) => ("revoked", Some(day), None),
            Standing::NotGenuine(why) => ("not_genuine", None, Some(why)),
        };
        json!({
            "format": "hotich-paper-check/1",
            "verdict": name,
            "good": self.is_good(),
            "on": on.map(|day| day.to_string()),
            "why": why,
            "sealed_by": self.sealed_by,
            "stamped_at": self.looked.stamped_at,
            "in_tree_of": self.looked.in_tree_of,
            "event_compared": self.looked.event,
            "status_of": self.looked.status_of,
            "paper": self.claim.as_ref().map(|claim| paper(claim, self.notes.as_deref())),
        })
    }
}

fn paper(claim: &PaperClaim, notes: Option<&[String]>) -> Json {
    let fields = claim
        .fields
        .iter()
        .map(|(id, value)| json!([id.number(), id.label(claim.paper), value]));
    json!({
        "origin": claim.origin,
        "event": claim.event.to_string(),
        "position": claim.position,
        "leaf_hash": hex::encode(claim.leaf_hash),
        "content_hash": hex::encode(claim.content_hash),
        "signed_at": claim.signed_at,
        "office": claim.office.0,
        "paper": claim.paper.word(),
        "form": claim.form.word(),
        "number": claim.number,
        "issued_on": claim.issued_on.to_string(),
        "fields": fields.collect::<Vec<_>>(),
        "notes": notes.unwrap_or_default(),
        "notes_left_out": notes.is_none(),
    })
}

/// What stands on the paper, in the order of its fields.
fn says(claim: &PaperClaim) -> Vec<(String, String)> {
    let mut says = vec![
        ("Số".to_owned(), claim.number.clone()),
        ("Ngày cấp".to_owned(), claim.issued_on.vietnamese()),
    ];
    says.retain(|(_, value)| !value.is_empty());
    let fields = claim.fields.iter().map(|(id, value)| {
        (
            id.label(claim.paper).unwrap_or_else(|| id.number().to_string()),
            value.clone(),
        )
    });
    says.extend(fields);
    says
}

fn instant(seconds: u64, vietnamese: bool) -> String {
    let (Some(day), Some(time)) = (day_in_vietnam(seconds), time_in_vietnam(seconds)) else {
        return seconds.to_string();
    };
    match vietnamese {
        true => format!("{time} ngày {}", day.vietnamese()),
        false => format!("{day} {time} (UTC+7)"),
    }
}
