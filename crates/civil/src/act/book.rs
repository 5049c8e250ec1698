//! Mở Sổ và khóa Sổ: the paper book is opened, continued in another volume, and closed with its totals.
//!
//! The type of book is the field `book_type`: in the other acts `book` is the place that the act itself takes in one.

use super::lawful::{Lawful, says};
use super::person::Signer;
use crate::kind::BookType;
use crate::stated::Stated;
use crate::value::{Date, PersonName, Text};
use crate::wire::record;

record! {
    /// A volume is opened (Circular 04/2020, Art. 29, 36).
    pub struct BookOpened "book_opened" {
        /// Of which type.
        0 book_type: BookType, "Loại Sổ";
        /// Of which year.
        1 year: u16, "Năm";
        /// What is written on it.
        2 volume: Text, "Quyển số";
        /// When.
        3 opened_on: Date, "Ngày mở Sổ";
        /// The last number of the paper book or volume before it: the run goes on from there.
        4 continues_from: Option<u32>, "Số cuối của Sổ giấy, quyển trước";
        /// The first volume of the year is 1.
        5 ordinal: u16, "Quyển thứ";
        /// Who signs for the office.
        6 signer: Stated<Signer>, "Người ký";
        /// The civil-status officer who keeps it.
        7 officer: Option<PersonName>, "Người thực hiện";
    }
}

impl Lawful for BookOpened {
    says! { signer }

    fn registered_on(&self) -> Option<Date> {
        Some(self.opened_on)
    }
}

record! {
    /// A volume, or the whole year, is closed with its totals (Law 60/2014, Art. 58(2); Decree 123/2015, Art. 11).
    pub struct BookClosed "book_closed" {
        /// Of which type.
        0 book_type: BookType, "Loại Sổ";
        /// Of which year.
        1 year: u16, "Năm";
        /// Which volume.
        2 volume: Option<Text>, "Quyển số";
        /// When.
        3 closed_on: Date, "Ngày khóa Sổ";
        /// The first number in it.
        4 first_number: Option<u32>, "Từ số";
        /// The last number in it.
        5 last_number: Option<u32>, "Đến số";
        /// How many acts stand in it.
        6 events: u32, "Tổng số sự kiện hộ tịch";
        /// How many pages are written.
        7 pages: Option<u32>, "Số trang đã ghi";
        /// How many are blank.
        8 blank_pages: Option<u32>, "Số trang bỏ trống";
        /// How many entries were struck out and corrected.
        9 errors: Option<u32>, "Số sự kiện ghi sai sót";
        /// Whether it closes the year: after that only notes are written.
        10 closes_year: bool, "Khóa Sổ của năm";
        /// Who signs for the office.
        11 signer: Stated<Signer>, "Người ký";
        /// The civil-status officer who keeps it.
        12 officer: Option<PersonName>, "Người thực hiện";
        /// Ghi chú.
        13 remark: Option<Text>, "Ghi chú";
    }
}

impl Lawful for BookClosed {
    says! { signer }

    fn registered_on(&self) -> Option<Date> {
        Some(self.closed_on)
    }
}
