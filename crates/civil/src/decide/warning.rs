//! Warnings: lawful acts that deserve a second look. The officer acknowledges each with a reason that is signed.

use serde::Serialize;

/// Something to look at before signing. Never keeps an act from being recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// Which.
    pub code: WarningCode,
    /// The field, as a JSON pointer into the act.
    pub pointer: String,
}

macro_rules! warnings {
    ($($(#[$doc:meta])* $code:ident $name:literal $second:literal $article:literal $vi:literal $en:literal;)*) => {
        /// Every warning.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum WarningCode { $($(#[$doc])* $code,)* }

        impl WarningCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$code),*];

            /// The stable name on the wire.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$code => $name),* }
            }

            /// Whether a second person of the office must endorse the act (four eyes).
            pub const fn second_person(self) -> bool {
                match self { $(Self::$code => $second),* }
            }

            /// The article it rests on; empty for experience.
            pub const fn article(self) -> &'static str {
                match self { $(Self::$code => $article),* }
            }

            /// For the officer.
            pub const fn vietnamese(self) -> &'static str {
                match self { $(Self::$code => $vi),* }
            }

            /// For the developer.
            pub const fn english(self) -> &'static str {
                match self { $(Self::$code => $en),* }
            }
        }
    };
}

impl Serialize for WarningCode {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(self.name())
    }
}

warnings! {
    /// A field that new registrations have is left out.
    FieldLeftOut "field_left_out" false "Thông tư 04/2020/TT-BTP, Điều 29(9)" "Thiếu thông tin thường phải có; sẽ để trống trên giấy tờ." "A field that new registrations have is left out; it stays blank on papers.";
    /// The mother was younger than 14 at the birth.
    MotherVeryYoung "mother_very_young" true "" "Người mẹ dưới 14 tuổi khi sinh con; cần người thứ hai xác nhận." "The mother was under 14 at the birth; a second person must endorse.";
    /// A parent was a small child or not yet born.
    ParentAgeImpossible "parent_age_impossible" false "" "Năm sinh của cha, mẹ có thể bị sai." "The birth date of a parent is probably wrong.";
    /// Registered after the time limit, but ticked as on time.
    LateTickedOnTime "late_ticked_on_time" false "Luật Hộ tịch 60/2014/QH13, Điều 15, 33" "Đăng ký quá hạn nhưng ghi là đúng hạn." "Past the time limit, but ticked as on time.";
    /// Registered within the time limit, but ticked as late.
    OnTimeTickedLate "on_time_ticked_late" false "Luật Hộ tịch 60/2014/QH13, Điều 15, 33" "Đăng ký trong hạn nhưng ghi là quá hạn." "Within the time limit, but ticked as late.";
    /// A spouse had not reached the age of the law of that day.
    UnderMarriageAge "under_marriage_age" true "Luật Hôn nhân và gia đình, Điều 8" "Chưa đủ tuổi kết hôn theo luật tại thời điểm kết hôn; cần người thứ hai xác nhận." "Under the marriage age of the law of that day; a second person must endorse.";
    /// One of the two was not there (Art. 18(2)).
    NotBothPresent "not_both_present" false "Luật Hộ tịch 60/2014/QH13, Điều 18(2)" "Hai bên không cùng có mặt khi đăng ký kết hôn." "Both must be present at a marriage.";
    /// The personal number does not fit sex or birth year.
    NumberDoesNotFit "number_does_not_fit" false "" "Số định danh cá nhân không khớp giới tính hoặc năm sinh." "The personal number does not fit sex or birth year.";
    /// The name looks like an old encoding, or has lost its letters.
    NameLooksBroken "name_looks_broken" false "" "Họ tên có thể bị lỗi phông chữ." "The name looks like text in a legacy encoding.";
    /// It looks like a code of a list, but the list has no such code.
    CodeUnknown "code_unknown" false "" "Danh mục không có mã này; giữ theo chữ." "The list has no such code; the text is kept.";
    /// No list has the unit.
    UnitUnknown "unit_unknown" false "" "Đơn vị hành chính không có trong danh mục; giữ theo chữ." "No list has this administrative unit; the text is kept.";
    /// The unit was not valid on the day.
    UnitNotValidThatDay "unit_not_valid_that_day" false "Thông tư 04/2020/TT-BTP, Điều 30" "Đơn vị hành chính không còn hoặc chưa có vào ngày đó; giữ theo chữ." "The administrative unit was not valid on that day; the text is kept.";
    /// The thing happened after it was registered.
    OccurredAfterRegistered "occurred_after_registered" false "" "Sự kiện xảy ra sau ngày đăng ký." "It happened after it was registered.";
    /// Death before birth.
    DeathBeforeBirth "death_before_birth" false "" "Ngày chết trước ngày sinh." "Death before birth.";
    /// Offices of that level did not do this then.
    NotCompetent "not_competent" false "Luật Hộ tịch 60/2014/QH13, Điều 7; Nghị định 120/2025/NĐ-CP" "Cơ quan cấp này không có thẩm quyền đối với việc này tại ngày tiếp nhận." "An office of this level was not competent for this on the day of reception.";
    /// The rules of that day are not fully known yet.
    RuleNotKnown "rule_not_known" false "Luật Hộ tịch 03/2026/QH16" "Quy định của ngày này chưa được biết đầy đủ." "The rules of that day are not fully known yet.";
}
