//! The other counted registrations, with the least that makes them one: numbered, dated, signed, and of whom.

use super::person::{BookReference, Person, Signer};
use crate::stated::Stated;
use crate::value::{Date, Text};
use crate::wire::{codes, record};

record! {
    /// Giấy xác nhận tình trạng hôn nhân (Decree 123/2015, Art. 21–23): six months, bound to its purpose.
    pub struct MaritalStatusConfirmation "marital_status_confirmation" {
        /// Số, quyển số, trang số.
        0 book: BookReference, "Số";
        /// Ngày cấp.
        1 registered_on: Date, "Ngày cấp";
        /// When the file was received.
        2 received_on: Date, "Ngày tiếp nhận";
        /// Of whom.
        3 subject: Person, "Người được xác nhận";
        /// The wording of Circular 04/2020, Art. 33.
        4 status: Text, "Tình trạng hôn nhân";
        /// Mục đích sử dụng.
        5 purpose: Text, "Mục đích sử dụng";
        /// Người ký.
        6 signer: Stated<Signer>, "Người ký";
    }
}

codes! {
    /// Who recognises whom.
    pub enum RecognitionDirection "recognition_direction" {
        /// Cha nhận con.
        FatherRecognisesChild = 1 "father_recognises_child" "Cha nhận con",
        /// Mẹ nhận con.
        MotherRecognisesChild = 2 "mother_recognises_child" "Mẹ nhận con",
        /// Con nhận cha.
        ChildRecognisesFather = 3 "child_recognises_father" "Con nhận cha",
        /// Con nhận mẹ.
        ChildRecognisesMother = 4 "child_recognises_mother" "Con nhận mẹ",
    }
}

record! {
    /// Nhận cha, mẹ, con (Law 60/2014, Art. 24–25).
    pub struct ParentChildRecognition "parent_child_recognition" {
        /// Số, quyển số, trang số.
        0 book: BookReference, "Số đăng ký";
        /// Ngày đăng ký.
        1 registered_on: Date, "Ngày đăng ký";
        /// When the file was received.
        2 received_on: Date, "Ngày tiếp nhận";
        /// Who recognises whom.
        3 direction: RecognitionDirection, "Loại việc nhận";
        /// Cha hoặc mẹ.
        4 parent: Person, "Cha, mẹ";
        /// Con.
        5 child: Person, "Con";
        /// Người ký.
        6 signer: Stated<Signer>, "Người ký";
    }
}

record! {
    /// Đăng ký giám hộ (Law 60/2014, Art. 19–21); several guardians and wards are lawful.
    pub struct Guardianship "guardianship" {
        /// Số, quyển số, trang số.
        0 book: BookReference, "Số đăng ký";
        /// Ngày đăng ký.
        1 registered_on: Date, "Ngày đăng ký";
        /// When the file was received.
        2 received_on: Date, "Ngày tiếp nhận";
        /// Người giám hộ.
        3 guardians: Vec<Person>, "Người giám hộ";
        /// Người được giám hộ.
        4 wards: Vec<Person>, "Người được giám hộ";
        /// Lý do.
        5 reason: Text, "Lý do giám hộ";
        /// Người ký.
        6 signer: Stated<Signer>, "Người ký";
    }
}
