//! Giấy xác nhận tình trạng hôn nhân: the confirmation of marital status (Decree 123/2015, Art. 21–23).

use super::lawful::{Lawful, Named, says};
use super::person::{BookReference, Declarant, Person, PersonRole, Place, Signer};
use super::shared::{Handling, MaritalStatus, Source};
use crate::decide::{Case, WarningCode};
use crate::id::EntryId;
use crate::law::Limit;
use crate::stated::Stated;
use crate::value::{Date, PartialDate, PersonName, Text};
use crate::wire::{codes, record};

codes! {
    /// What the confirmation is for; one for a marriage is bound to the partner (Decree 123/2015, Art. 22–23).
    pub enum PurposeKind "purpose_kind" {
        /// A marriage in the country, to a Vietnamese.
        MarryVietnamese = 1 "marry_vietnamese" "Để đăng ký kết hôn trong nước (với người Việt Nam)",
        /// A marriage in the country, to a foreigner.
        MarryForeigner = 2 "marry_foreigner" "Để đăng ký kết hôn trong nước (với người nước ngoài)",
        /// A marriage abroad, to a Vietnamese.
        MarryVietnameseAbroad = 3 "marry_vietnamese_abroad" "Để đăng ký kết hôn ở nước ngoài (với người Việt Nam)",
        /// A marriage abroad, to a foreigner.
        MarryForeignerAbroad = 4 "marry_foreigner_abroad" "Để đăng ký kết hôn ở nước ngoài (với người nước ngoài)",
        /// Anything else.
        Other = 5 "other" "Mục đích khác",
    }
}

record! {
    /// Giấy xác nhận tình trạng hôn nhân (Decree 123/2015, Art. 21–23): six months, bound to its purpose.
    pub struct MaritalStatusConfirmation "marital_status_confirmation" {
        /// Số, quyển số, trang số.
        0 book: BookReference, "Số";
        /// Ngày cấp.
        1 registered_on: Option<Date>, "Ngày cấp";
        /// When the file was received.
        2 received_on: Option<Date>, "Ngày tiếp nhận";
        /// Of whom.
        3 subject: Person, "Người được xác nhận";
        /// The wording of Circular 04/2020, Art. 33.
        4 status: Option<Text>, "Tình trạng hôn nhân";
        /// Mục đích sử dụng.
        5 purpose: Option<Text>, "Mục đích sử dụng";
        /// Người ký.
        6 signer: Stated<Signer>, "Người ký";
        /// Người yêu cầu.
        7 declarant: Option<Declarant>, "Người yêu cầu";
        /// The residence of the time that is confirmed, where it is not the present one.
        8 resided_at: Option<Place>, "Nơi cư trú trong thời gian xác nhận";
        /// First day of that time.
        9 resided_from: Option<PartialDate>, "Trong thời gian từ ngày";
        /// Last day of that time.
        10 resided_until: Option<PartialDate>, "Đến ngày";
        /// The status in short, as the ledger can compare it.
        11 marital_status: Option<MaritalStatus>, "Tình trạng hôn nhân (mã)";
        /// The entries from which it follows.
        12 follows_from: Vec<EntryId>, "Căn cứ";
        /// What it is for, in short.
        13 purpose_kind: Option<PurposeKind>, "Loại mục đích sử dụng";
        /// Whom the subject wants to marry.
        14 partner: Option<Person>, "Người dự định kết hôn";
        /// The civil-status officer who carried it out.
        15 officer: Option<PersonName>, "Người thực hiện";
        /// Ghi chú at registration.
        16 remark: Option<Text>, "Ghi chú";
        /// The earlier confirmation that was handed back.
        17 returned: Option<EntryId>, "Giấy cũ nộp lại";
        /// How the file was handled.
        18 handling: Option<Box<Handling>>, "Hồ sơ";
        /// Where the entry of an old book was read.
        19 source: Option<Box<Source>>, "Nguồn số liệu";
        /// Why the earlier confirmation cannot be handed back.
        20 previous_lost: Option<Text>, "Lý do không nộp lại được giấy cũ";
    }
}

impl Lawful for MaritalStatusConfirmation {
    says! { book registered_on? received_on? signer declarant handling source }

    fn people(&self) -> Vec<Named<'_>> {
        vec![Named::one(PersonRole::Subject, "subject", &self.subject)]
    }

    fn decide(&self, case: &mut Case<'_>) {
        let to_marry = self.purpose_kind.is_some_and(|kind| kind != PurposeKind::Other);
        if to_marry && self.partner.is_none() {
            case.warn(WarningCode::PurposePartnerMissing, "/partner");
        }
        let Some(subject) = case.person("/subject") else {
            return;
        };
        let known = subject.marital.status;
        if known != MaritalStatus::Unknown && self.marital_status.is_some_and(|stated| stated != known) {
            case.warn(WarningCode::StatusDiffers, "/marital_status");
        } else if self.follows_from.is_empty() && !subject.marital.because.is_empty() {
            case.warn(WarningCode::StatusDiffers, "/follows_from");
        }
        if self.previous_lost.is_none() && self.another_is_valid(&subject.confirmations, case.day()) {
            case.warn(WarningCode::ConfirmationStillValid, "/returned");
        }
    }
}

impl MaritalStatusConfirmation {
    /// Whether one that was not handed back is still good on that day: six months, one at a time (Decree 123/2015, Art. 23).
    fn another_is_valid(&self, earlier: &[(EntryId, Date)], day: Date) -> bool {
        let good_until = |issued: Date| Limit::ConfirmationValid.on(issued)?.last_day_after(issued);
        earlier.iter().any(|(entry, issued)| {
            Some(*entry) != self.returned
                && *issued <= day
                && good_until(*issued).is_some_and(|last| day <= last)
        })
    }
}
