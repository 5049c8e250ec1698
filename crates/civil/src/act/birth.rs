//! Đăng ký khai sinh: the registration of a birth (Law 60/2014, Art. 13–16).

use super::lawful::{Lawful, Named, says};
use super::person::{BookReference, Declarant, Person, PersonRole, Place, Signer};
use super::shared::{EarlierRegistration, ForeignRegistration, Handling, Source};
use crate::decide::{Case, WarningCode};
use crate::id::EntryId;
use crate::law::{Limit, Threshold};
use crate::stated::Stated;
use crate::value::{Date, PartialDate, PersonName, Text};
use crate::wire::{codes, record};

codes! {
    /// The tick on the register page that says how a birth came into the book.
    pub enum BirthEntry "birth_entry" {
        /// Within the time limit.
        OnTime = 1 "on_time" "Đúng hạn",
        /// After it.
        Late = 2 "late" "Quá hạn",
        /// Registered again because book and originals are lost (Decree 123/2015, Art. 24).
        Again = 3 "again" "Đăng ký lại",
        /// Neither parent is known (Art. 15).
        ParentsUnknown = 4 "parents_unknown" "Trẻ chưa xác định được cha, mẹ",
        /// A foundling (Art. 14).
        Foundling = 5 "foundling" "Trẻ bị bỏ rơi",
        /// Settled abroad and noted here.
        NotedFromAbroad = 6 "noted_from_abroad" "Ghi vào Sổ việc khai sinh",
        /// The page of an old book has no tick. (Code 7 stays unused for ever: a negative vector holds it to be unknown.)
        NotStated = 8 "not_stated" "Không ghi",
    }
}

codes! {
    /// What proves the birth (Law 60/2014, Art. 16(1)).
    pub enum BirthProof "birth_proof" {
        /// Giấy chứng sinh.
        Notice = 1 "notice" "Giấy chứng sinh",
        /// Văn bản của người làm chứng.
        Witness = 2 "witness" "Văn bản của người làm chứng",
        /// Giấy cam đoan.
        Undertaking = 3 "undertaking" "Giấy cam đoan về việc sinh",
        /// Biên bản về việc trẻ bị bỏ rơi.
        RecordOfFinding = 4 "record_of_finding" "Biên bản xác nhận việc trẻ bị bỏ rơi",
        /// Any other.
        Other = 5 "other" "Giấy tờ khác",
    }
}

record! {
    /// Where and when a foundling was found (Decree 123/2015, Art. 14).
    pub struct Found "found" {
        /// When.
        0 found_on: Option<PartialDate>, "Ngày phát hiện";
        /// Where.
        1 place: Option<Place>, "Nơi phát hiện";
        /// The record of it.
        2 record: Option<Text>, "Biên bản";
    }
}

record! {
    /// The content of a birth registration (Law 60/2014, Art. 14; Decree 123/2015, Art. 4(1)).
    pub struct Birth "birth" {
        /// Số, quyển số, trang số.
        0 book: BookReference, "Số đăng ký";
        /// Ngày, tháng, năm đăng ký.
        1 registered_on: Option<Date>, "Ngày đăng ký";
        /// When the file was received; the rules of that day apply.
        2 received_on: Option<Date>, "Ngày tiếp nhận";
        /// How it came into the book.
        3 entry: BirthEntry, "Loại đăng ký";
        /// Người được khai sinh.
        4 child: Person, "Người được khai sinh";
        /// Left out for a foundling.
        5 mother: Option<Person>, "Mẹ";
        /// Left out when not determined.
        6 father: Option<Person>, "Cha";
        /// Người đi khai sinh.
        7 declarant: Option<Declarant>, "Người đi khai sinh";
        /// Số giấy chứng sinh.
        8 birth_notice: Option<Text>, "Số giấy chứng sinh";
        /// Người ký Giấy khai sinh.
        9 signer: Stated<Signer>, "Người ký Giấy khai sinh";
        /// The civil-status officer who carried it out.
        10 officer: Option<PersonName>, "Người thực hiện";
        /// Ghi chú at registration.
        11 remark: Option<Text>, "Ghi chú";
        /// What was registered abroad.
        12 foreign: Option<Box<ForeignRegistration>>, "Đăng ký tại nước ngoài";
        /// The earlier registration.
        13 earlier: Option<Box<EarlierRegistration>>, "Đăng ký trước đây";
        /// The paper that confirms the surrogacy (Decree 123/2015, Art. 16).
        14 surrogacy: Option<Text>, "Văn bản xác nhận mang thai hộ";
        /// Of a foundling; how long it was posted stands in the file.
        15 found: Option<Box<Found>>, "Trẻ bị bỏ rơi";
        /// What proves the birth.
        16 proof: Option<BirthProof>, "Giấy tờ chứng minh việc sinh";
        /// The parents' agreement on the nationality.
        17 nationality_agreement: Option<Text>, "Văn bản thỏa thuận về quốc tịch";
        /// The recognition registered together with it (Circular 04/2020, Art. 15).
        18 recognition: Option<EntryId>, "Kèm đăng ký nhận cha, mẹ, con";
        /// The place among children of one birth, from 1.
        19 birth_order: Option<u8>, "Thứ tự sinh";
        /// How the file was handled.
        20 handling: Option<Box<Handling>>, "Hồ sơ";
        /// Where the entry of an old book was read.
        21 source: Option<Box<Source>>, "Nguồn số liệu";
        /// That the parents ask for a child that lived less than 24 hours (Civil Code 2015, Art. 30).
        22 under_24_hours_at_request: Option<bool>, "Trẻ sống dưới 24 giờ, theo yêu cầu của cha, mẹ";
    }
}

impl Lawful for Birth {
    says! { book registered_on? received_on? signer foreign earlier declarant handling source }

    fn occurred_on(&self) -> Option<PartialDate> {
        self.child.birth().copied()
    }

    fn people(&self) -> Vec<Named<'_>> {
        let mut people = vec![Named::one(PersonRole::Child, "child", &self.child)];
        people.extend(Named::some(PersonRole::Mother, "mother", self.mother.as_ref()));
        people.extend(Named::some(PersonRole::Father, "father", self.father.as_ref()));
        people
    }

    fn tick(&self) -> &'static str {
        self.entry.name()
    }

    fn decide(&self, case: &mut Case<'_>) {
        self.ages(case);
        self.without_parents(case);
        if self.entry == BirthEntry::Foundling && !case.digitised() {
            case.posted(Limit::PostingFoundling);
        }
        if self.under_24_hours_at_request == Some(false) {
            case.warn(WarningCode::Under24Hours, "/under_24_hours_at_request");
        }
        self.after_fathers_death(case);
        self.of_foreigners(case);
    }
}

/// Below this age of the father the officer looks twice; no law sets a least age.
const FATHER_AGE_USUAL: i32 = 12;
/// How long after a man's death a child of his can be born, in days (Law 52/2014, Art. 88(1)).
const DAYS_AFTER_DEATH: i64 = 300;

impl Birth {
    /// What the book notes of a child without known parents (Decree 123/2015, Art. 14(3), 15(4)).
    pub const fn book_note(&self) -> Option<&'static str> {
        match self.entry {
            BirthEntry::Foundling | BirthEntry::ParentsUnknown => Some(self.entry.vietnamese()),
            _ => None,
        }
    }

    /// The greatest age that the two dates allow: a warning only when no reading of them is likely.
    fn ages(&self, case: &mut Case<'_>) {
        let possible = Threshold::ParentPossible
            .years_on(case.ruled_on())
            .unwrap_or_default();
        let usual = Threshold::MotherUsual
            .years_on(case.ruled_on())
            .unwrap_or_default();
        for (pointer, parent, young, below) in [
            (
                "/mother/born_on",
                &self.mother,
                WarningCode::MotherVeryYoung,
                usual,
            ),
            (
                "/father/born_on",
                &self.father,
                WarningCode::FatherVeryYoung,
                FATHER_AGE_USUAL,
            ),
        ] {
            let dates = parent.as_ref().and_then(Person::birth).zip(self.child.birth());
            match dates.and_then(|(parent, child)| parent.full_years_until(child)) {
                Some((_, most)) if most < possible => case.warn(WarningCode::ParentAgeImpossible, pointer),
                Some((_, most)) if most < below => case.warn(young, pointer),
                _ => {}
            }
        }
    }

    /// Of a foundling, or a child of whom neither parent is known, the part of the parents stays blank (Decree 123/2015, Art. 14(3), 15).
    /// Who becomes known later is written by an act of its own.
    fn without_parents(&self, case: &mut Case<'_>) {
        if !matches!(self.entry, BirthEntry::Foundling | BirthEntry::ParentsUnknown) {
            return;
        }
        for (pointer, parent) in [("/mother", &self.mother), ("/father", &self.father)] {
            if parent.as_ref().is_some_and(|parent| parent.name.value.is_some()) {
                case.warn(WarningCode::ParentsNotUnknown, pointer);
            }
        }
    }

    /// The parents agree on the nationality where one of them is a foreigner, and a child of another than the Vietnamese has no number
    /// of this country (Law 60/2014, Art. 36).
    fn of_foreigners(&self, case: &mut Case<'_>) {
        let mut parents = [&self.mother, &self.father].into_iter().flatten();
        let registered = matches!(self.entry, BirthEntry::OnTime | BirthEntry::Late) && !case.digitised();
        if registered && self.nationality_agreement.is_none() && parents.any(Person::is_foreigner) {
            case.warn(WarningCode::ForeignPaperMissing, "/nationality_agreement");
        }
        let number = self.child.personal_number.as_ref();
        if self.child.is_foreigner() && number.is_some_and(|number| number.value.is_some()) {
            case.warn(WarningCode::NumberOfForeigner, "/child/personal_number");
        }
    }

    fn after_fathers_death(&self, case: &mut Case<'_>) {
        let born = self.child.birth().and_then(PartialDate::earliest);
        let before = born.and_then(|born| born.add_days(-DAYS_AFTER_DEATH));
        let father = case.person("/father");
        if father
            .zip(before)
            .is_some_and(|(father, day)| father.died_before(day))
        {
            case.warn(WarningCode::FatherDeadLong, "/child/born_on");
        }
    }
}
