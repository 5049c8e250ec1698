//! Đăng ký giám sát việc giám hộ: the supervision of a guardianship (Civil Code 2015, Art. 51; Decree 07/2025).

use super::amendment::{Amended, Reached};
use super::guardianship::able;
use super::lawful::{Lawful, Named, says};
use super::person::{BookReference, Declarant, Person, PersonRole, Signer};
use super::shared::{Handling, Source};
use crate::decide::{Case, WarningCode};
use crate::stated::Stated;
use crate::value::{Date, PersonName, Text};
use crate::wire::record;

record! {
    /// The content of the supervision of a guardianship.
    pub struct GuardianshipSupervision "guardianship_supervision" {
        /// Số, quyển số, trang số.
        0 book: BookReference, "Số đăng ký";
        /// Ngày đăng ký.
        1 registered_on: Option<Date>, "Ngày đăng ký";
        /// When the file was received.
        2 received_on: Option<Date>, "Ngày tiếp nhận";
        /// The guardianship that is supervised.
        3 of: Option<Reached>, "Đăng ký giám hộ số, ngày";
        /// Người giám sát.
        4 supervisors: Vec<Person>, "Người giám sát việc giám hộ";
        /// Người giám hộ.
        5 guardians: Vec<Person>, "Người giám hộ";
        /// Người được giám hộ.
        6 wards: Vec<Person>, "Người được giám hộ";
        /// Lý do.
        7 reason: Option<Text>, "Lý do giám sát việc giám hộ";
        /// Người yêu cầu.
        8 declarant: Option<Declarant>, "Người yêu cầu";
        /// Người ký.
        9 signer: Stated<Signer>, "Người ký";
        /// The civil-status officer who carried it out.
        10 officer: Option<PersonName>, "Người thực hiện";
        /// Ghi chú at registration.
        11 remark: Option<Text>, "Ghi chú";
        /// How the file was handled.
        12 handling: Option<Box<Handling>>, "Hồ sơ";
        /// Where the entry of an old book was read.
        13 source: Option<Box<Source>>, "Nguồn số liệu";
    }
}

impl Lawful for GuardianshipSupervision {
    says! { book registered_on? received_on? signer declarant handling source }

    fn reaches(&self) -> Vec<&Amended> {
        self.of.iter().map(|reached| &reached.0).collect()
    }

    fn reach_at(&self, _index: usize) -> String {
        "/of".to_owned()
    }

    fn people(&self) -> Vec<Named<'_>> {
        let supervisors = Named::list(PersonRole::Supervisor, "supervisors", &self.supervisors);
        let guardians = Named::list(PersonRole::Guardian, "guardians", &self.guardians);
        let wards = Named::list(PersonRole::Ward, "wards", &self.wards);
        supervisors.chain(guardians).chain(wards).collect()
    }

    fn decide(&self, case: &mut Case<'_>) {
        if Date::new(2025, 1, 9).is_ok_and(|first| case.ruled_on() < first) {
            case.warn(WarningCode::SupervisionBefore2025, "/received_on");
        }
        able(&self.supervisors, "/supervisors", case);
    }
}
