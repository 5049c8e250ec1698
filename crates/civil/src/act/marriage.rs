//! Đăng ký kết hôn: the registration of a marriage (Law 60/2014, Art. 17–18).

use super::lawful::{Lawful, Named, says};
use super::person::{BookReference, Judgment, Person, PersonRole, Signer};
use super::shared::{EarlierRegistration, ForeignRegistration, Handling, Source};
use crate::decide::{Case, RefusalCode, WarningCode};
use crate::law;
use crate::stated::Stated;
use crate::value::{Certainty, Date, PartialDate, PersonName, Sex, Text};
use crate::wire::{codes, record};

codes! {
    /// The tick on the register page that says how a marriage came into the book.
    pub enum MarriageEntry "marriage_entry" {
        /// A new marriage.
        New = 1 "new" "Kết hôn",
        /// Registered again.
        Again = 2 "again" "Đăng ký lại",
        /// Settled abroad and noted here.
        NotedFromAbroad = 3 "noted_from_abroad" "Ghi vào Sổ việc kết hôn",
        /// Recognised by a court.
        Recognised = 4 "recognised" "Công nhận việc kết hôn",
        /// The page of an old book has no tick.
        NotStated = 5 "not_stated" "Không ghi",
    }
}

record! {
    /// The content of a marriage registration (Law 60/2014, Art. 17(2)).
    pub struct Marriage "marriage" {
        /// Số, quyển số, trang số.
        0 book: BookReference, "Số đăng ký";
        /// Ngày, tháng, năm đăng ký.
        1 registered_on: Option<Date>, "Ngày đăng ký";
        /// When the file was received; the rules of that day apply.
        2 received_on: Option<Date>, "Ngày tiếp nhận";
        /// How it came into the book.
        3 entry: MarriageEntry, "Loại đăng ký";
        /// Vợ.
        4 wife: Person, "Vợ";
        /// Chồng.
        5 husband: Person, "Chồng";
        /// From when the marriage holds; differs from the registration for old, foreign and re-registered ones.
        6 established_on: Stated<PartialDate>, "Ngày xác lập quan hệ hôn nhân";
        /// Whether both were there and signed (Art. 18(2)).
        7 both_present: bool, "Hai bên có mặt";
        /// Người ký Giấy chứng nhận kết hôn.
        8 signer: Stated<Signer>, "Người ký Giấy chứng nhận kết hôn";
        /// The civil-status officer who carried it out.
        9 officer: Option<PersonName>, "Người thực hiện";
        /// Ghi chú at registration.
        10 remark: Option<Text>, "Ghi chú";
        /// What was registered abroad.
        11 foreign: Option<Box<ForeignRegistration>>, "Đăng ký tại nước ngoài";
        /// The earlier registration.
        12 earlier: Option<Box<EarlierRegistration>>, "Đăng ký trước đây";
        /// Whether it is her first marriage.
        13 wife_first: Option<bool>, "Vợ kết hôn lần đầu";
        /// Whether it is his first marriage.
        14 husband_first: Option<bool>, "Chồng kết hôn lần đầu";
        /// The judgment by which it is recognised.
        15 recognised_by: Option<Box<Judgment>>, "Bản án, quyết định công nhận việc kết hôn";
        /// How the file was handled.
        16 handling: Option<Box<Handling>>, "Hồ sơ";
        /// Where the entry of an old book was read.
        17 source: Option<Box<Source>>, "Nguồn số liệu";
        /// The papers that foreigners bring (Decree 123/2015, Art. 30).
        18 capacity_paper: Option<Text>, "Giấy xác nhận của cơ quan y tế, giấy tờ chứng minh tình trạng hôn nhân";
    }
}

impl Lawful for Marriage {
    says! { book registered_on? received_on? signer foreign earlier handling source }

    fn occurred_on(&self) -> Option<PartialDate> {
        self.established_on.value
    }

    fn judgment(&self) -> Option<&Judgment> {
        self.recognised_by.as_deref()
    }

    fn people(&self) -> Vec<Named<'_>> {
        vec![
            Named::one(PersonRole::Wife, "wife", &self.wife),
            Named::one(PersonRole::Husband, "husband", &self.husband),
        ]
    }

    fn tick(&self) -> &'static str {
        self.entry.name()
    }

    fn decide(&self, case: &mut Case<'_>) {
        if self.entry == MarriageEntry::New && !self.both_present {
            case.warn(WarningCode::NotBothPresent, "/both_present");
        }
        let foreign = self.wife.is_foreigner() || self.husband.is_foreigner();
        if self.entry == MarriageEntry::New && foreign && self.capacity_paper.is_none() && !case.digitised() {
            case.warn(WarningCode::ForeignPaperMissing, "/capacity_paper");
        }
        if self.entry == MarriageEntry::Recognised && self.recognised_by.is_none() {
            case.refuse_new(RefusalCode::JudgmentMissing, "/recognised_by");
        }
        if let Some(day) = &self.established_on.value {
            self.ages(day, case);
        }
        let ages = self.wife.birth().zip(self.husband.birth());
        let apart = |one: &PartialDate, other: &PartialDate| {
            one.full_years_until(other)
                .is_some_and(|(least, _)| least >= AGE_GAP)
        };
        if ages.is_some_and(|(wife, husband)| apart(wife, husband) || apart(husband, wife)) {
            case.warn(WarningCode::SpousesAgeGap, "/husband/born_on");
        }
    }
}

/// From this many years between the spouses on a birth date is more likely wrong.
const AGE_GAP: i32 = 40;

impl Marriage {
    /// The age of the law of the day of the marriage; nobody marries before birth.
    fn ages(&self, day: &PartialDate, case: &mut Case<'_>) {
        let rules = law::rules("marriage", case.ruled_on(), Some(day));
        for (pointer, spouse, sex) in [
            ("/wife/born_on", &self.wife, Sex::Female),
            ("/husband/born_on", &self.husband, Sex::Male),
        ] {
            let Some(born) = spouse.birth() else { continue };
            if rules.under_age(sex, born, day) {
                case.warn(WarningCode::UnderMarriageAge, pointer);
            }
            if day.is_before(born) == Certainty::Definitely {
                case.warn(WarningCode::BornAfterOwnMarriage, pointer);
            }
        }
    }
}
