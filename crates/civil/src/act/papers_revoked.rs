//! Thu hồi, hủy bỏ giấy tờ hộ tịch: papers withdrawn because they rest on what the law forbids (Law 60/2014, Art. 12(2)).

use super::lawful::{Lawful, says};
use super::person::{Judgment, Signer};
use crate::decide::{Case, RefusalCode, WarningCode};
use crate::id::EventId;
use crate::law;
use crate::stated::Stated;
use crate::value::{Date, PersonName, Text};
use crate::wire::{codes, record};

codes! {
    /// Why papers are revoked (Law 60/2014, Art. 12(1)).
    pub enum RevocationGround "revocation_ground" {
        /// Point a: false statements or papers.
        FalseData = 1 "false_data" "Cung cấp thông tin sai sự thật, giấy tờ giả",
        /// Point d: forged papers.
        Forged = 2 "forged" "Làm giả, sửa chữa giấy tờ hộ tịch",
        /// Point đ: registered against the law.
        Unlawful = 3 "unlawful" "Đăng ký hộ tịch trái quy định",
        /// Point g: for gain.
        Abuse = 4 "abuse" "Lợi dụng việc đăng ký hộ tịch",
        /// Point h: decided in one's own case.
        OwnCase = 5 "own_case" "Quyết định việc của bản thân, người thân thích",
        /// Registered twice.
        Duplicate = 6 "duplicate" "Đăng ký trùng",
        /// Any other.
        Other = 7 "other" "Căn cứ khác",
    }
}

record! {
    /// One paper that is revoked.
    pub struct RevokedPaper "revoked_paper" {
        /// Its title.
        0 title: Text, "Tên giấy tờ";
        /// Its number.
        1 number: Option<Text>, "Số";
        /// The event by which it was issued, where this ledger has it.
        2 event: Option<EventId>, "Sự kiện cấp";
        /// When it was taken back.
        3 withdrawn_on: Option<Date>, "Ngày thu hồi";
        /// When it was destroyed.
        4 destroyed_on: Option<Date>, "Ngày hủy";
    }
}

record! {
    /// Papers of an entry revoked, and the registration itself where the decision says so.
    pub struct PapersRevoked "papers_revoked" {
        /// When it is noted.
        0 noted_on: Date, "Ngày ghi vào Sổ";
        /// The decision (Quyết định thu hồi, hủy bỏ).
        1 decision: Judgment, "Quyết định thu hồi, hủy bỏ";
        /// Why.
        2 ground: RevocationGround, "Căn cứ";
        /// Which papers.
        3 papers: Vec<RevokedPaper>, "Giấy tờ";
        /// Whether the registration falls too.
        4 registration: bool, "Hủy cả việc đăng ký";
        /// Who signs for the office.
        5 signer: Stated<Signer>, "Người ký";
        /// The civil-status officer who carried it out.
        6 officer: Option<PersonName>, "Người thực hiện";
        /// Ghi chú.
        7 remark: Option<Text>, "Ghi chú";
    }
}

impl Lawful for PapersRevoked {
    says! { signer }

    fn registered_on(&self) -> Option<Date> {
        Some(self.noted_on)
    }

    fn judgment(&self) -> Option<&Judgment> {
        Some(&self.decision)
    }

    /// 1 when the registration falls, 0 when only papers do.
    fn matter(&self) -> Option<u64> {
        Some(u64::from(self.registration))
    }

    fn decide(&self, case: &mut Case<'_>) {
        if self.papers.is_empty() {
            case.warn(WarningCode::FieldLeftOut, "/papers");
        }
        let asked = law::third_release().is_some_and(|since| since <= case.today());
        let Some(entry) = case.entry().filter(|_| asked) else {
            return;
        };
        // Before papers were events of their own the original was handed out with the registration.
        let issued = |event| event == entry.opened_by || entry.copies.iter().any(|copy| copy.event == event);
        for (index, paper) in self.papers.iter().enumerate() {
            if paper.event.is_some_and(|event| !issued(event)) {
                case.refuse(RefusalCode::PaperNotIssued, format!("/papers/{index}/event"));
            }
        }
    }
}
