//! The paper that an event issues, and by what right (giấy tờ được cấp, quyền yêu cầu). RFC 0004.

use ciborium::Value;
use serde_json::Value as Json;

use super::person::PersonRef;
use crate::cbor::Malformed;
use crate::id::Digest;
use crate::law::{Paper, PaperForm};
use crate::seal::PaperCode;
use crate::value::Text;
use crate::wire::{Form, Shape, Wire, codes, record, wire_code};

wire_code! {
    Paper => "paper";
    PaperForm => "paper_form";
}

/// Its twenty letters on both wires; from JSON however people type it.
impl Wire for PaperCode {
    fn to_cbor(&self) -> Value {
        Value::Text(self.letters().to_owned())
    }
    fn from_cbor(value: Value) -> Result<Self, Malformed> {
        let text = value.into_text().map_err(|_| CODE)?;
        Self::parse_letters(&text).map_err(|_| CODE)
    }
    fn to_json(&self) -> Json {
        Json::String(self.letters().to_owned())
    }
    fn from_json(json: &Json, form: &mut Form) -> Option<Self> {
        let code = json.as_str().and_then(|text| text.parse().ok());
        let en = "Not the code of a paper: 20 letters and digits, without I, L, O and U.";
        code.or_else(|| form.fault("not_a_paper_code", "Không phải mã tra cứu của giấy tờ.", en))
    }
    fn vietnamese_text(&self) -> String {
        self.to_string()
    }
    fn shape() -> Shape {
        Shape::Text("paper_code")
    }
}

const CODE: Malformed = Malformed::Shape("paper_code");

record! {
    /// A sheet as it is handed out: which paper, worded and laid out by which template, and what is printed on it that follows
    /// neither from the entry nor from the law.
    pub struct IssuedPaper "issued_paper" {
        /// Which.
        0 paper: Paper, "Loại giấy tờ";
        /// Original or copy.
        1 form: PaperForm, "Bản chính, bản sao";
        /// The template that words it and lays it out, by its name in `schemas/papers/`.
        2 template: Text, "Mẫu giấy tờ";
        /// The hash of that template, with the faces and the typesetter that set it.
        3 template_hash: Digest, "Giá trị băm của mẫu";
        /// By which anybody who holds the sheet asks whether it still holds. Made by chance; in the log nobody finds it.
        4 code: PaperCode, "Mã tra cứu";
        /// The lines at the top left as printed: the office and the units it lies in.
        5 header: Vec<Text>, "Cơ quan cấp";
        /// The place before the day of issue.
        6 place: Option<Text>, "Nơi cấp";
        /// Which other registration and paper it speaks of, as printed.
        7 refers_to: Option<Text>, "Giấy tờ, đăng ký được dẫn chiếu";
    }
}

codes! {
    /// What makes somebody entitled to a paper (Law 60/2014, Art. 63, 64).
    pub enum EntitlementGround "entitlement_ground" {
        /// They stand in the entry.
        Themselves = 1 "themselves" "Bản thân",
        /// Father or mother of a minor.
        Parent = 2 "parent" "Cha, mẹ",
        /// The guardian.
        Guardian = 3 "guardian" "Người giám hộ",
        /// Authorised in writing.
        Authorised = 4 "authorised" "Người được ủy quyền",
        /// Spouse, child or heir of somebody who is dead.
        Kin = 5 "kin" "Vợ, chồng, con, người thừa kế của người đã chết",
        /// An authority, in writing and with a reason.
        Authority = 6 "authority" "Cơ quan, tổ chức",
    }
}

record! {
    /// By what right somebody gets a paper (Law 60/2014, Art. 63, 64).
    pub struct Entitlement "entitlement" {
        /// What makes them entitled.
        0 ground: EntitlementGround, "Căn cứ";
        /// For whom of the entry they ask.
        1 whose: Option<PersonRef>, "Người có thông tin hộ tịch";
        /// What they showed: a letter of authority, a paper that proves the relation.
        2 evidence: Option<Text>, "Giấy tờ chứng minh";
    }
}

codes! {
    /// What papers leave out unless the issuing act says why it may be told.
    pub enum SealedMatter "sealed_matter" {
        /// That a child was adopted (Law on adoption 2010, Art. 11).
        Adoption = 1 "adoption" "Việc nuôi con nuôi",
    }
}

record! {
    /// What the paper tells although the law seals it.
    pub struct Disclosure "disclosure" {
        /// What.
        0 matters: Vec<SealedMatter>, "Thông tin được cung cấp";
        /// On what ground: who asked, for what, by which article.
        1 basis: Text, "Căn cứ cung cấp";
    }
}

impl Disclosure {
    /// Whether it opens that matter.
    pub fn tells(&self, matter: SealedMatter) -> bool {
        self.matters.contains(&matter)
    }
}
