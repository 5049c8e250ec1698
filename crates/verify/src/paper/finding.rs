//! Why a paper is not genuine.

macro_rules! reasons {
    ($($(#[$doc:meta])* $reason:ident $name:literal $vi:literal $en:literal;)*) => {
        /// Why a paper is not genuine. Names no content.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Why { $($(#[$doc])* $reason,)* }

        impl Why {
            /// Every reason.
            pub const ALL: &'static [Self] = &[$(Self::$reason),*];

            /// Its stable name in JSON.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$reason => $name),* }
            }

            /// For whoever reads Vietnamese.
            pub const fn vietnamese(self) -> &'static str {
                match self { $(Self::$reason => $vi),* }
            }

            /// For whoever reads English.
            pub const fn english(self) -> &'static str {
                match self { $(Self::$reason => $en),* }
            }
        }
    };
}

reasons! {
    /// Bytes were added, taken away or moved, or it never was a paper.
    NotAPaper "not_a_paper"
        "tệp không được viết theo cách của giấy tờ hộ tịch điện tử, hoặc đã bị thêm, bớt dữ liệu"
        "the file is not written as papers are, or something was added to it or taken away";
    /// No signature, several, or not over the whole file.
    NotSealed "not_sealed"
        "tệp không có đúng một chữ ký số bao trùm toàn bộ tệp"
        "the file does not have one signature that covers all of it";
    /// The signature cannot be read or lacks what must be signed.
    SealUnreadable "seal_unreadable"
        "không đọc được chữ ký số"
        "the signature cannot be read";
    /// Something was changed after sealing.
    Changed "changed"
        "nội dung đã bị thay đổi sau khi đóng dấu điện tử"
        "something was changed after it was sealed";
    /// The time stamp is not over this signature.
    WrongTimeStamp "wrong_time_stamp"
        "dấu thời gian không thuộc chữ ký số này"
        "the time stamp does not belong to this signature";
    /// The seal is not one of the trust list.
    UnknownSeal "unknown_seal"
        "con dấu điện tử không có trong danh sách tin cậy"
        "the seal is not on the trust list";
    /// The seal was issued by somebody who is not trusted.
    UntrustedRoot "untrusted_root"
        "chứng thư số của con dấu không do cơ quan được tin cậy cấp"
        "the certificate of the seal was not issued by anybody on the trust list";
    /// Sealed on a day on which the seal was not valid.
    SealNotInForce "seal_not_in_force"
        "vào ngày đóng dấu, chứng thư số chưa có hoặc đã hết hiệu lực"
        "the certificate of the seal was not in force on the day of sealing";
    /// Sealed after the seal was revoked, or when somebody else may have had it.
    SealRevoked "seal_revoked"
        "con dấu điện tử đã bị thu hồi"
        "the seal has been revoked";
    /// There is no code on the page, or it cannot be read.
    CodeUnreadable "code_unreadable"
        "không đọc được mã QR của giấy tờ"
        "the QR code of the paper cannot be read";
    /// The code's signature is wrong.
    CodeChanged "code_changed"
        "chữ ký trong mã QR không đúng"
        "the signature in the QR code is wrong";
    /// The code is of another ledger.
    OtherLedger "other_ledger"
        "mã QR thuộc sổ hộ tịch điện tử khác"
        "the QR code is of another ledger";
    /// The code says something else than the file.
    CodeDiffers "code_differs"
        "mã QR không phải của giấy tờ này"
        "the QR code is not the one of this paper";
    /// The page says something else than the content that rides in the file.
    TextDiffers "text_differs"
        "chữ trên trang khác với nội dung đã ghi"
        "the words on the page differ from the recorded content";
    /// The inclusion proof does not prove it.
    NotInLog "not_in_log"
        "chứng minh không cho thấy việc cấp giấy tờ có trong sổ"
        "the proof does not show that the issue of this paper is in the log";
    /// The event says something else than the paper.
    EventDiffers "event_differs"
        "sự kiện cấp giấy tờ khác với giấy tờ này"
        "the issuing event says something else than this paper";
}

impl serde::Serialize for Why {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(self.name())
    }
}
