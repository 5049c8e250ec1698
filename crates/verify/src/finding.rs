//! What the auditor looks at, and what it may find wrong. A finding names a position and never content.

use serde::{Serialize, Serializer};

macro_rules! checks {
    ($($(#[$doc:meta])* $check:ident $name:literal $vi:literal $en:literal;)*) => {
        /// One thing that the auditor looks at.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Check { $($(#[$doc])* $check,)* }

        impl Check {
            /// Every check, in the order of the report.
            pub const ALL: &'static [Self] = &[$(Self::$check),*];

            /// Its stable name in JSON.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$check => $name),* }
            }

            /// For the auditor who reads Vietnamese.
            pub const fn vietnamese(self) -> &'static str {
                match self { $(Self::$check => $vi),* }
            }

            /// For the one who reads English.
            pub const fn english(self) -> &'static str {
                match self { $(Self::$check => $en),* }
            }
        }
    };
}

macro_rules! findings {
    ($($(#[$doc:meta])* $kind:ident $name:literal $check:ident $vi:literal $en:literal;)*) => {
        /// Everything that the auditor may find wrong.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FindingKind { $($(#[$doc])* $kind,)* }

        impl FindingKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            /// Its stable name in JSON.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$kind => $name),* }
            }

            /// The check that finds it.
            pub const fn check(self) -> Check {
                match self { $(Self::$kind => Check::$check),* }
            }

            /// For the auditor who reads Vietnamese.
            pub const fn vietnamese(self) -> &'static str {
                match self { $(Self::$kind => $vi),* }
            }

            /// For the one who reads English.
            pub const fn english(self) -> &'static str {
                match self { $(Self::$kind => $en),* }
            }
        }
    };
}

checks! {
    /// The keeper hands over what it should.
    Source "source" "Đọc dữ liệu" "reading the data";
    /// Positions run from 0 without a gap.
    Positions "positions" "Vị trí liên tục" "contiguous positions";
    /// Every signed event is the one encoding of RFC 0001.
    Bytes "bytes" "Dạng byte của sự kiện" "bytes of signed events";
    /// Each stream is one chain from the founding event.
    Chains "chains" "Chuỗi sự kiện của cơ quan" "chains of the streams";
    /// No id names two events.
    EventIds "event_ids" "Mã sự kiện duy nhất" "unique event ids";
    /// Each event on an entry was signed by someone who saw the latest before it.
    Entries "entries" "Chuỗi của từng mục đăng ký" "chains of the register entries";
    /// Each body opens both hashes of its commitment and is of the kind that the envelope says.
    Bodies "bodies" "Nội dung khớp cam kết băm" "bodies open their commitments";
    /// What the administration recorded was lawful at its position.
    Administration "administration" "Sự kiện quản trị" "acts of the administration";
    /// The key was granted to that office, for that kind and lane, at that position.
    Authority "authority" "Thẩm quyền của khóa ký" "authority of the keys at each position";
    /// The signature is the key's.
    Signatures "signatures" "Chữ ký" "signatures";
    /// Second persons' signatures are their keys'.
    Endorsements "endorsements" "Chữ ký người thứ hai" "endorsements";
    /// The log's clock never goes backwards.
    Times "times" "Thời điểm ghi không lùi" "recorded times";
    /// Each daily list says of every stream how far it had come.
    StreamHeads "stream_heads" "Bản kê đầu chuỗi hằng ngày" "daily lists of stream heads";
    /// What the store has written beside the events is what they say.
    Columns "columns" "Cột lưu kèm trong kho" "columns beside the events";
    /// Size and root are those of the checkpoint.
    Tree "tree" "Cây băm và mốc kiểm tra" "tree and checkpoint";
    /// Of the office that is asked for: its numbers, its closings, how far it had come.
    Office "office" "Tính đầy đủ của cơ quan" "completeness of the office";
    /// Entries fold, and each act was lawful when it was recorded.
    Records "records" "Nghiệp vụ hộ tịch" "the law of the records";
}

findings! {
    /// Something could not be read.
    SourceFailed "source_failed" Source "không đọc được dữ liệu" "the data cannot be read";
    /// The export's manifest is not one, or not of this checkpoint.
    ManifestDiffers "manifest_differs" Source "bản kê của bộ xuất sai" "the manifest of the export is wrong";
    /// Another position than the next.
    PositionNotNext "position_not_next" Positions "vị trí không liên tục" "not the next position";
    /// Not a signed event of the format.
    SignedMalformed "signed_malformed" Bytes "byte của sự kiện sai dạng" "the signed event is malformed";
    /// The log does not begin with its founding.
    NotFounded "not_founded" Chains "sổ cái không bắt đầu bằng sự kiện lập sổ" "the log does not begin with its founding event";
    /// A number is missing or given twice in a stream.
    SeqNotNext "seq_not_next" Chains "số thứ tự trong chuỗi không liên tục" "not the next number of its stream";
    /// It does not follow the event before it.
    PrevDiffers "prev_differs" Chains "không nối với sự kiện liền trước trong chuỗi" "does not continue the event before it in its stream";
    /// A stream's first event hangs from another founding event.
    AnotherLedger "another_ledger" Chains "chuỗi thuộc sổ cái khác" "the stream hangs from another ledger";
    /// The id was used before.
    EventIdReused "event_id_reused" EventIds "mã sự kiện bị dùng lại" "the event id was used before";
    /// The envelope names entries otherwise than its kind does.
    EntryShape "entry_shape" Entries "phong bì nêu mục đăng ký không đúng loại việc" "the envelope names entries otherwise than its kind does";
    /// The entry is there already.
    EntryReopened "entry_reopened" Entries "mục đăng ký đã tồn tại" "opens an entry that exists already";
    /// No event opened the entry.
    EntryUnknown "entry_unknown" Entries "mục đăng ký không tồn tại" "touches an entry that nothing opened";
    /// Its signer had not seen the latest event on the entry.
    BasisStale "basis_stale" Entries "căn cứ không phải sự kiện mới nhất của mục" "its basis is not the latest event on the entry";
    /// There is no body to check.
    BodyMissing "body_missing" Bodies "thiếu nội dung" "the body is missing";
    /// The body is not the one that was signed.
    CommitmentDiffers "commitment_differs" Bodies "nội dung không khớp cam kết băm" "the body does not open the commitment";
    /// The body is not of the format.
    BodyMalformed "body_malformed" Bodies "nội dung sai dạng" "the body is malformed";
    /// The body is of another kind than the envelope says.
    BodyKindDiffers "body_kind_differs" Bodies "nội dung khác loại việc ghi trên phong bì" "the body is of another kind than the envelope says";
    /// The administration's act was not lawful at that position.
    AdministrationRefused "administration_refused" Administration "sự kiện quản trị không hợp lệ tại vị trí này" "the administration's act was not lawful at that position";
    /// The key was never granted.
    UnknownKey "unknown_key" Authority "khóa ký chưa từng được cấp" "the key was never granted";
    /// The key was revoked before.
    RevokedKey "revoked_key" Authority "khóa ký đã bị thu hồi" "the key was revoked before";
    /// The key belongs to another office.
    KeyOfAnotherOffice "key_of_another_office" Authority "khóa ký thuộc cơ quan khác" "the key belongs to another office";
    /// Signed before the first or after the last day of the key.
    KeyOutsideValidity "key_outside_validity" Authority "khóa ký ngoài thời hạn" "signed outside the validity of the key";
    /// The role does not cover the kind in that lane.
    RoleDoesNotCover "role_does_not_cover" Authority "vai trò của khóa không cho phép việc này" "the role of the key does not cover this";
    /// The signature is not this key's over these bytes.
    SignatureWrong "signature_wrong" Signatures "chữ ký sai" "the signature does not verify";
    /// An endorsement is malformed, out of order, by an unknown key or the signer, or wrong.
    EndorsementWrong "endorsement_wrong" Endorsements "chữ ký người thứ hai sai" "an endorsement does not verify";
    /// Recorded before the event before it.
    RecordedBackwards "recorded_backwards" Times "thời điểm ghi lùi lại" "recorded earlier than the event before it";
    /// A list says otherwise of the streams than they are, or of a size that is not before it.
    HeadsDiffer "heads_differ" StreamHeads "bản kê đầu chuỗi không đúng với sổ cái" "a list of stream heads is not what the streams say";
    /// A list says that the log of accesses has fewer lines than an earlier list, another end, or says nothing of it any more.
    AccessesWentBack "accesses_went_back" StreamHeads "nhật ký truy cập bị lùi lại so với bản kê trước" "the log of accesses went back since an earlier list";
    /// The store's hash column differs.
    HashColumnDiffers "hash_column_differs" Columns "cột giá trị băm bị sửa" "the stored hash is not that of the signed bytes";
    /// The store's twin column differs.
    TwinColumnDiffers "twin_column_differs" Columns "cột băm SHA-256 bị sửa" "the stored SHA-256 is not that of the signed bytes";
    /// Another column differs.
    ColumnDiffers "column_differs" Columns "cột lưu kèm khác với sự kiện" "a stored column differs from the event";
    /// The log has another number of events than the checkpoint.
    SizeDiffers "size_differs" Tree "số sự kiện khác với mốc kiểm tra" "the number of events is not that of the checkpoint";
    /// The tree has another root than the checkpoint.
    RootDiffers "root_differs" Tree "gốc cây băm khác với mốc kiểm tra" "the root of the tree is not that of the checkpoint";
    /// The checkpoint is of another origin than the founding event says.
    OriginDiffers "origin_differs" Tree "mốc kiểm tra của sổ cái khác" "the checkpoint is of another origin than the log";
    /// Nothing opened the office that is asked for.
    OfficeNeverOpened "office_never_opened" Office "sổ cái không có cơ quan này" "the log has no such office";
    /// No list says how far the office had come.
    NeverListed "never_listed" Office "chưa có bản kê đầu chuỗi nào" "no list of stream heads says how far the office had come";
    /// A number is missing from a book, or was given twice.
    NumberNotNext "number_not_next" Office "số trong Sổ không liên tục" "a number of the book is missing or given twice";
    /// The totals of a closing are not those of the log.
    ClosingDiffers "closing_differs" Office "số liệu khóa Sổ không khớp" "the totals of a closing are not those of the log";
    /// A number was given in a book that was closed.
    FiledAfterClosing "filed_after_closing" Office "ghi việc mới sau khi khóa Sổ" "something new was filed in a closed book";
    /// The body calls for other entries than the envelope names.
    ShapeDiffers "shape_differs" Records "phong bì và nội dung nêu các mục khác nhau" "envelope and body name different entries";
    /// The event does not continue its entry.
    DoesNotFold "does_not_fold" Records "sự kiện không nối được vào mục đăng ký" "the event does not fold into its entry";
    /// The act would be refused at its position.
    ActRefused "act_refused" Records "việc hộ tịch lẽ ra bị từ chối" "the act would be refused at its position";
    /// A second person had to endorse, and none did.
    SecondPersonMissing "second_person_missing" Records "thiếu người thứ hai xác nhận" "a second person had to endorse and none did";
}

impl Serialize for Check {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(self.name())
    }
}

impl Serialize for FindingKind {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(self.name())
    }
}

/// Something wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Of the event; none when it is about the log as a whole.
    pub position: Option<u64>,
    /// What.
    pub kind: FindingKind,
    /// Technical circumstances: numbers, codes, file names. Never content; often empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub detail: String,
}

impl Finding {
    /// At a position.
    pub fn at(position: u64, kind: FindingKind) -> Self {
        Self {
            position: Some(position),
            kind,
            detail: String::new(),
        }
    }

    /// About the log as a whole.
    pub const fn of_all(kind: FindingKind) -> Self {
        Self {
            position: None,
            kind,
            detail: String::new(),
        }
    }

    /// With circumstances.
    pub fn with(self, detail: impl ToString) -> Self {
        Self {
            detail: detail.to_string(),
            ..self
        }
    }
}
