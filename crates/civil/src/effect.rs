//! What an act does to the entries it reaches: what it may change there, what state it leaves them in, and what the note says.
//! One table, by which acts are judged, entries folded and notes written.
//!
//! Death reaches nothing: no text asks for a note of it in the book of births or marriages. That a marriage has ended by death
//! follows in the view of the person ([`crate::person`]).

use crate::act::{Act, Amended};
use crate::kind::Kind;
use crate::note::NotedChange;

/// How an entry ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ended {
    /// The marriage, by divorce.
    Divorced,
    /// The marriage, because it was against the law.
    Annulled,
    /// The guardianship, its supervision, or the adoption.
    Ended,
    /// The death, because the declaration was revoked: the person lives.
    DeclarationRevoked,
}

/// What is true of an entry's person or relation until it is lifted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// The child was adopted.
    Adopted,
    /// A court recognised the marriage.
    Recognised,
    /// Declared missing.
    Missing,
    /// Without capacity for civil acts.
    Incapacitated,
    /// With limited capacity.
    LimitedCapacity,
    /// With difficulty in cognition or control of behaviour.
    ImpairedCognition,
}

/// What an act does to the state of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StateChange {
    /// It ends.
    Ends(Ended),
    /// A mark is set.
    Sets(Mark),
    /// A mark is lifted.
    Lifts(Mark),
    /// Its registration falls (Law 60/2014, Art. 12(2)).
    Revokes,
}

impl StateChange {
    /// Every change, with its name in JSON.
    const ALL: &'static [(Self, &'static str)] = &[
        (Self::Ends(Ended::Divorced), "divorced"),
        (Self::Ends(Ended::Annulled), "annulled"),
        (Self::Ends(Ended::Ended), "ended"),
        (Self::Ends(Ended::DeclarationRevoked), "declaration_revoked"),
        (Self::Sets(Mark::Adopted), "adopted"),
        (Self::Lifts(Mark::Adopted), "adoption_ended"),
        (Self::Sets(Mark::Recognised), "recognised"),
        (Self::Lifts(Mark::Recognised), "recognition_lifted"),
        (Self::Sets(Mark::Missing), "missing"),
        (Self::Lifts(Mark::Missing), "missing_lifted"),
        (Self::Sets(Mark::Incapacitated), "incapacitated"),
        (Self::Lifts(Mark::Incapacitated), "incapacity_lifted"),
        (Self::Sets(Mark::LimitedCapacity), "limited_capacity"),
        (Self::Lifts(Mark::LimitedCapacity), "limited_capacity_lifted"),
        (Self::Sets(Mark::ImpairedCognition), "impaired_cognition"),
        (Self::Lifts(Mark::ImpairedCognition), "impaired_cognition_lifted"),
        (Self::Revokes, "revoked"),
    ];

    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        let found = Self::ALL.iter().find(|(known, _)| *known == self);
        found.map_or("", |(_, name)| name)
    }

    /// The change of that name.
    pub fn named(name: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(_, known)| *known == name);
        found.map(|(change, _)| *change)
    }
}

/// One row: what acts of a kind do to entries of a kind.
#[derive(Debug, Clone, Copy)]
pub struct Effect {
    /// By which act.
    pub act: Kind,
    /// About which matters ([`Act::matter`]); about any when empty.
    pub matters: &'static [u64],
    /// At entries of which kinds; at any when empty.
    pub at: &'static [Kind],
    /// The fields that it may change there: pointers with all below them; `*/name` stands for that field of anybody.
    pub may_change: &'static [&'static str],
    /// What becomes of the entry.
    pub state: Option<StateChange>,
    /// The note, without its tail. `{…}` is filled from the act; `{changes}` is `: … từ “…” thành “…”`, or nothing.
    pub says: &'static str,
    /// The article it rests on.
    pub article: &'static str,
}

/// Every field of an entry that anything may change at all.
const EVERYTHING: &[&str] = &[""];
const PARENTS_AND_NAME: &[&str] = &[
    "/father",
    "/mother",
    "/child/name",
    "/child/ethnicity",
    "/child/home_place",
    "/child/nationality",
];
const ADOPTED: &[&str] = &[
    "/father",
    "/mother",
    "/child/name",
    "/child/ethnicity",
    "/child/birth_place",
];
const NATIONALITY: &[&str] = &["/child/nationality", "/child/other_nationality"];

const BY_JUDGMENT: &str = "{matter} theo {judgment}{changes}";

const fn effect(act: Kind, at: &'static [Kind], says: &'static str, article: &'static str) -> Effect {
    Effect {
        act,
        matters: &[],
        at,
        may_change: &[],
        state: None,
        says,
        article,
    }
}

impl Effect {
    const fn about(self, matters: &'static [u64]) -> Self {
        Self { matters, ..self }
    }

    const fn changing(self, may_change: &'static [&'static str]) -> Self {
        Self { may_change, ..self }
    }

    const fn leaving(self, state: StateChange) -> Self {
        Self {
            state: Some(state),
            ..self
        }
    }
}

/// A judgment of a matter, noted at entries of a kind.
const fn judgment(matters: &'static [u64], at: &'static [Kind], article: &'static str) -> Effect {
    effect(Kind::JudgmentNoted, at, BY_JUDGMENT, article).about(matters)
}

/// Every row. The texts of amendments and of divorces are older than this table and stand in [`crate::note`].
pub const EFFECTS: &[Effect] = &[
    effect(Kind::Change, &[], "", "Luật Hộ tịch 60/2014/QH13, Điều 26").changing(EVERYTHING),
    effect(Kind::Correction, &[], "", "Luật Hộ tịch 60/2014/QH13, Điều 28").changing(EVERYTHING),
    effect(Kind::Supplement, &[], "", "Luật Hộ tịch 60/2014/QH13, Điều 29").changing(EVERYTHING),
    effect(
        Kind::EthnicityRedetermination,
        &[],
        "",
        "Luật Hộ tịch 60/2014/QH13, Điều 27",
    )
    .changing(EVERYTHING),
    effect(
        Kind::ParentChildRecognition,
        &[Kind::Birth],
        "Nhận cha, mẹ, con: {direction}, {parent}{changes}; theo Trích lục số {number}/TLCMC{day}",
        "Luật Hộ tịch 60/2014/QH13, Điều 24, 25, 44",
    )
    .changing(PARENTS_AND_NAME),
    effect(
        Kind::Adoption,
        &[Kind::Birth],
        "Được {parents} nhận làm con nuôi theo {certificate}{changes}",
        "Thông tư 04/2020/TT-BTP, Điều 19",
    )
    .changing(ADOPTED)
    .leaving(StateChange::Sets(Mark::Adopted)),
    judgment(&[10, 11], &[Kind::Birth], "Luật Hộ tịch 60/2014/QH13, Điều 3(2)").changing(PARENTS_AND_NAME),
    judgment(&[20], &[Kind::Birth], "Luật Hộ tịch 60/2014/QH13, Điều 3(2)").changing(&[
        "/child/sex",
        "/child/name",
        "/child/personal_number",
    ]),
    judgment(&[30], &[Kind::Adoption], "Luật Hộ tịch 60/2014/QH13, Điều 3(2)")
        .changing(ADOPTED)
        .leaving(StateChange::Ends(Ended::Ended)),
    judgment(&[30], &[Kind::Birth], "Luật Hộ tịch 60/2014/QH13, Điều 3(2)")
        .changing(ADOPTED)
        .leaving(StateChange::Lifts(Mark::Adopted)),
    judgment(
        &[1, 2, 3, 4, 5],
        &[Kind::Birth],
        "Luật Hộ tịch 60/2014/QH13, Điều 3(2)",
    )
    .changing(NATIONALITY),
    judgment(&[40], &[Kind::Marriage], "Luật Hộ tịch 60/2014/QH13, Điều 3(2)đ")
        .leaving(StateChange::Ends(Ended::Annulled)),
    judgment(&[41], &[Kind::Marriage], "Luật Hộ tịch 60/2014/QH13, Điều 3(2)đ")
        .changing(&["/established_on"])
        .leaving(StateChange::Sets(Mark::Recognised)),
    judgment(&[50], &[Kind::Birth], "Luật Hộ tịch 60/2014/QH13, Điều 3(2)")
        .leaving(StateChange::Sets(Mark::Missing)),
    judgment(&[51], &[Kind::Birth], "Luật Hộ tịch 60/2014/QH13, Điều 3(2)")
        .leaving(StateChange::Lifts(Mark::Missing)),
    judgment(&[53], &[Kind::Death], "Luật Hộ tịch 60/2014/QH13, Điều 3(2)")
        .leaving(StateChange::Ends(Ended::DeclarationRevoked)),
    judgment(&[53], &[Kind::Birth], "Luật Hộ tịch 60/2014/QH13, Điều 3(2)"),
    judgment(&[54], &[Kind::Birth], "Luật Hộ tịch 60/2014/QH13, Điều 3(2)")
        .leaving(StateChange::Sets(Mark::Incapacitated)),
    judgment(&[55], &[Kind::Birth], "Luật Hộ tịch 60/2014/QH13, Điều 3(2)")
        .leaving(StateChange::Lifts(Mark::Incapacitated)),
    judgment(&[56], &[Kind::Birth], "Luật Hộ tịch 60/2014/QH13, Điều 3(2)")
        .leaving(StateChange::Sets(Mark::LimitedCapacity)),
    judgment(&[57], &[Kind::Birth], "Luật Hộ tịch 60/2014/QH13, Điều 3(2)")
        .leaving(StateChange::Lifts(Mark::LimitedCapacity)),
    judgment(&[58], &[Kind::Birth], "Luật Hộ tịch 60/2014/QH13, Điều 3(2)")
        .leaving(StateChange::Sets(Mark::ImpairedCognition)),
    judgment(&[59], &[Kind::Birth], "Luật Hộ tịch 60/2014/QH13, Điều 3(2)")
        .leaving(StateChange::Lifts(Mark::ImpairedCognition)),
    effect(
        Kind::DivorceNoted,
        &[Kind::Marriage],
        "",
        "Luật Hộ tịch 60/2014/QH13, Điều 3(2)đ",
    )
    .leaving(StateChange::Ends(Ended::Divorced)),
    effect(
        Kind::ForeignDissolution,
        &[Kind::Marriage],
        "Đã ly hôn theo {judgment}; ghi vào Sổ số {number}{day}",
        "Nghị định 123/2015/NĐ-CP, Điều 37–39",
    )
    .about(&[1])
    .leaving(StateChange::Ends(Ended::Divorced)),
    effect(
        Kind::ForeignDissolution,
        &[Kind::Marriage],
        "Đã hủy việc kết hôn theo {judgment}; ghi vào Sổ số {number}{day}",
        "Nghị định 123/2015/NĐ-CP, Điều 37–39",
    )
    .about(&[2])
    .leaving(StateChange::Ends(Ended::Annulled)),
    effect(
        Kind::GuardianshipEnd,
        &[Kind::Guardianship, Kind::GuardianshipSupervision],
        "Đã đăng ký chấm dứt giám hộ, số {number}{day}",
        "Luật Hộ tịch 60/2014/QH13, Điều 22",
    )
    .leaving(StateChange::Ends(Ended::Ended)),
    effect(
        Kind::GuardianshipSupervision,
        &[Kind::Guardianship],
        "Đã đăng ký giám sát việc giám hộ, số {number}{day}",
        "Nghị định 07/2025/NĐ-CP",
    ),
    effect(
        Kind::PersonalNumberAssigned,
        &[],
        "Ghi số định danh cá nhân{changes}",
        "Luật Hộ tịch 60/2014/QH13, Điều 3(2)",
    )
    .changing(&["*/personal_number"]),
    effect(
        Kind::PapersRevoked,
        &[],
        "Thu hồi, hủy bỏ {papers} theo {judgment} (Điều 12(2))",
        "Luật Hộ tịch 60/2014/QH13, Điều 12(2)",
    )
    .about(&[0]),
    effect(
        Kind::PapersRevoked,
        &[],
        "Thu hồi, hủy bỏ {papers}, hủy việc đăng ký theo {judgment} (Điều 12(2))",
        "Luật Hộ tịch 60/2014/QH13, Điều 12(2)",
    )
    .about(&[1])
    .leaving(StateChange::Revokes),
];

/// What an act does to an entry of that kind; `None` when it may not reach one.
pub fn of(act: &Act, at: Kind) -> Option<&'static Effect> {
    let matter = act.matter();
    EFFECTS.iter().find(|effect| {
        effect.act == act.kind()
            && (effect.matters.is_empty() || matter.is_some_and(|matter| effect.matters.contains(&matter)))
            && (effect.at.is_empty() || effect.at.contains(&at))
    })
}

/// The article on which what acts of that kind do elsewhere rests; empty for those that do nothing there.
pub fn article(act: Kind) -> &'static str {
    let found = EFFECTS.iter().find(|effect| effect.act == act);
    found.map_or("", |effect| effect.article)
}

impl Effect {
    /// Whether it may change that field, or one below it.
    pub fn may_change(&self, pointer: &str) -> bool {
        self.may_change.iter().any(|known| match known.strip_prefix('*') {
            Some(field) => pointer.ends_with(field),
            None => pointer
                .strip_prefix(known)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || known.is_empty()),
        })
    }

    /// What the note says, without its tail.
    pub fn note(&self, act: &Act, changes: &[NotedChange]) -> String {
        let mut text = String::new();
        let mut rest = self.says;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, behind) = after.split_once('}').unwrap_or((after, ""));
            text.push_str(before);
            text.push_str(&filled(name, act, changes));
            rest = behind;
        }
        text.push_str(rest);
        text
    }
}

/// What stands for `{name}` in a note.
fn filled(name: &str, act: &Act, changes: &[NotedChange]) -> String {
    match (name, act) {
        ("changes", _) if changes.is_empty() => String::new(),
        ("changes", _) => {
            let changes: Vec<String> = changes.iter().map(NotedChange::text).collect();
            format!(": {}", changes.join("; "))
        }
        ("number", _) => act.number_shown(),
        ("day", _) => act
            .registered_on()
            .map_or_else(String::new, |day| format!(" ngày {}", day.vietnamese())),
        ("judgment", _) => act
            .judgment()
            .map_or_else(String::new, |judgment| judgment.in_words()),
        ("certificate", Act::Adoption(act)) => act.certificate.as_ref().map_or_else(
            || "Giấy chứng nhận nuôi con nuôi".to_owned(),
            |paper| match paper.form {
                Some(_) => paper.in_words(),
                None => paper
                    .in_words()
                    .replacen("Bản án/Quyết định", "Giấy chứng nhận nuôi con nuôi", 1),
            },
        ),
        ("matter", Act::JudgmentNoted(act)) => act.matter.vietnamese().to_owned(),
        ("direction", Act::ParentChildRecognition(act)) => act.direction.vietnamese().to_owned(),
        ("parent", Act::ParentChildRecognition(act)) => crate::wire::Wire::vietnamese_text(&act.parent.name),
        ("parents", Act::Adoption(act)) => {
            let parents = [("ông", &act.father), ("bà", &act.mother)];
            let named = parents.into_iter().filter_map(|(title, parent)| {
                let name = parent.as_ref()?.name.value.as_ref()?;
                Some(format!("{title} {}", name.full()))
            });
            named.collect::<Vec<_>>().join(" và ")
        }
        ("papers", Act::PapersRevoked(act)) => {
            let papers = act.papers.iter().map(|paper| match &paper.number {
                Some(number) => format!("{} số {number}", paper.title),
                None => paper.title.to_string(),
            });
            papers.collect::<Vec<_>>().join(", ")
        }
        _ => String::new(),
    }
}

/// The fields of an entry that an act may not change there, each by its place among the changes.
pub fn beyond<'a>(effect: &'a Effect, reached: &'a Amended) -> impl Iterator<Item = usize> + 'a {
    let changes = reached.changes.iter().enumerate();
    changes
        .filter(|(_, change)| !effect.may_change(&change.field))
        .map(|(index, _)| index)
}
