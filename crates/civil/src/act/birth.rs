//! Đăng ký khai sinh: the registration of a birth (Law 60/2014, Art. 13–16).

use super::person::{BookReference, Declarant, Person, Signer};
use crate::stated::Stated;
use crate::value::{Date, PersonName, Text};
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
    }
}

record! {
    /// The content of a birth registration (Law 60/2014, Art. 14; Decree 123/2015, Art. 4(1)).
    pub struct Birth "birth" {
        /// Số, quyển số, trang số.
        0 book: BookReference, "Số đăng ký";
        /// Ngày, tháng, năm đăng ký.
        1 registered_on: Date, "Ngày đăng ký";
        /// When the file was received; the rules of that day apply.
        2 received_on: Date, "Ngày tiếp nhận";
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
    }
}
