//! Lawful and formal refusals: each has a code, an article where the law gives one, and text in two languages.

use serde::Serialize;

use super::warning::{Warning, WarningCode};

/// A field or rule that keeps an act from being recorded as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// Which.
    pub code: RefusalCode,
    /// The field of the act, as a JSON pointer; empty for the act as a whole.
    pub pointer: String,
    /// A number that helps, for instance the next free one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<u64>,
    /// The warning that was not acknowledged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warning: Option<WarningCode>,
}

impl Refusal {
    /// Of the act as a whole.
    pub fn new(code: RefusalCode) -> Self {
        Self::at(code, "")
    }

    /// At a field.
    pub fn at(code: RefusalCode, pointer: impl Into<String>) -> Self {
        Self {
            code,
            pointer: pointer.into(),
            expected: None,
            warning: None,
        }
    }

    /// A warning that was not acknowledged, at its field.
    pub fn unacknowledged(warning: &Warning) -> Self {
        Self {
            warning: Some(warning.code),
            ..Self::at(RefusalCode::WarningNotAcknowledged, warning.pointer.clone())
        }
    }

    /// With a number that helps.
    pub fn expecting(self, expected: u64) -> Self {
        Self {
            expected: Some(expected),
            ..self
        }
    }
}

macro_rules! refusals {
    ($($(#[$doc:meta])* $code:ident $name:literal $(or $warning:ident)? $article:literal $vi:literal $en:literal;)*) => {
        /// Every reason to refuse, in order of precedence.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum RefusalCode { $($(#[$doc])* $code,)* }

        impl RefusalCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$code),*];

            /// The stable name on the wire.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$code => $name),* }
            }

            /// The article it rests on; empty for rules of the format.
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

            /// The warning of the same name that takes its place where an entry of an old book is taken over: nothing of a
            /// book can be sent back.
            pub const fn in_old_books(self) -> Option<WarningCode> {
                match self { $(Self::$code => refusals!(@ $($warning)?)),* }
            }
        }
    };
    (@) => { None };
    (@ $warning:ident) => { Some(WarningCode::$warning) };
}

impl Serialize for RefusalCode {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(self.name())
    }
}

refusals! {
    /// The ledger has no such office.
    OfficeUnknown "office_unknown" "" "Không có cơ quan này trong sổ cái." "The ledger has no such office.";
    /// The office did not work on the day of registration.
    OfficeNotOpen "office_not_open" "" "Cơ quan không hoạt động vào ngày đăng ký." "The office was not open on the day of registration.";
    /// The act is dated after today.
    RegisteredInFuture "registered_in_future" "" "Ngày đăng ký ở tương lai." "The day of registration lies in the future.";
    /// The file was received after it was registered.
    ReceivedAfterRegistered "received_after_registered" "" "Ngày tiếp nhận sau ngày đăng ký." "The file was received after it was registered.";
    /// The number belongs to another year than the registration.
    NumberOfAnotherYear "number_of_another_year" "Thông tư 04/2020/TT-BTP, Điều 29(3)" "Số đăng ký không thuộc năm đăng ký." "The number belongs to another year than the registration.";
    /// The number was given already.
    NumberTaken "number_taken" "Thông tư 04/2020/TT-BTP, Điều 29(3)" "Số đăng ký đã được sử dụng." "The number was given already.";
    /// The number would leave a gap.
    NumberSkips "number_skips" "Thông tư 04/2020/TT-BTP, Điều 29(3)" "Số đăng ký không liên tục." "The number would leave a gap.";
    /// There is no such entry.
    EntryUnknown "entry_unknown" "" "Không có mục đăng ký này." "There is no such entry.";
    /// What the entry said was lawfully erased: nothing can be issued of it, and nothing in it changed.
    ContentErased "content_erased" "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, Điều 14" "Nội dung của mục đăng ký đã được xóa theo quyết định của cơ quan có thẩm quyền." "What the entry said was lawfully erased.";
    /// The entry is of another kind than the act says or needs.
    EntryOfAnotherKind "entry_of_another_kind" "" "Mục đăng ký thuộc loại việc khác." "The entry is of another kind.";
    /// The same entry is amended twice in one act.
    EntryTwice "entry_twice" "" "Một mục đăng ký được nêu hai lần." "The act names one entry twice.";
    /// The same field, or a field and a part of it, is changed twice in one act.
    FieldTwice "field_twice" "" "Một trường được nêu hai lần." "The act names one field twice, or a field and a part of it.";
    /// The entry does not say what the act says it says.
    FromDiffers "from_differs" "" "Giá trị hiện tại trong mục đăng ký khác với giá trị “từ”." "The entry says something else than “from”.";
    /// From and to are equal.
    NothingChanges "nothing_changes" "" "Không có gì thay đổi." "From and to are equal.";
    /// A supplement may only add what is missing.
    SupplementOfPresent "supplement_of_present" "Luật Hộ tịch 60/2014/QH13, Điều 4(13)" "Bổ sung chỉ dành cho thông tin còn thiếu." "A supplement only adds what is missing.";
    /// A correction needs something wrong to correct.
    CorrectionOfAbsent "correction_of_absent" "Luật Hộ tịch 60/2014/QH13, Điều 4(12)" "Không có thông tin để cải chính; dùng bổ sung." "There is nothing to correct; file a supplement.";
    /// A re-determination of ethnicity changes ethnicity alone.
    OnlyEthnicity "only_ethnicity" "Luật Hộ tịch 60/2014/QH13, Điều 4(11)" "Xác định lại dân tộc chỉ thay đổi dân tộc." "A re-determination of ethnicity changes ethnicity alone.";
    /// The changed record would not be one of its kind.
    ChangeDoesNotFit "change_does_not_fit" "" "Nội dung mới không phù hợp với mục đăng ký." "The record as changed does not fit its schema.";
    /// A divorce is noted already.
    AlreadyDivorced "already_divorced" "Luật Hộ tịch 60/2014/QH13, Điều 3(2)đ" "Đã ghi chú ly hôn." "A divorce is noted already.";
    /// Only the office that keeps the book writes into it.
    NotKeeper "not_keeper" "Nghị định 123/2015/NĐ-CP, Điều 13" "Chỉ cơ quan đang lưu giữ Sổ được ghi vào Sổ." "Only the office that keeps the book writes into it.";
    /// The entry has no note of that event.
    NoSuchNote "no_such_note" "" "Mục đăng ký không có ghi chú của sự kiện này." "The entry has no note of that event.";
    /// The note was written already.
    NoteAlreadyEntered "note_already_entered" "" "Ghi chú này đã được ghi vào Sổ." "The note was entered already.";
    /// An authority asks in writing and with a reason.
    ReasonMissing "reason_missing" "Luật Hộ tịch 60/2014/QH13, Điều 64" "Cơ quan, tổ chức phải nêu lý do." "An authority must give its reason.";
    /// The hash is not that of the content that follows from the entry.
    ContentDiffers "content_differs" "" "Giá trị băm không khớp nội dung trích lục." "The hash is not that of the content that follows from the entry.";
    /// The entry, or the day, has no such paper.
    PaperDoesNotFit "paper_does_not_fit" "Luật Hộ tịch 60/2014/QH13, Điều 4(9), 62; Thông tư 04/2020/TT-BTP, Phụ lục" "Mục đăng ký không có loại giấy tờ này, hoặc không có mẫu bản chính, bản sao đó." "The entry has no such paper, or the paper no such form.";
    /// Another template words that paper on that day.
    TemplateNotInForce "template_not_in_force" "Thông tư 04/2020/TT-BTP, Điều 27, 28" "Mẫu giấy tờ này không có hiệu lực vào ngày cấp." "The template is not the one in force for that paper on that day.";
    /// The sheet does not say who issues it.
    HeaderMissing "header_missing" "Thông tư 04/2020/TT-BTP, Phụ lục" "Thiếu tên cơ quan cấp ở đầu giấy tờ." "The sheet does not say who issues it.";
    /// The original was handed out already.
    OriginalIssued "original_issued" "Luật Hộ tịch 60/2014/QH13, Điều 4(9), 62" "Bản chính đã được cấp khi đăng ký; chỉ cấp bản sao." "The original was handed out with the registration; only copies are issued.";
    /// The original is issued by the office that has the book.
    OriginalElsewhere "original_elsewhere" "Luật Hộ tịch 60/2014/QH13, Điều 4(9), 62" "Bản chính do cơ quan đăng ký cấp; nơi khác cấp bản sao." "The original is issued by the office of the registration; others issue copies.";
    /// The original carries the number of its registration.
    OriginalNumbered "original_numbered" "Thông tư 04/2020/TT-BTP, Điều 29(4)" "Bản chính mang số đăng ký, không lấy số trong Sổ cấp bản sao." "The original carries the number of the registration and takes none among the copies.";
    /// The paper does not say what makes the requester entitled.
    EntitlementMissing "entitlement_missing" "Luật Hộ tịch 60/2014/QH13, Điều 63, 64" "Thiếu căn cứ quyền yêu cầu cấp giấy tờ." "What makes the requester entitled is not stated.";
    /// Such people do not ask in that standing.
    EntitlementDoesNotFit "entitlement_does_not_fit" "Luật Hộ tịch 60/2014/QH13, Điều 63, 64" "Căn cứ không phù hợp với tư cách người yêu cầu." "The ground does not fit the standing of the requester.";
    /// What the law seals is not told to everybody who may have the paper.
    ContentIsSealed "content_is_sealed" "Luật Nuôi con nuôi 52/2010/QH12, Điều 11" "Thông tin về việc nuôi con nuôi chỉ được cung cấp cho người có quyền, có căn cứ." "An adoption is told only to those whom the law lets know, and with its ground.";
    /// The event that is named as a paper's issued none, or one of another entry or office.
    PaperNotIssued "paper_not_issued" "Luật Hộ tịch 60/2014/QH13, Điều 12(2)" "Sự kiện này không cấp giấy tờ của mục đăng ký hoặc cơ quan này." "That event issued no paper of this entry or office.";
    /// The number of the office is in use.
    OfficeExists "office_exists" "" "Mã cơ quan đã được sử dụng." "The office number is in use.";
    /// The office closed already.
    OfficeAlreadySucceeded "office_already_succeeded" "" "Cơ quan đã được chuyển giao." "The office was succeeded already.";
    /// An office cannot succeed itself, directly or in a circle.
    SuccessorNotOpen "successor_not_open" "" "Cơ quan tiếp nhận không hoạt động vào ngày chuyển giao." "The successor is not open on that day.";
    /// The key does not parse, or is weak.
    BadKey "bad_key" "" "Khóa công khai không hợp lệ." "The public key is not one that the format takes.";
    /// The key was granted before; a key belongs to one office for ever.
    KeyExists "key_exists" "" "Khóa đã được cấp trước đó." "The key was granted before.";
    /// There is no such key, or it is revoked.
    KeyNotGranted "key_not_granted" "" "Khóa chưa được cấp hoặc đã thu hồi." "The key is not granted or was revoked.";
    /// A certificate that is made for something else, or for other days.
    CertificateDoesNotFit "certificate_does_not_fit" "Luật Giao dịch điện tử 20/2023/QH15" "Chứng thư số không dùng cho mục đích hoặc thời gian này." "The certificate is made for something else, or for other days.";
    /// No root of this ledger issued the certificate.
    SealWithoutRoot "seal_without_root" "Luật Giao dịch điện tử 20/2023/QH15" "Chứng thư số không do chứng thư gốc nào trong sổ cái cấp." "No root that was granted here issued the certificate.";
    /// A role of the administration outside it, or the reverse.
    RoleOfAnotherOffice "role_of_another_office" "" "Vai trò không phù hợp với cơ quan." "The role does not belong to that office.";
    /// The body of that event may not be erased, or is erased already.
    NotErasable "not_erasable" "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, Điều 14" "Nội dung của sự kiện này không được xóa, hoặc đã được xóa; các vị trí phải theo thứ tự tăng dần." "The body of that event may not be erased, or is erased already; positions ascend.";
    /// A ledger is founded once.
    AlreadyFounded "already_founded" "" "Sổ cái đã được lập." "The ledger is founded already.";
    /// A new act does not say the day on which it is registered.
    DayMissing "day_missing" or DayMissing "Thông tư 04/2020/TT-BTP, Điều 29" "Thiếu ngày đăng ký." "The day of registration is not stated.";
    /// The book of the year is closed: only notes are written in it.
    BookIsClosed "book_is_closed" or BookIsClosed "Luật Hộ tịch 60/2014/QH13, Điều 58(2); Nghị định 123/2015/NĐ-CP, Điều 11" "Sổ của năm đã khóa; chỉ được ghi chú." "The book of the year is closed; only notes are written in it.";
    /// The totals of a closing are not those of the ledger.
    BookTotalsDiffer "book_totals_differ" "Luật Hộ tịch 60/2014/QH13, Điều 58(2)" "Số liệu khóa Sổ khác với sổ cái." "The totals are not those of the ledger.";
    /// The volume was opened already, or is not the next.
    BookOpenedAlready "book_opened_already" "Thông tư 04/2020/TT-BTP, Điều 36" "Quyển Sổ này đã được mở hoặc không phải quyển tiếp theo." "The volume was opened already, or is not the next.";
    /// The run would go on below a number that was given.
    ContinuesBelow "continues_below" "Thông tư 04/2020/TT-BTP, Điều 29(3)" "Số cuối của Sổ trước nhỏ hơn số đã cấp." "The run would go on below a number that was given.";
    /// The signer is a party, or the one who asks.
    OwnCase "own_case" "Luật Hộ tịch 60/2014/QH13, Điều 12(1)h" "Người ký là người có liên quan trong việc này." "The signer is a party to the act.";
    /// The person is dead, and the act needs a living one.
    PersonLocked "person_locked" or PersonLocked "Luật Hộ tịch 60/2014/QH13, Điều 34(2), 52(3)" "Người này đã được đăng ký khai tử." "The person is dead; the act needs a living one.";
    /// The death of that person is registered already.
    AlreadyDead "already_dead" or AlreadyDead "Luật Hộ tịch 60/2014/QH13, Điều 5(4)" "Việc chết của người này đã được đăng ký." "The death of that person is registered already.";
    /// The act may not reach an entry of that kind, or not change that field of it.
    ReachNotAllowed "reach_not_allowed" "Luật Hộ tịch 60/2014/QH13, Điều 3; Thông tư 04/2020/TT-BTP, Điều 29(6), 29(7)" "Việc này không được ghi vào mục đăng ký đó, hoặc không được thay đổi trường đó." "The act may not reach an entry of that kind, or not change that field.";
    /// What is to end has ended, or was never there.
    NotThereToEnd "not_there_to_end" or NotThereToEnd "Luật Hộ tịch 60/2014/QH13, Điều 22, 30" "Việc này đã chấm dứt hoặc chưa được ghi." "What is to end has ended, or was never noted.";
    /// The act rests on a judgment and names none.
    JudgmentMissing "judgment_missing" or JudgmentMissing "Luật Hộ tịch 60/2014/QH13, Điều 30" "Thiếu bản án, quyết định." "The judgment on which it rests is missing.";
    /// What was settled abroad does not say where and by whom.
    ForeignBlockMissing "foreign_block_missing" or ForeignBlockMissing "Luật Hộ tịch 60/2014/QH13, Điều 48–50" "Thiếu thông tin đăng ký tại nước ngoài." "What was registered abroad is missing.";
    /// A written refusal is signed by the head of the office.
    OnlyTheHeadRefuses "only_the_head_refuses" "Luật Hộ tịch 60/2014/QH13, Điều 5(2)" "Văn bản từ chối do người đứng đầu ký." "A written refusal is signed by the head of the office.";
    /// The signer's appointment ended, or is for other units.
    JurisdictionOfAnother "jurisdiction_of_another" "" "Người ký không còn nhiệm vụ hoặc không phụ trách địa bàn này." "The signer's appointment ended, or is for other units.";
    /// The entry names no such person.
    NoSuchPerson "no_such_person" "" "Mục đăng ký không có người này." "The entry names no such person.";
    /// Books are entrusted by an office that has none, or to one that is not open.
    CustodyOfAnother "custody_of_another" "" "Cơ quan giao hoặc nhận Sổ không phù hợp." "Books are entrusted by an office that has none, or to one that is not open.";
    /// A split names one office twice.
    SameOfficeTwice "same_office_twice" "" "Một cơ quan được nêu hai lần." "The act names one office twice.";
    /// A book is opened or closed in another lane than that of its numbers.
    BookOfAnotherLane "book_of_another_lane" "Thông tư 04/2020/TT-BTP, Điều 29(3)" "Sổ được mở, khóa ở luồng khác với luồng cấp số." "The book is opened and closed in the lane of its numbers.";
    /// There is no such appointment, or it is of another office or ended.
    AppointmentUnknown "appointment_unknown" "Luật Hộ tịch 60/2014/QH13, Điều 72" "Không có quyết định bổ nhiệm này tại cơ quan, hoặc đã thôi nhiệm vụ." "There is no such appointment to the office, or it ended.";
    /// Books are entrusted from a year to an earlier one.
    YearsReversed "years_reversed" "" "Năm cuối trước năm đầu." "The last year is before the first.";
    /// The books of a year are closed before its last day.
    YearNotEnded "year_not_ended" "Luật Hộ tịch 60/2014/QH13, Điều 58(2)" "Không khóa Sổ của năm trước ngày cuối cùng của năm." "The books of a year are not closed before its last day.";
    /// The streams had not reached what a list of their heads says.
    HeadsDiffer "heads_differ" "" "Bản kê đầu chuỗi không đúng với sổ cái." "The streams had not reached what the list says.";
    /// A warning was not acknowledged with a reason.
    WarningNotAcknowledged "warning_not_acknowledged" "" "Cảnh báo chưa được xác nhận kèm lý do." "A warning was not acknowledged with a reason.";
    /// Whoever signed endorses too, with the same key or with another.
    EndorsedBySigner "endorsed_by_signer" "" "Người xác nhận thứ hai phải là người khác với người ký." "The second person must be another than the signer.";
    /// The kind or a warning asks for a second person.
    SecondPersonMissing "second_person_missing" "" "Cần người thứ hai xác nhận." "A second person of the office must endorse the act.";
}
