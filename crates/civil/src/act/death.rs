//! Đăng ký khai tử: the registration of a death (Law 60/2014, Art. 32–34).

use super::lawful::{Lawful, Named, says};
use super::person::{BookReference, Declarant, Judgment, Person, PersonRole, Place, Signer};
use super::shared::{EarlierRegistration, ForeignRegistration, Handling, Source};
use crate::decide::{Case, RefusalCode, WarningCode};
use crate::law::{Limit, LimitRow};
use crate::stated::Stated;
use crate::value::{Certainty, Date, PartialDate, PersonName, Text, TimeOfDay};
use crate::wire::{codes, record};

codes! {
    /// The tick on the register page that says how a death came into the book.
    pub enum DeathEntry "death_entry" {
        /// Within the time limit.
        OnTime = 1 "on_time" "Đúng hạn",
        /// After it.
        Late = 2 "late" "Quá hạn",
        /// Registered again.
        Again = 3 "again" "Đăng ký lại",
        /// Settled abroad and noted here.
        NotedFromAbroad = 4 "noted_from_abroad" "Ghi vào Sổ việc khai tử",
        /// The page of an old book has no tick.
        NotStated = 5 "not_stated" "Không ghi",
    }
}

codes! {
    /// What kind of paper proves the death (Decree 123/2015, Art. 4(2); Law 60/2014, Art. 34).
    pub enum DeathProof "death_proof" {
        /// Giấy báo tử.
        Notice = 1 "notice" "Giấy báo tử",
        /// Of an execution.
        Execution = 2 "execution" "Giấy xác nhận việc thi hành án tử hình",
        /// A court declared the person dead.
        CourtDeclaration = 3 "court_declaration"
            "Bản án, quyết định có hiệu lực của Tòa án về việc tuyên bố một người là đã chết",
        /// Of the police, or of forensic medicine.
        PoliceOrForensic = 4 "police_or_forensic"
            "Văn bản xác nhận của cơ quan công an hoặc kết quả giám định của Cơ quan giám định pháp y",
        /// Of the health authority.
        HealthOffice = 5 "health_office" "Văn bản xác định nguyên nhân chết của cơ quan y tế cấp huyện",
        /// A record of the death.
        Record = 6 "record" "Biên bản xác nhận việc chết",
        /// Of witnesses.
        Witnesses = 7 "witnesses" "Văn bản xác nhận việc chết của người làm chứng",
    }
}

record! {
    /// A paper that proves the death (Decree 123/2015, Art. 4(2)).
    pub struct DeathNotice "death_notice" {
        /// Số.
        0 number: Text, "Số giấy báo tử";
        /// By whom.
        1 issued_by: Text, "Do";
        /// When.
        2 issued_on: Option<PartialDate>, "Cấp ngày";
    }
}

record! {
    /// The content of a death registration (Decree 123/2015, Art. 4(2)).
    pub struct Death "death" {
        /// Số, quyển số, trang số.
        0 book: BookReference, "Số đăng ký";
        /// Ngày, tháng, năm đăng ký.
        1 registered_on: Option<Date>, "Ngày đăng ký";
        /// When the file was received; the rules of that day apply.
        2 received_on: Option<Date>, "Ngày tiếp nhận";
        /// How it came into the book.
        3 entry: DeathEntry, "Loại đăng ký";
        /// Người chết.
        4 deceased: Person, "Người chết";
        /// Ngày chết.
        5 died_on: Stated<PartialDate>, "Ngày chết";
        /// Giờ, phút.
        6 died_at: Option<Stated<TimeOfDay>>, "Giờ chết";
        /// Nơi chết.
        7 place: Stated<Place>, "Nơi chết";
        /// Nguyên nhân chết; sensitive.
        8 cause: Option<Stated<Text>>, "Nguyên nhân chết";
        /// Giấy báo tử.
        9 notice: Option<DeathNotice>, "Giấy báo tử";
        /// Người đi khai tử.
        10 declarant: Option<Declarant>, "Người đi khai tử";
        /// Người ký trích lục.
        11 signer: Stated<Signer>, "Người ký Trích lục khai tử";
        /// The civil-status officer who carried it out.
        12 officer: Option<PersonName>, "Người thực hiện";
        /// Ghi chú at registration.
        13 remark: Option<Text>, "Ghi chú";
        /// What was registered abroad.
        14 foreign: Option<Box<ForeignRegistration>>, "Đăng ký tại nước ngoài";
        /// The earlier registration.
        15 earlier: Option<Box<EarlierRegistration>>, "Đăng ký trước đây";
        /// What kind of paper proves it.
        16 proof: Option<DeathProof>, "Loại giấy tờ chứng minh việc chết";
        /// The judgment that declares the person dead.
        17 judgment: Option<Box<Judgment>>, "Bản án, quyết định tuyên bố chết";
        /// That the parents ask for a child that lived less than 24 hours (Civil Code 2015, Art. 30).
        18 at_parents_request: Option<bool>, "Trẻ sống dưới 24 giờ, theo yêu cầu của cha, mẹ";
        /// How the file was handled.
        19 handling: Option<Box<Handling>>, "Hồ sơ";
        /// Where the entry of an old book was read.
        20 source: Option<Box<Source>>, "Nguồn số liệu";
        /// The last residence.
        21 last_residence: Option<Place>, "Nơi cư trú cuối cùng";
    }
}

impl Lawful for Death {
    says! { book registered_on? received_on? signer foreign judgment? earlier declarant handling source }

    fn occurred_on(&self) -> Option<PartialDate> {
        self.died_on.value
    }

    fn people(&self) -> Vec<Named<'_>> {
        vec![Named::one(PersonRole::Deceased, "deceased", &self.deceased)]
    }

    fn tick(&self) -> &'static str {
        self.entry.name()
    }

    fn decide(&self, case: &mut Case<'_>) {
        let died = self.died_on.value.as_ref();
        case.place("/place", &self.place, died.and_then(PartialDate::full));
        let days = self.deceased.birth().zip(died);
        if days.is_some_and(|(born, died)| died.is_before(born) == Certainty::Definitely) {
            case.warn(WarningCode::DeathBeforeBirth, "/died_on");
        }
        if self.lived_too_short(case.ruled_on()) && self.at_parents_request != Some(true) {
            case.warn(WarningCode::Under24Hours, "/at_parents_request");
        }
        if self.proof == Some(DeathProof::CourtDeclaration) && self.judgment.is_none() {
            case.refuse_new(RefusalCode::JudgmentMissing, "/judgment");
        }
    }
}

impl Death {
    /// Whether the child certainly did not live as long as the law of that day asks (Civil Code 2015, Art. 30). No form says the hour
    /// of birth: it may have lived from the first minute of that day to the hour of death, where that is stated, else to the last.
    fn lived_too_short(&self, ruled_on: Date) -> bool {
        let days = self.deceased.birth().zip(self.died_on.value.as_ref());
        let days = days.and_then(|(born, died)| Some(born.full()?.days_between(died.full()?)));
        let hours = Limit::Lived.on(ruled_on).and_then(LimitRow::hours);
        let until = self
            .died_at
            .as_ref()
            .and_then(|at| at.value)
            .map_or(DAY - 1, TimeOfDay::minutes);
        let known = days.filter(|days| *days >= 0).zip(hours);
        known.is_some_and(|(days, hours)| days * DAY + until < hours * 60)
    }
}

/// Minutes.
const DAY: i64 = 24 * 60;
