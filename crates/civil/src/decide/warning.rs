//! Warnings: lawful acts that deserve a second look. The officer acknowledges each with a reason that is signed.

use serde::Serialize;

use crate::act::PersonRef;
use crate::law;
use crate::person::Kinship;
use crate::value::Date;

/// Something to look at before signing. Never keeps an act from being recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// Which.
    pub code: WarningCode,
    /// The field, as a JSON pointer into the act.
    pub pointer: String,
    /// The relation that was found, where it warns of one.
    pub relation: Option<Kinship>,
    /// The places in the ledger from which it follows, where it follows from some.
    pub found: Vec<PersonRef>,
}

macro_rules! warnings {
    ($($(#[$doc:meta])* $code:ident $name:literal $second:literal $(since $since:ident)? $article:literal $vi:literal $en:literal;)*) => {
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

            /// The day from which acts are asked for its acknowledgement; none for those of the first release. An act that was
            /// recorded before is never refused for a warning that nobody could have acknowledged.
            pub fn since(self) -> Option<Date> {
                match self { $(Self::$code => warnings!(@ $($since)?)),* }
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
    (@) => { None };
    (@ $since:ident) => { law::$since() };
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
    /// An old book does not say the day of registration.
    DayMissing "day_missing" false since second_release "Thông tư 04/2020/TT-BTP, Điều 29" "Sổ không ghi ngày đăng ký." "The book does not say the day of registration.";
    /// The book of the year is closed.
    BookIsClosed "book_is_closed" false since second_release "Luật Hộ tịch 60/2014/QH13, Điều 58(2); Nghị định 123/2015/NĐ-CP, Điều 11" "Sổ của năm đã khóa." "The book of the year is closed.";
    /// The person is dead.
    PersonLocked "person_locked" false since second_release "Luật Hộ tịch 60/2014/QH13, Điều 34(2), 52(3)" "Người này đã được đăng ký khai tử." "The person is dead.";
    /// The death of that person is registered already.
    AlreadyDead "already_dead" false since second_release "Luật Hộ tịch 60/2014/QH13, Điều 5(4)" "Việc chết của người này đã được đăng ký." "The death of that person is registered already.";
    /// What is to end has ended, or was never there.
    NotThereToEnd "not_there_to_end" false since second_release "Luật Hộ tịch 60/2014/QH13, Điều 22, 30" "Việc này đã chấm dứt hoặc chưa được ghi." "What is to end has ended, or was never noted.";
    /// The act rests on a judgment and names none.
    JudgmentMissing "judgment_missing" false since second_release "Luật Hộ tịch 60/2014/QH13, Điều 30" "Thiếu bản án, quyết định." "The judgment on which it rests is missing.";
    /// What was settled abroad does not say where and by whom.
    ForeignBlockMissing "foreign_block_missing" false since second_release "Luật Hộ tịch 60/2014/QH13, Điều 48–50" "Thiếu thông tin đăng ký tại nước ngoài." "What was registered abroad is missing.";
    /// A spouse's marriage is in force on the day.
    AlreadyMarried "already_married" true since second_release "Luật Hôn nhân và gia đình 52/2014/QH13, Điều 5(2)c" "Người này đang có vợ hoặc chồng; cần người thứ hai xác nhận." "A marriage of this person is in force; a second person must endorse.";
    /// The two are of one direct line, within three generations, or tied by adoption.
    ProhibitedRelation "prohibited_relation" true since second_release "Luật Hôn nhân và gia đình 52/2014/QH13, Điều 5(2)d" "Hai người có quan hệ mà luật cấm kết hôn; cần người thứ hai xác nhận." "The two are of a relation in which the law forbids marriage; a second person must endorse.";
    /// A parent, child, spouse or sibling of the signer is a party.
    RelativeOfOfficer "relative_of_officer" true since second_release "Luật Hộ tịch 60/2014/QH13, Điều 12(1)h" "Người ký là người thân thích; cần người thứ hai xác nhận." "The signer is a relative; a second person must endorse.";
    /// A party has the signer's name and birth date and is not linked.
    MayBeOwnCase "may_be_own_case" true since second_release "Luật Hộ tịch 60/2014/QH13, Điều 12(1)h" "Người trong việc này trùng họ tên, ngày sinh với người ký; cần người thứ hai xác nhận." "A party has the signer's name and birth date; a second person must endorse.";
    /// The status that is confirmed is not that of the ledger, or does not say from what it follows.
    StatusDiffers "status_differs" false since second_release "Nghị định 123/2015/NĐ-CP, Điều 22" "Tình trạng hôn nhân khác với sổ cái." "The marital status is not that of the ledger.";
    /// An earlier confirmation is still valid and was not handed back.
    ConfirmationStillValid "confirmation_still_valid" false since second_release "Nghị định 123/2015/NĐ-CP, Điều 23" "Giấy xác nhận trước còn giá trị." "An earlier confirmation is still valid.";
    /// A confirmation for a marriage does not name the partner.
    PurposePartnerMissing "purpose_partner_missing" false since second_release "Nghị định 123/2015/NĐ-CP, Điều 22" "Thiếu người dự định kết hôn." "The partner is missing.";
    /// Registered again without an earlier registration, or with one that only asks for a copy.
    AgainWithoutEarlier "again_without_earlier" false since second_release "Nghị định 123/2015/NĐ-CP, Điều 24–26" "Đăng ký lại nhưng thiếu hoặc không phù hợp thông tin đăng ký trước đây." "Registered again without a fitting earlier registration.";
    /// A birth or marriage of the dead is registered again.
    PersonNotAliveForAgain "person_not_alive_for_again" false since second_release "Nghị định 123/2015/NĐ-CP, Điều 24(3)" "Chỉ đăng ký lại khi người yêu cầu còn sống." "A birth or marriage is registered again for the living.";
    /// The public notice was too short.
    PostingShort "posting_short" false since second_release "Nghị định 123/2015/NĐ-CP, Điều 14; Luật Hộ tịch 60/2014/QH13, Điều 44" "Thời gian niêm yết chưa đủ." "The public notice was too short.";
    /// The child lived less than 24 hours and the parents did not ask.
    Under24Hours "under_24_hours" false since second_release "Bộ luật Dân sự 91/2015/QH13, Điều 30" "Trẻ sống dưới 24 giờ chỉ đăng ký khi cha, mẹ yêu cầu." "A child that lived less than 24 hours is registered when the parents ask.";
    /// A consent is missing.
    ConsentMissing "consent_missing" false since second_release "Nghị định 123/2015/NĐ-CP, Điều 7" "Thiếu sự đồng ý của cha, mẹ hoặc của người từ đủ 9 tuổi." "A consent is missing.";
    /// Ethnicity is determined anew from 15 to 18 without consent.
    EthnicityAge "ethnicity_age" false since second_release "Bộ luật Dân sự 91/2015/QH13, Điều 29" "Xác định lại dân tộc cho người từ đủ 15 đến dưới 18 tuổi cần người đó đồng ý." "From 15 to 18 the person must consent.";
    /// The sex of the parent does not fit the direction.
    RecognitionSexDiffers "recognition_sex_differs" false since second_release "" "Giới tính của cha, mẹ không phù hợp với loại việc nhận." "The sex of the parent does not fit the direction.";
    /// The birth entry names such a parent already.
    ParentAlreadyStated "parent_already_stated" true since second_release "Luật Hộ tịch 60/2014/QH13, Điều 24, 25" "Mục khai sinh đã có cha hoặc mẹ; cần người thứ hai xác nhận." "The birth entry names such a parent already; a second person must endorse.";
    /// A recognition by proxy.
    BothPartiesAbsent "both_parties_absent" false since second_release "Luật Hộ tịch 60/2014/QH13, Điều 25(2)" "Các bên phải có mặt khi đăng ký nhận cha, mẹ, con." "The parties must be present.";
    /// The guardian is under age, dead, or under a declaration.
    GuardianLacksCapacity "guardian_lacks_capacity" false since second_release "Bộ luật Dân sự 91/2015/QH13, Điều 49" "Người giám hộ không đủ điều kiện." "The guardian lacks capacity.";
    /// A supervision registered before there was such a registration.
    SupervisionBefore2025 "supervision_before_2025" false since second_release "Nghị định 07/2025/NĐ-CP" "Trước ngày 09/01/2025 chưa có đăng ký giám sát việc giám hộ." "There was no such registration before 2025-01-09.";
    /// The judgment is noted late and nobody brought it.
    JudgmentLate "judgment_late" false since second_release "Luật Hộ tịch 60/2014/QH13, Điều 30" "Bản án, quyết định được ghi quá thời hạn." "The judgment is noted late.";
    /// The foreign paper is not legalised.
    LegalisationMissing "legalisation_missing" false since second_release "Nghị định 123/2015/NĐ-CP, Điều 10" "Giấy tờ nước ngoài chưa được hợp pháp hóa lãnh sự." "The foreign paper is not legalised.";
    /// An undertaking before the time for the answer has passed.
    UndertakingEarly "undertaking_early" false since second_release "Thông tư 04/2020/TT-BTP, Điều 4" "Chưa hết thời hạn xác minh đã căn cứ văn bản cam đoan." "An undertaking before the time for the answer has passed.";
    /// A declaration of death is revoked and the spouse has married again.
    SpouseRemarried "spouse_remarried" true since second_release "Luật Hôn nhân và gia đình 52/2014/QH13, Điều 67" "Vợ hoặc chồng của người này đã kết hôn với người khác; cần người thứ hai xác nhận." "The spouse has married again; a second person must endorse.";
    /// A copy, amendment or note at an entry whose registration fell.
    EntryRevoked "entry_revoked" true since second_release "Luật Hộ tịch 60/2014/QH13, Điều 12(2)" "Việc đăng ký này đã bị hủy; cần người thứ hai xác nhận." "The registration was revoked; a second person must endorse.";
    /// A volume with entries taken over from paper is closed with another count.
    TotalsByHand "totals_by_hand" false since second_release "Luật Hộ tịch 60/2014/QH13, Điều 58(2)" "Số liệu khóa Sổ tính cả mục số hóa." "The totals count entries taken over from paper.";
    /// A book is closed after 5 January.
    ClosedLate "closed_late" false since second_release "Nghị định 123/2015/NĐ-CP, Điều 11" "Khóa Sổ quá thời hạn." "The book is closed late.";
    /// A notice goes to the keeper of a split office for whose books nobody decided.
    CustodyUndecided "custody_undecided" false since second_release "" "Chưa xác định cơ quan lưu giữ Sổ sau chia tách." "Nobody decided yet who keeps the books after the split.";
    /// It may be registered already.
    PossibleDuplicate "possible_duplicate" false since second_release "Luật Hộ tịch 60/2014/QH13, Điều 5(4)" "Có thể đã đăng ký trước đó." "It may be registered already.";
    /// A new name has a digit or a sign that is no letter.
    NameHasDigits "name_has_digits" false since second_release "Bộ luật Dân sự 91/2015/QH13, Điều 26(3)" "Họ tên có chữ số hoặc ký tự không phải là chữ." "The name has a digit or a sign.";
    /// The father was younger than 12 at the birth.
    FatherVeryYoung "father_very_young" false since second_release "" "Người cha dưới 12 tuổi khi sinh con." "The father was under 12 at the birth.";
    /// Born more than 300 days after the father's death.
    FatherDeadLong "father_dead_long" false since second_release "" "Sinh sau khi cha chết hơn 300 ngày." "Born more than 300 days after the father's death.";
    /// Born after their own marriage.
    BornAfterOwnMarriage "born_after_own_marriage" false since second_release "" "Ngày sinh sau ngày kết hôn của chính mình." "Born after their own marriage.";
    /// The personal number stands at another person.
    NumberOnTwoPeople "number_on_two_people" false since second_release "" "Số định danh cá nhân đã ghi cho người khác." "The personal number stands at another person.";
    /// The date looks like a filler, 1900-01-01 for instance.
    DateSuspicious "date_suspicious" false since second_release "" "Ngày có thể chỉ là ngày điền tạm." "The date looks like a filler.";
    /// The spouses' ages lie unusually far apart.
    SpousesAgeGap "spouses_age_gap" false since second_release "" "Chênh lệch tuổi giữa vợ và chồng bất thường." "The spouses' ages lie unusually far apart.";
    /// The name is in capitals without marks.
    NameInCapitals "name_in_capitals" false since second_release "" "Họ tên viết hoa không dấu." "The name is in capitals without marks.";
    /// An entry of an old book has neither an image nor a reason why not.
    ImageMissing "image_missing" true since second_release "" "Không có ảnh trang Sổ và không nêu lý do; cần người thứ hai xác nhận." "There is neither an image nor a reason for its absence; a second person must endorse.";
    /// Two sources read differently.
    ReadingDiffers "reading_differs" false since second_release "" "Các nguồn ghi khác nhau." "The sources differ.";
    /// The number belongs to another year than the volume.
    NumberOfAnotherVolume "number_of_another_volume" false since second_release "" "Năm của số đăng ký khác năm của quyển Sổ." "The number belongs to another year than the volume.";
    /// The number of an old book repeats.
    NumberRepeats "number_repeats" false since second_release "" "Số đăng ký lặp lại trong quyển Sổ." "The number repeats in the book.";
    /// The ledger knows the personal number as that of somebody who is dead.
    NumberOfDeceased "number_of_deceased" false since second_release "Luật Hộ tịch 60/2014/QH13, Điều 34(2), 52(3)" "Số định danh cá nhân này là của người đã được đăng ký khai tử." "The personal number is that of somebody whose death is registered.";
    /// The ledger knows the personal number as that of somebody whose marriage is in force.
    NumberOfMarried "number_of_married" false since second_release "Luật Hôn nhân và gia đình 52/2014/QH13, Điều 5(2)c" "Số định danh cá nhân này là của người đang có vợ hoặc chồng." "The personal number is that of somebody whose marriage is in force.";
    /// What the ledger knows of whom bears the personal number is not what is confirmed.
    NumberSaysOtherwise "number_says_otherwise" false since second_release "Nghị định 123/2015/NĐ-CP, Điều 22" "Sổ cái ghi tình trạng hôn nhân khác cho người mang số định danh cá nhân này." "The ledger knows another marital status of whoever bears this personal number.";
    /// Name, sex or birth date are not those of the person as whom an officer knows them.
    KnownAsDiffers "known_as_differs" false since second_release "" "Họ tên, giới tính hoặc ngày sinh khác với người đã được chỉ ra trong Sổ." "Name, sex or birth date differ from the person whom it is linked to.";
    /// The birth of the person whom the child is linked to is registered already.
    BirthRegisteredAlready "birth_registered_already" true since second_release "Luật Hộ tịch 60/2014/QH13, Điều 5(4)" "Người này đã được đăng ký khai sinh; cần người thứ hai xác nhận." "The birth of this person is registered already; a second person must endorse.";
    /// The birth entry of the child is known, and the recognition is not noted there.
    BirthEntryNotReached "birth_entry_not_reached" false since second_release "Luật Hộ tịch 60/2014/QH13, Điều 24, 25; Thông tư 04/2020/TT-BTP, Điều 29(6)" "Chưa ghi việc nhận cha, mẹ, con vào mục khai sinh đã biết." "The child's birth entry is known, and the recognition does not reach it.";
    /// Husband and wife are of one sex.
    SpousesOfOneSex "spouses_of_one_sex" true since second_release "Luật Hôn nhân và gia đình 52/2014/QH13, Điều 8(2)" "Hai bên cùng giới tính; cần người thứ hai xác nhận." "The spouses are of one sex; a second person must endorse.";
    /// A mother or wife is written as male, a father or husband as female.
    RoleSexDiffers "role_sex_differs" false since second_release "" "Giới tính không phù hợp với tư cách là cha, mẹ, vợ hoặc chồng." "The sex does not fit mother, father, wife or husband.";
    /// One person stands in two parts of an act that nobody can have at once.
    SamePersonTwice "same_person_twice" false since second_release "" "Một người được ghi ở hai tư cách không thể cùng có." "One person stands in two parts that nobody can have at once.";
    /// The act is dated before the entry was registered that it changes or is written at.
    DatedBeforeEntry "dated_before_entry" false since second_release "" "Ngày của việc này trước ngày đăng ký của mục được ghi." "The act is dated before the entry was registered.";
    /// A year's book was closed before the last day of the year.
    ClosedEarly "closed_early" false since second_release "Luật Hộ tịch 60/2014/QH13, Điều 58(2)" "Ngày khóa Sổ trước ngày cuối cùng của năm." "The book was closed before the last day of its year.";
    /// It is registered again, and the book of the first registration is this ledger.
    EarlierInLedger "earlier_in_ledger" false since second_release "Nghị định 123/2015/NĐ-CP, Điều 24(1)" "Mục đăng ký trước đây còn trong sổ cái: chỉ cấp bản sao trích lục, không đăng ký lại." "The earlier entry is in this ledger: a copy of it is issued, and nothing is registered again.";
    /// The guardianship that is replaced has not ended.
    GuardianshipInForce "guardianship_in_force" false since second_release "Luật Hộ tịch 60/2014/QH13, Điều 23" "Việc giám hộ được thay thế chưa đăng ký chấm dứt." "The guardianship that is replaced has not ended.";
    /// Ethnicity is changed by an act that has no power over it.
    EthnicityByChange "ethnicity_by_change" false since second_release "Luật Hộ tịch 60/2014/QH13, Điều 4(11), 46; Bộ luật Dân sự 91/2015/QH13, Điều 29" "Dân tộc không thay đổi mà được xác định lại; dùng đăng ký xác định lại dân tộc." "Ethnicity is not changed but determined anew, by an act of its own.";
    /// The child is ticked as one without known parents, and a parent is named.
    ParentsNotUnknown "parents_not_unknown" false since second_release "Nghị định 123/2015/NĐ-CP, Điều 14(3), 15" "Ghi là trẻ bị bỏ rơi hoặc chưa xác định được cha, mẹ nhưng có ghi cha hoặc mẹ." "Ticked as a child without known parents, but a parent is named.";
    /// What is asked for where a parent or a spouse is a foreigner is not in the file.
    ForeignPaperMissing "foreign_paper_missing" false since second_release "Luật Hộ tịch 60/2014/QH13, Điều 36(1), 38(1)" "Có yếu tố nước ngoài nhưng thiếu văn bản thỏa thuận về quốc tịch của con, giấy xác nhận của tổ chức y tế hoặc giấy tờ chứng minh tình trạng hôn nhân." "A parent or spouse is a foreigner, and what is asked for then is missing.";
    /// A child of another nationality has a personal number.
    NumberOfForeigner "number_of_foreigner" false since second_release "Luật Hộ tịch 60/2014/QH13, Điều 36(2)" "Trẻ em có quốc tịch nước ngoài không được cấp số định danh cá nhân." "A child of another nationality is given no personal number.";
}
