//! Đăng ký khai tử: the registration of a death (Law 60/2014, Art. 32–34).

use super::person::{BookReference, Declarant, Person, Place, Signer};
use crate::stated::Stated;
use crate::value::{Date, PartialDate, PersonName, Text, TimeOfDay};
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
        1 registered_on: Date, "Ngày đăng ký";
        /// When the file was received; the rules of that day apply.
        2 received_on: Date, "Ngày tiếp nhận";
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
    }
}
