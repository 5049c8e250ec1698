//! Ghi vào Sổ hộ tịch theo bản án, quyết định: what courts and authorities decide, written at the entry (Law 60/2014, Art.
//! 3(2), 30). A divorce has a kind of its own.

use super::amendment::{Amended, Reached};
use super::lawful::{Lawful, says};
use super::person::{Declarant, Judgment, Signer};
use super::shared::{ForeignRegistration, Handling};
use crate::decide::Case;
use crate::stated::Stated;
use crate::value::{Date, Nationality, PartialDate, PersonName, Text};
use crate::wire::{codes, record};

codes! {
    /// What is noted (Law 60/2014, Art. 3(2), in its words).
    pub enum JudgmentMatter "judgment_matter" {
        /// Nhập quốc tịch.
        NationalityAcquired = 1 "nationality_acquired" "Nhập quốc tịch Việt Nam",
        /// Trở lại quốc tịch.
        NationalityRestored = 2 "nationality_restored" "Trở lại quốc tịch Việt Nam",
        /// Thôi quốc tịch.
        NationalityRenounced = 3 "nationality_renounced" "Thôi quốc tịch Việt Nam",
        /// Tước quốc tịch.
        NationalityDeprived = 4 "nationality_deprived" "Tước quốc tịch Việt Nam",
        /// Hủy bỏ quyết định cho nhập quốc tịch.
        NationalityDecisionAnnulled = 5 "nationality_decision_annulled" "Hủy bỏ quyết định cho nhập quốc tịch Việt Nam",
        /// Xác định cha, mẹ, con.
        ParentDetermined = 10 "parent_determined" "Xác định cha, mẹ, con",
        /// That somebody is not the parent.
        ParentExcluded = 11 "parent_excluded" "Xác định không phải là cha, mẹ, con",
        /// Xác định lại giới tính.
        SexRedetermined = 20 "sex_redetermined" "Xác định lại giới tính",
        /// Chấm dứt việc nuôi con nuôi.
        AdoptionEnded = 30 "adoption_ended" "Chấm dứt việc nuôi con nuôi",
        /// Hủy việc kết hôn trái pháp luật.
        MarriageAnnulled = 40 "marriage_annulled" "Hủy việc kết hôn trái pháp luật",
        /// Công nhận việc kết hôn.
        MarriageRecognised = 41 "marriage_recognised" "Công nhận việc kết hôn",
        /// Tuyên bố mất tích.
        MissingDeclared = 50 "missing_declared" "Tuyên bố mất tích",
        /// Hủy tuyên bố mất tích.
        MissingRevoked = 51 "missing_revoked" "Hủy tuyên bố mất tích",
        /// Hủy tuyên bố chết.
        DeathDeclarationRevoked = 53 "death_declaration_revoked" "Hủy tuyên bố chết",
        /// Tuyên bố mất năng lực hành vi dân sự.
        IncapacityDeclared = 54 "incapacity_declared" "Tuyên bố mất năng lực hành vi dân sự",
        /// Its revocation.
        IncapacityRevoked = 55 "incapacity_revoked" "Hủy tuyên bố mất năng lực hành vi dân sự",
        /// Tuyên bố hạn chế năng lực hành vi dân sự.
        LimitedCapacityDeclared = 56 "limited_capacity_declared" "Tuyên bố hạn chế năng lực hành vi dân sự",
        /// Its revocation.
        LimitedCapacityRevoked = 57 "limited_capacity_revoked" "Hủy tuyên bố hạn chế năng lực hành vi dân sự",
        /// Tuyên bố có khó khăn trong nhận thức, làm chủ hành vi.
        ImpairedCognitionDeclared = 58 "impaired_cognition_declared" "Tuyên bố có khó khăn trong nhận thức, làm chủ hành vi",
        /// Its revocation.
        ImpairedCognitionRevoked = 59 "impaired_cognition_revoked"
            "Hủy tuyên bố có khó khăn trong nhận thức, làm chủ hành vi",
    }
}

record! {
    /// A judgment or decision noted at an entry, and at others that it concerns.
    pub struct JudgmentNoted "judgment_noted" {
        /// When it is noted.
        0 noted_on: Date, "Ngày ghi vào Sổ";
        /// When the court's notice or the citizen's file was received.
        1 received_on: Option<Date>, "Ngày tiếp nhận";
        /// What is noted.
        2 matter: JudgmentMatter, "Nội dung";
        /// Bản án, quyết định.
        3 judgment: Judgment, "Bản án, quyết định";
        /// What changes, in this entry and in others; without changes an entry only gets the note.
        4 reached: Vec<Reached>, "Mục đăng ký được ghi";
        /// Who brought the judgment, when the court did not send it (Circular 04/2020, Art. 21).
        5 brought_by: Option<Declarant>, "Người nộp bản án, quyết định";
        /// Who signs for the office.
        6 signer: Stated<Signer>, "Người ký";
        /// The civil-status officer who carried it out.
        7 officer: Option<PersonName>, "Người thực hiện";
        /// Ghi chú.
        8 remark: Option<Text>, "Ghi chú";
        /// The nationality that is acquired or lost.
        9 nationality: Option<Nationality>, "Quốc tịch";
        /// Where a foreign authority decided.
        10 foreign: Option<Box<ForeignRegistration>>, "Giải quyết tại nước ngoài";
        /// How the file was handled.
        11 handling: Option<Box<Handling>>, "Hồ sơ";
    }
}

impl Lawful for JudgmentNoted {
    says! { received_on? signer foreign brought_by handling }

    fn registered_on(&self) -> Option<Date> {
        Some(self.noted_on)
    }

    fn occurred_on(&self) -> Option<PartialDate> {
        self.judgment.holds_from().map(PartialDate::from)
    }

    fn reaches(&self) -> Vec<&Amended> {
        self.reached.iter().map(|reached| &reached.0).collect()
    }

    fn judgment(&self) -> Option<&Judgment> {
        Some(&self.judgment)
    }

    fn matter(&self) -> Option<u64> {
        Some(self.matter as u64)
    }

    fn decide(&self, case: &mut Case<'_>) {
        if self.matter == JudgmentMatter::ParentDetermined {
            case.parent_replaced();
        }
    }
}
