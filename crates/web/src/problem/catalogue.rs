//! The kinds of problem that are not refusals of the law: code, status, and the words for each.

use axum::http::StatusCode;

/// A kind of problem.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// The stable code.
    pub code: &'static str,
    /// The HTTP status.
    pub status: StatusCode,
    /// How long a client should wait before it tries again, where that helps.
    pub retry_after_s: Option<u32>,
    /// In Vietnamese.
    pub vietnamese: &'static str,
    /// In English.
    pub title: &'static str,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident $code:literal $status:ident $(retry $seconds:literal)? $vi:literal $en:literal;)*) => {
        $($(#[$doc])* pub static $name: Kind = Kind {
            code: $code,
            status: StatusCode::$status,
            retry_after_s: kinds!(@retry $($seconds)?),
            vietnamese: $vi,
            title: $en,
        };)*
        /// Every kind that is not a refusal ([`civil::decide::RefusalCode`] has those).
        pub static KINDS: &[&Kind] = &[$(&$name),*];
    };
    (@retry) => { None };
    (@retry $seconds:literal) => { Some($seconds) };
}

kinds! {
    /// The body is not JSON.
    MALFORMED_JSON "malformed_json" BAD_REQUEST "Nội dung gửi lên không phải JSON hợp lệ." "The body is not JSON.";
    /// A parameter of the address is wrong.
    BAD_PARAMETER "bad_parameter" BAD_REQUEST "Tham số trong địa chỉ không hợp lệ." "A parameter of the address is not as it should be.";
    /// Whatever else HTTP itself finds wrong.
    BAD_REQUEST "bad_request" BAD_REQUEST "Yêu cầu không hợp lệ." "The request is not as it should be.";
    /// The signed bytes are not of the format.
    MALFORMED_EVENT "malformed_event" BAD_REQUEST "Các byte đã ký không đúng định dạng." "The signed bytes are not of the format.";
    /// The body's bytes are not of the format.
    MALFORMED_BODY "malformed_body" BAD_REQUEST "Nội dung niêm phong không đúng định dạng." "The sealed body is not of the format.";
    /// The body does not open the commitment.
    COMMITMENT_NOT_OPENED "commitment_not_opened" BAD_REQUEST "Nội dung không khớp với cam kết đã ký." "The body does not open the commitment that was signed.";
    /// The body is of another kind than the envelope.
    BODY_OF_ANOTHER_KIND "body_of_another_kind" BAD_REQUEST "Nội dung thuộc loại việc khác với phong bì." "The body is of another kind than the envelope says.";
    /// No token.
    TOKEN_MISSING "token_missing" UNAUTHORIZED "Thiếu mã truy cập." "A reader's token is needed: `Authorization: Bearer …`.";
    /// A token that is not known, or revoked.
    TOKEN_UNKNOWN "token_unknown" UNAUTHORIZED "Mã truy cập không đúng hoặc đã thu hồi." "The reader's token is not known, or was revoked.";
    /// A token of another office.
    TOKEN_OF_ANOTHER_OFFICE "token_of_another_office" FORBIDDEN "Mã truy cập thuộc cơ quan khác." "The reader's token belongs to another office.";
    /// The header names another algorithm than the key has.
    SIGNATURE_ALGORITHM "signature_algorithm" FORBIDDEN "Thuật toán ký không phù hợp với khóa." "The header names another algorithm than the key has.";
    /// A key the format does not take, as an endorser's.
    SIGNATURE_KEY "signature_key" FORBIDDEN "Khóa ký không được chấp nhận." "A signature is by a key that counts for nothing here.";
    /// The signature does not verify.
    SIGNATURE_WRONG "signature_wrong" FORBIDDEN "Chữ ký không đúng." "The signature does not verify.";
    /// ECDSA in the higher of its two forms.
    SIGNATURE_NOT_LOW_S "signature_not_low_s" FORBIDDEN "Chữ ký ECDSA không ở dạng low-S." "The ECDSA signature is not in its low-S form.";
    /// The key was never granted.
    UNKNOWN_KEY "unknown_key" FORBIDDEN "Khóa ký chưa được cấp trong sổ cái này." "The key was never granted.";
    /// The key is revoked.
    REVOKED_KEY "revoked_key" FORBIDDEN "Khóa ký đã bị thu hồi." "The key is revoked.";
    /// The key belongs to another office.
    KEY_OF_ANOTHER_OFFICE "key_of_another_office" FORBIDDEN "Khóa ký thuộc cơ quan khác." "The key belongs to another office.";
    /// The key was not valid on the day of signing.
    KEY_OUTSIDE_VALIDITY "key_outside_validity" FORBIDDEN "Khóa ký không có hiệu lực vào ngày ký." "The key was not valid on the day of signing.";
    /// The role does not cover this.
    ROLE_DOES_NOT_COVER "role_does_not_cover" FORBIDDEN "Vai trò của khóa ký không cho phép loại việc này." "The role of the key does not cover this kind of event in this lane.";
    /// There is no such thing.
    NOT_FOUND "not_found" NOT_FOUND "Không tìm thấy." "There is no such thing.";
    /// There is no such address.
    NO_SUCH_ADDRESS "no_such_address" NOT_FOUND "Không có địa chỉ này." "There is no such address.";
    /// No checkpoint covers the event.
    NOT_PROVABLE_YET "not_provable_yet" NOT_FOUND retry 5 "Chưa có điểm kiểm tra nào bao gồm sự kiện này." "No published checkpoint covers it yet.";
    /// The address has no such method.
    METHOD_NOT_ALLOWED "method_not_allowed" METHOD_NOT_ALLOWED "Địa chỉ này không nhận phương thức đó." "The address does not take this method.";
    /// The request did not arrive in time.
    REQUEST_TIMED_OUT "request_timed_out" REQUEST_TIMEOUT "Yêu cầu không đến kịp thời hạn." "The request did not arrive in time.";
    /// The chain went on.
    STREAM_MOVED "stream_moved" CONFLICT "Chuỗi sự kiện đã tiếp tục; hãy ký lại." "The stream went on meanwhile: sign again.";
    /// The entry changed.
    ENTRY_MOVED "entry_moved" CONFLICT "Mục đăng ký đã thay đổi; hãy xem lại và ký lại." "The entry changed meanwhile: look again and sign again.";
    /// The entry is not there.
    ENTRY_NOT_THERE "entry_not_there" CONFLICT "Không có mục đăng ký này." "The entry that was signed for is not there.";
    /// The event id was used for other bytes.
    EVENT_ID_REUSED "event_id_reused" CONFLICT "Mã sự kiện đã dùng cho nội dung khác." "The event id was used for other bytes.";
    /// The body is too large.
    TOO_LARGE "too_large" PAYLOAD_TOO_LARGE "Nội dung gửi lên quá lớn." "The body is too large.";
    /// The body is of another media type.
    NOT_JSON "not_json" UNSUPPORTED_MEDIA_TYPE "Nội dung gửi lên phải là application/json." "The body must be application/json.";
    /// Fields are wrong.
    FORM "form" UNPROCESSABLE_ENTITY "Có trường không hợp lệ." "Some fields are not as they should be.";
    /// The act cannot be recorded; its refusals say why.
    REFUSED "refused" UNPROCESSABLE_ENTITY "Không thể ghi việc này như đã nêu." "The act cannot be recorded as it is.";
    /// Somebody without a token asked too often.
    TOO_MANY "too_many" TOO_MANY_REQUESTS retry 1 "Tra cứu quá nhiều lần; hãy chờ một lát." "Asked too often: wait a little.";
    /// A mistake of ours.
    INTERNAL "internal_error" INTERNAL_SERVER_ERROR "Lỗi hệ thống." "Something went wrong here.";
    /// What is stored is damaged.
    DAMAGED "store_damaged" INTERNAL_SERVER_ERROR "Dữ liệu lưu trữ bị hỏng." "What is stored does not make sense.";
    /// The queue is full.
    BUSY "busy" SERVICE_UNAVAILABLE retry 1 "Hệ thống đang bận; chưa có gì được ghi." "Too many acts are waiting; nothing was recorded.";
    /// Too many requests at a time.
    CROWDED "crowded" SERVICE_UNAVAILABLE retry 1 "Quá nhiều yêu cầu cùng lúc." "Too many requests at a time.";
    /// The ledger takes no writes.
    READ_ONLY "read_only" SERVICE_UNAVAILABLE retry 30 "Sổ cái tạm thời không nhận ghi; chưa có gì được ghi." "The ledger takes no writes at present; nothing was recorded.";
    /// Nobody knows.
    OUTCOME_UNKNOWN "outcome_unknown" SERVICE_UNAVAILABLE retry 2 "Chưa biết kết quả; hãy gửi lại đúng sự kiện này." "The outcome is unknown: send the same event again.";
    /// What would be shown could not be written down.
    ACCESS_NOT_WRITTEN "access_not_written" SERVICE_UNAVAILABLE retry 5 "Không ghi được nhật ký truy cập; không hiển thị gì." "The access could not be written down; nothing is shown.";
    /// The store cannot be reached.
    UNAVAILABLE "store_unavailable" SERVICE_UNAVAILABLE retry 5 "Kho dữ liệu không trả lời." "The store does not answer.";
    /// The answer took too long.
    TIMED_OUT "timed_out" SERVICE_UNAVAILABLE retry 5 "Không trả lời kịp; nếu là ghi, hãy gửi lại đúng sự kiện này." "The answer took too long; if it was to record, send the same event again.";
    /// Not ready.
    NOT_READY "not_ready" SERVICE_UNAVAILABLE retry 5 "Chưa sẵn sàng." "Not ready.";
}
