//! Đăng ký kết hôn: the registration of a marriage (Law 60/2014, Art. 17–18), and the divorce noted at it.

use super::person::{BookReference, Judgment, Person, Signer};
use crate::stated::Stated;
use crate::value::{Date, PartialDate, PersonName, Text};
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
    }
}

record! {
    /// The content of a marriage registration (Law 60/2014, Art. 17(2)).
    pub struct Marriage "marriage" {
        /// Số, quyển số, trang số.
        0 book: BookReference, "Số đăng ký";
        /// Ngày, tháng, năm đăng ký.
        1 registered_on: Date, "Ngày đăng ký";
        /// When the file was received; the rules of that day apply.
        2 received_on: Date, "Ngày tiếp nhận";
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
    }
}

record! {
    /// A divorce by judgment or decision, noted at the marriage (Law 60/2014, Art. 3(2)đ, 30–31).
    pub struct DivorceNoted "divorce" {
        /// When it is noted.
        0 noted_on: Date, "Ngày ghi chú";
        /// Bản án, quyết định.
        1 judgment: Judgment, "Bản án, quyết định ly hôn";
        /// Who signs for the office.
        2 signer: Stated<Signer>, "Người ký";
    }
}
