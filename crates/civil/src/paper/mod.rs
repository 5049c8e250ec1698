//! What a paper says (nội dung giấy tờ hộ tịch): every text that is printed and varies, in printing order. RFC 0004.
//!
//! A paper shows the updated values and the notes; places stay as the book has them; what is missing stays blank, not struck
//! through; a birth year that was computed from an age is explained (Circular 04/2020, Art. 23, 29(9), 30, 31).
//!
//! [`PaperContent::of`] follows from the entry's events, the directory and the act that issues the paper, and from the forms of the
//! day of issue ([`crate::law::form_in_force`]); from no clock and no list that grows. Its hash stands in that act, so everybody who may read the
//! entry can say whether a sheet is what was issued. How a value is worded around and where it stands is the template's
//! (`schemas/papers/`), whose hash stands there too.
//!
//! [`crate::content`] is version 1, which the first release issued; it stays as it is for ever.
//!
//! What the law seals does not leave this module: the cause of death is a row of the original alone, and an adoption is
//! told only where that was asked for and the issuing act says on what ground (Law on adoption 2010, Art. 11).

mod bytes;
mod content;
mod field;
mod header;
mod issue;
mod layout;
mod notes;
mod spoken;
mod value;

pub use content::{PaperContent, SignedBy};
pub use field::{FieldId, PaperField, derived, kind_of};
pub use header::header_of;
pub use issue::{Issue, NoPaper, paper_of};
pub use spoken::{day_line, in_words};
