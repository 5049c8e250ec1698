//! Nhận cha, mẹ, con: the recognition of a parent or a child (Law 60/2014, Art. 24–25, 43–44).

use super::amendment::{Amended, Reached};
use super::lawful::{Lawful, Named, says};
use super::person::{BookReference, Declarant, Judgment, Person, PersonRef, PersonRole, Signer};
use super::shared::{ForeignRegistration, Handling, Source};
use crate::decide::{Case, RefusalCode, WarningCode};
use crate::id::EntryId;
use crate::law::Limit;
use crate::stated::Stated;
use crate::value::{Date, PersonName, Sex, Text, fold_compact};
use crate::wire::{codes, record};

codes! {
    /// Who recognises whom.
    pub enum RecognitionDirection "recognition_direction" {
        /// Cha nhận con.
        FatherRecognisesChild = 1 "father_recognises_child" "Cha nhận con",
        /// Mẹ nhận con.
        MotherRecognisesChild = 2 "mother_recognises_child" "Mẹ nhận con",
        /// Con nhận cha.
        ChildRecognisesFather = 3 "child_recognises_father" "Con nhận cha",
        /// Con nhận mẹ.
        ChildRecognisesMother = 4 "child_recognises_mother" "Con nhận mẹ",
    }
}

codes! {
    /// How a recognition came into the book.
    pub enum RecognitionEntry "recognition_entry" {
        /// A new one.
        New = 1 "new" "Nhận cha, mẹ, con",
        /// Settled abroad and noted here.
        NotedFromAbroad = 2 "noted_from_abroad" "Ghi vào Sổ việc nhận cha, mẹ, con",
        /// Determined by a court.
        ByJudgment = 3 "by_judgment" "Theo bản án, quyết định",
    }
}

record! {
    /// Nhận cha, mẹ, con (Law 60/2014, Art. 24–25).
    pub struct ParentChildRecognition "parent_child_recognition" {
        /// Số, quyển số, trang số.
        0 book: BookReference, "Số đăng ký";
        /// Ngày đăng ký.
        1 registered_on: Option<Date>, "Ngày đăng ký";
        /// When the file was received.
        2 received_on: Option<Date>, "Ngày tiếp nhận";
        /// Who recognises whom.
        3 direction: RecognitionDirection, "Loại việc nhận";
        /// Cha hoặc mẹ.
        4 parent: Person, "Cha, mẹ";
        /// Con.
        5 child: Person, "Con";
        /// Người ký.
        6 signer: Stated<Signer>, "Người ký";
        /// How it came into the book; a new one when left out.
        7 entry: Option<RecognitionEntry>, "Loại đăng ký";
        /// The child's birth entry, with what changes there.
        8 reached: Vec<Reached>, "Mục khai sinh được ghi";
        /// Người yêu cầu.
        9 declarant: Option<Declarant>, "Người yêu cầu";
        /// What the declarant is to the parent.
        10 relation_to_parent: Option<Text>, "Quan hệ với người nhận";
        /// What the declarant is to the child.
        11 relation_to_child: Option<Text>, "Quan hệ với người được nhận";
        /// What proves it (Circular 04/2020, Art. 14, 16).
        12 evidence: Option<Text>, "Chứng cứ chứng minh quan hệ cha, mẹ, con";
        /// Whether it was determined, not declared.
        13 determined: Option<bool>, "Xác định cha, mẹ, con";
        /// What was registered abroad.
        14 foreign: Option<Box<ForeignRegistration>>, "Đăng ký tại nước ngoài";
        /// By which judgment.
        15 judgment: Option<Box<Judgment>>, "Bản án, quyết định";
        /// The civil-status officer who carried it out.
        16 officer: Option<PersonName>, "Người thực hiện";
        /// Ghi chú at registration.
        17 remark: Option<Text>, "Ghi chú";
        /// The birth registered together with it (Circular 04/2020, Art. 15).
        18 birth: Option<EntryId>, "Kèm đăng ký khai sinh";
        /// How the file was handled.
        19 handling: Option<Box<Handling>>, "Hồ sơ";
        /// Where the entry of an old book was read.
        20 source: Option<Box<Source>>, "Nguồn số liệu";
    }
}

impl Lawful for ParentChildRecognition {
    says! { book registered_on? received_on? signer foreign judgment? declarant handling source }

    fn reaches(&self) -> Vec<&Amended> {
        self.reached.iter().map(|reached| &reached.0).collect()
    }

    fn people(&self) -> Vec<Named<'_>> {
        vec![
            Named::one(PersonRole::Parent, "parent", &self.parent),
            Named::one(PersonRole::Child, "child", &self.child),
        ]
    }

    fn matter(&self) -> Option<u64> {
        Some(self.direction as u64)
    }

    fn tick(&self) -> &'static str {
        self.entry.map_or("new", RecognitionEntry::name)
    }

    fn decide(&self, case: &mut Case<'_>) {
        if self.entry == Some(RecognitionEntry::ByJudgment) && self.judgment.is_none() {
            case.refuse_new(RefusalCode::JudgmentMissing, "/judgment");
        }
        if self
            .handling
            .as_ref()
            .is_some_and(|handling| handling.proxy.is_some())
        {
            case.warn(WarningCode::BothPartiesAbsent, "/handling/proxy");
        }
        let (field, other) = match self.direction.is_of_father() {
            true => ("/father", Sex::Female),
            false => ("/mother", Sex::Male),
        };
        if self.parent.sex.as_ref().and_then(|sex| sex.value) == Some(other) {
            case.warn(WarningCode::RecognitionSexDiffers, "/parent/sex");
        }
        case.parent_stated(field);
        self.noted_at_birth(field, case);
        let foreign = self.parent.is_foreigner() || self.child.is_foreigner();
        if foreign && self.tick() == "new" && !case.digitised() {
            case.posted(Limit::PostingRecognitionForeign);
        }
    }
}

impl ParentChildRecognition {
    /// Who is recognised is written into the birth entry that the ledger knows (Circular 04/2020, Art. 29(6)), unless it names that
    /// parent already, as when both are registered in one visit (Art. 15).
    fn noted_at_birth(&self, field: &str, case: &mut Case<'_>) {
        let Some(child) = case.person("/child").or(case.person("/birth")) else {
            return;
        };
        let role = if field == "/father" {
            PersonRole::Father
        } else {
            PersonRole::Mother
        };
        let name = |name: &PersonName| fold_compact(name.full());
        let own = self.parent.name.value.as_ref().map(name);
        let stands = child
            .parents
            .iter()
            .any(|parent| parent.at.role == role && own.is_some() && parent.name.as_ref().map(name) == own);
        if self.reached.is_empty() && child.birth.is_some() && !stands {
            let found = child
                .birth
                .map(|entry| PersonRef::new(entry, PersonRole::Child, 0));
            case.warn_of(
                WarningCode::BirthEntryNotReached,
                "/reached",
                found.into_iter().collect(),
            );
        }
    }
}

impl RecognitionDirection {
    /// Whether the parent is the father.
    pub const fn is_of_father(self) -> bool {
        matches!(self, Self::FatherRecognisesChild | Self::ChildRecognisesFather)
    }
}
