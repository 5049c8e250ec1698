//! Records that several acts share: how a file was handled, where an entry of an old book was read, what a foreign office
//! or an earlier book says.

use super::person::{Declarant, Judgment};
use crate::id::{Digest, EntryId, OfficeId};
use crate::stated::Stated;
use crate::value::{Date, Nationality, PartialDate, Text, TimeOfDay};
use crate::wire::{codes, record};

record! {
    /// What was registered abroad and is noted or used here (Law 60/2014, Art. 48–50; Decree 123/2015, Art. 10).
    pub struct ForeignRegistration "foreign_registration" {
        /// The foreign number.
        0 number: Option<Text>, "Số đăng ký nước ngoài";
        /// The foreign day of registration.
        1 registered_on: Option<Stated<PartialDate>>, "Ngày đăng ký nước ngoài";
        /// Who registered it.
        2 authority: Stated<Text>, "Cơ quan nước ngoài đã đăng ký";
        /// In which country.
        3 country: Option<Nationality>, "Quốc gia đã đăng ký";
        /// How the paper was legalised, or why it need not be (Decree 123/2015, Art. 10).
        4 legalisation: Option<Text>, "Hợp pháp hóa lãnh sự";
    }
}

record! {
    /// An earlier registration of the same thing (Decree 123/2015, Art. 24–26). It links two entries and merges nothing.
    pub struct EarlierRegistration "earlier_registration" {
        /// Its number.
        0 number: Option<Text>, "Số đăng ký trước đây";
        /// Its volume.
        1 volume: Option<Text>, "Quyển số trước đây";
        /// Its day.
        2 registered_on: Option<PartialDate>, "Ngày đăng ký trước đây";
        /// Where.
        3 office: Option<Text>, "Nơi đăng ký trước đây";
        /// Its entry, where this ledger has it.
        4 entry: Option<EntryId>, "Mục đăng ký trước đây";
        /// That book and original are lost, and how that is known.
        5 original_lost: Option<Text>, "Bản chính và Sổ đã mất";
    }
}

codes! {
    /// How a file reached the office.
    pub enum Channel "channel" {
        /// At the counter.
        InPerson = 1 "in_person" "Trực tiếp",
        /// By post.
        Post = 2 "post" "Qua dịch vụ bưu chính",
        /// Through the portal.
        Online = 3 "online" "Trực tuyến",
        /// The officers came to the citizen.
        Mobile = 4 "mobile" "Đăng ký lưu động",
        /// The office acted without being asked.
        Proactive = 5 "proactive" "Cơ quan chủ động thực hiện",
        /// With another procedure in one file.
        Linked = 6 "linked" "Liên thông",
    }
}

codes! {
    /// Why no fee is asked for (Law 60/2014, Art. 11).
    pub enum WaiverGround "waiver_ground" {
        /// Người thuộc gia đình có công với cách mạng.
        PolicyFamily = 1 "policy_family" "Gia đình có công với cách mạng",
        /// Người thuộc hộ nghèo.
        Poor = 2 "poor" "Hộ nghèo",
        /// Người khuyết tật.
        Disabled = 3 "disabled" "Người khuyết tật",
        /// A birth registered on time.
        OnTimeBirth = 4 "on_time_birth" "Đăng ký khai sinh đúng hạn",
        /// A death registered on time.
        OnTimeDeath = 5 "on_time_death" "Đăng ký khai tử đúng hạn",
        /// A guardianship.
        Guardianship = 6 "guardianship" "Đăng ký giám hộ",
        /// A marriage of two citizens who live in the country.
        DomesticMarriage = 7 "domestic_marriage" "Kết hôn của công dân Việt Nam cư trú ở trong nước",
    }
}

record! {
    /// A fact that another office was asked to verify (Circular 04/2020, Art. 4).
    pub struct Verification "verification" {
        /// When it was asked.
        0 asked_on: Date, "Ngày gửi xác minh";
        /// Whom.
        1 of: Text, "Cơ quan được đề nghị xác minh";
        /// When the answer came.
        2 answered_on: Option<Date>, "Ngày nhận kết quả xác minh";
        /// Whether the act rests on an undertaking because no answer came in time.
        3 undertaking: Option<bool>, "Căn cứ văn bản cam đoan";
    }
}

record! {
    /// How the file was handled (hồ sơ).
    pub struct Handling "handling" {
        /// The number of the file.
        0 dossier: Option<Text>, "Mã hồ sơ";
        /// How it came.
        1 channel: Option<Channel>, "Cách nộp";
        /// At what time of the day of reception.
        2 received_at: Option<TimeOfDay>, "Giờ tiếp nhận";
        /// What was verified.
        3 verified: Option<Verification>, "Xác minh";
        /// The fee, in đồng.
        4 fee: Option<u32>, "Lệ phí (đồng)";
        /// Why none was asked for.
        5 waiver: Option<WaiverGround>, "Căn cứ miễn lệ phí";
        /// Who came in the applicant's place.
        6 proxy: Option<Declarant>, "Người được ủy quyền";
        /// What the search for the marital status found.
        7 marital_status_checked: Option<Text>, "Kết quả tra cứu tình trạng hôn nhân";
        /// First day of the public notice.
        8 posted_from: Option<Date>, "Niêm yết từ ngày";
        /// Last day of the public notice.
        9 posted_until: Option<Date>, "Niêm yết đến ngày";
        /// When the national databases were searched.
        10 looked_up_on: Option<Date>, "Ngày tra cứu";
        /// The office that took the file in for this one (Decree 120/2025, Art. 5(1)).
        11 via_office: Option<OfficeId>, "Cơ quan tiếp nhận giúp";
    }
}

codes! {
    /// Where an entry of an old book, or one of its fields, was read.
    pub enum SourceSystem "source_system" {
        /// The paper book itself.
        Book = 1 "book" "Sổ hộ tịch giấy",
        /// Digitised under Decision 1292.
        Process1292 = 2 "process_1292" "Số hóa theo Quy trình 1292",
        /// The shared civil-status software.
        Software158 = 3 "software_158" "Phần mềm đăng ký, quản lý hộ tịch dùng chung",
        /// An older programme of a province.
        Legacy = 4 "legacy" "Phần mềm cũ của địa phương",
        /// A certificate that a citizen holds.
        Certificate = 5 "certificate" "Giấy tờ hộ tịch đã cấp",
    }
}

record! {
    /// Another reading of one field: two sources that differ are both kept.
    pub struct OtherReading "other_reading" {
        /// A JSON pointer into the act.
        0 field: Text, "Trường";
        /// What the other source says.
        1 text: Text, "Nội dung";
        /// Which source.
        2 system: SourceSystem, "Nguồn";
    }
}

record! {
    /// That one field comes from another source than the rest.
    pub struct FieldSource "field_source" {
        /// A JSON pointer into the act.
        0 field: Text, "Trường";
        /// Which source.
        1 system: SourceSystem, "Nguồn";
    }
}

record! {
    /// Where an entry of an old book was read, and in what state the book is.
    pub struct Source "source" {
        /// Which source.
        0 system: SourceSystem, "Nguồn";
        /// The key of the record there.
        1 key: Option<Text>, "Khóa nguồn";
        /// SHA-256 of the image of the page.
        2 image: Option<Digest>, "Ảnh trang Sổ";
        /// Why there is no image.
        3 no_image: Option<Text>, "Lý do không có ảnh";
        /// What is damaged.
        4 damage: Option<Text>, "Tình trạng hư hỏng";
        /// The volume's number in the archive.
        5 volume_archive_id: Option<Text>, "Mã lưu trữ của quyển Sổ";
        /// As much of the day of registration as can be read.
        6 registered_in: Option<PartialDate>, "Ngày đăng ký còn đọc được";
        /// The number as the book writes it, where that is no number of a run.
        7 number_as_written: Option<Text>, "Số như ghi trong Sổ";
        /// What other sources say.
        8 readings: Vec<OtherReading>, "Số liệu khác";
        /// Fields that come from elsewhere.
        9 fields: Vec<FieldSource>, "Nguồn từng trường";
        /// How good the image is, 0 to 100.
        10 image_quality: Option<u8>, "Chất lượng ảnh";
    }
}

codes! {
    /// The wording of Circular 04/2020, Art. 33, in short.
    pub enum MaritalStatus "marital_status" {
        /// Chưa đăng ký kết hôn với ai.
        NeverMarried = 1 "never_married" "Chưa đăng ký kết hôn với ai",
        /// Đang có vợ, có chồng.
        Married = 2 "married" "Hiện tại đang có vợ/chồng",
        /// Đã ly hôn, chưa kết hôn với ai.
        Divorced = 3 "divorced" "Có đăng ký kết hôn nhưng đã ly hôn",
        /// Vợ, chồng đã chết.
        Widowed = 4 "widowed" "Có đăng ký kết hôn nhưng vợ/chồng đã chết",
        /// The marriage was annulled.
        Annulled = 5 "annulled" "Có đăng ký kết hôn nhưng việc kết hôn đã bị hủy",
        /// The ledger does not hold enough to say.
        Unknown = 6 "unknown" "Chưa xác định được tình trạng hôn nhân",
    }
}

impl Judgment {
    /// As notes and papers name it: form, number, date, authority, as far as they are stated.
    pub fn in_words(&self) -> String {
        let mut words = self
            .form
            .map_or("Bản án/Quyết định", super::JudgmentForm::vietnamese)
            .to_owned();
        if let Some(number) = &self.number {
            words.push_str(&format!(" số {number}"));
        }
        if let Some(date) = self.date {
            words.push_str(&format!(" ngày {}", date.vietnamese()));
        }
        words.push_str(&format!(" của {}", self.authority));
        words
    }

    /// The day from which it holds: that of its legal effect, else its own.
    pub fn holds_from(&self) -> Option<Date> {
        self.effective_on.or(self.date)
    }
}
