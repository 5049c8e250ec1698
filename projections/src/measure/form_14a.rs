//! Form 14a/BTP/HTQTCT/HT/HTK of Circular 04/2016: the other matters of a commune.
//!
//! Three readings are ours: ethnicity, since 2025 a matter of the commune, has a line that the form does not have; adoptions and their ends stand under IV.2;
//! what was settled abroad and is noted here stands under IV, not with what was registered here.

use civil::kind::Kind;
use civil::value::Sex;

use super::cell::Cell;
use super::dimensions::{OTHER_PURPOSE, TO_MARRY};
use super::tally::Tally;

/// The cells, in the order of the form.
pub(super) const COLUMNS: [Cell; 16] = [
    Cell::count(
        "amendments",
        "I. Thay đổi, cải chính, bổ sung hộ tịch",
        |of| {
            among(
                of,
                &[Line::Change, Line::Correction, Line::Supplement, Line::Ethnicity],
            )
        },
    ),
    Cell::count("changes", "I.1. Thay đổi hộ tịch", |of| {
        among(of, &[Line::Change])
    }),
    Cell::count("corrections", "I.2. Cải chính hộ tịch", |of| {
        among(of, &[Line::Correction])
    }),
    Cell::count("supplements", "I.3. Bổ sung thông tin hộ tịch", |of| {
        among(of, &[Line::Supplement])
    }),
    Cell::count(
        "ethnicity_redeterminations",
        "I.4. Xác định lại dân tộc",
        |of| among(of, &[Line::Ethnicity]),
    ),
    Cell::count("recognitions", "II. Nhận cha, mẹ, con", |of| {
        among(of, &[Line::Recognition])
    }),
    Cell::count("guardianships", "III. Đăng ký giám hộ", |of| {
        among(of, &[Line::Guardianship])
    }),
    Cell::count(
        "notations",
        "IV. Ghi vào Sổ các thay đổi hộ tịch khác",
        |of| {
            among(
                of,
                &[
                    Line::Nationality,
                    Line::Adoption,
                    Line::Dissolution,
                    Line::OtherNoted,
                ],
            )
        },
    ),
    Cell::count("nationality", "IV.1. Thay đổi quốc tịch", |of| {
        among(of, &[Line::Nationality])
    }),
    Cell::count("adoptions", "IV.2. Nuôi con nuôi", |of| {
        among(of, &[Line::Adoption])
    }),
    Cell::count("dissolutions", "IV.3. Ly hôn, hủy việc kết hôn", |of| {
        among(of, &[Line::Dissolution])
    }),
    Cell::count(
        "other_notations",
        "IV.4. Các thay đổi hộ tịch khác",
        |of| among(of, &[Line::OtherNoted]),
    ),
    Cell::count(
        "confirmations_to_marry_male",
        "V.1. Cấp Giấy xác nhận tình trạng hôn nhân để kết hôn: nam",
        |of| confirmed(of, TO_MARRY, Sex::Male),
    ),
    Cell::count(
        "confirmations_to_marry_female",
        "V.1. Cấp Giấy xác nhận tình trạng hôn nhân để kết hôn: nữ",
        |of| confirmed(of, TO_MARRY, Sex::Female),
    ),
    Cell::count(
        "confirmations_other_male",
        "V.2. Cấp Giấy xác nhận tình trạng hôn nhân để sử dụng vào mục đích khác: nam",
        |of| confirmed(of, OTHER_PURPOSE, Sex::Male),
    ),
    Cell::count(
        "confirmations_other_female",
        "V.2. Cấp Giấy xác nhận tình trạng hôn nhân để sử dụng vào mục đích khác: nữ",
        |of| confirmed(of, OTHER_PURPOSE, Sex::Female),
    ),
];

/// The lines of the form, but for the confirmations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    Change,
    Correction,
    Supplement,
    Ethnicity,
    Recognition,
    Guardianship,
    Nationality,
    Adoption,
    Dissolution,
    OtherNoted,
}

impl Line {
    /// The line in which an act is counted; none for what forms 13a and 22a count.
    fn of(tally: &Tally) -> Option<Self> {
        match tally.kind {
            Kind::Adoption => Some(Self::Adoption),
            Kind::DivorceNoted | Kind::ForeignDissolution => Some(Self::Dissolution),
            Kind::JudgmentNoted => Some(Self::of_judgment(&tally.matter)),
            _ if tally.is_noted() => Some(Self::OtherNoted),
            Kind::Change => Some(Self::Change),
            Kind::Correction => Some(Self::Correction),
            Kind::Supplement => Some(Self::Supplement),
            Kind::EthnicityRedetermination => Some(Self::Ethnicity),
            Kind::ParentChildRecognition => Some(Self::Recognition),
            Kind::Guardianship => Some(Self::Guardianship),
            _ => None,
        }
    }

    fn of_judgment(matter: &str) -> Self {
        match matter {
            "adoption_ended" => Self::Adoption,
            "marriage_annulled" => Self::Dissolution,
            _ if matter.starts_with("nationality_") => Self::Nationality,
            _ => Self::OtherNoted,
        }
    }
}

fn among(of: &Tally, lines: &[Line]) -> Option<bool> {
    Line::of(of).filter(|line| lines.contains(line)).map(|_| true)
}

fn confirmed(of: &Tally, purpose: &str, sex: Sex) -> Option<bool> {
    if of.kind != Kind::MaritalStatusConfirmation {
        return None;
    }
    Some(of.purpose.as_ref()? == purpose && of.sex? == sex)
}
