//! What the act that issues a paper says of it, and which paper an entry has.

use crate::act::{Act, BookReference, ExtractIssued, InformationConfirmation, IssuedPaper, Signer};
use crate::entry::RegisterEntry;
use crate::kind::Kind;
use crate::law::{Paper, PaperForm};
use crate::value::{Date, Text};

/// What the issuing act says of the paper.
#[derive(Debug, Clone, Copy)]
pub struct Issue<'a> {
    /// Which paper.
    pub paper: Paper,
    /// Original or copy.
    pub form: PaperForm,
    /// Ngày cấp.
    pub issued_on: Date,
    /// The number of a copy in the book of copies; an original has that of its registration.
    pub book: &'a BookReference,
    /// The lines at the top left, as printed ([`super::header_of`] proposes them).
    pub header: &'a [Text],
    /// The place before the day of issue.
    pub place: Option<&'a Text>,
    /// Who signs for the office; none where its seal alone stands for it.
    pub signer: Option<&'a Signer>,
    /// Which other registration and paper it speaks of, as printed: what an amendment changes, which guardianship ended.
    pub refers_to: Option<&'a Text>,
    /// Whether it may tell of an adoption.
    pub adoption_disclosed: bool,
}

impl<'a> Issue<'a> {
    /// As that act says it; none where it hands out no sheet (the first release).
    pub fn by(act: &'a ExtractIssued) -> Option<Self> {
        let sheet = act.paper.as_ref()?;
        Some(Self {
            signer: act.signer.value.as_ref(),
            adoption_disclosed: act.discloses_adoption(),
            ..Self::of_sheet(sheet, act.issued_on, &act.book)
        })
    }

    /// As a confirmation says it, which is its own paper; none where it hands out no sheet.
    pub fn by_confirmation(act: &'a InformationConfirmation) -> Option<Self> {
        let sheet = act.paper.as_ref()?;
        Some(Self {
            signer: act.signer.value.as_ref(),
            ..Self::of_sheet(sheet, act.registered_on, &act.book)
        })
    }

    fn of_sheet(sheet: &'a IssuedPaper, issued_on: Date, book: &'a BookReference) -> Self {
        Self {
            paper: sheet.paper,
            form: sheet.form,
            issued_on,
            book,
            header: &sheet.header,
            place: sheet.place.as_ref(),
            signer: None,
            refers_to: sheet.refers_to.as_ref(),
            adoption_disclosed: false,
        }
    }
}

/// Why there is no such paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoPaper {
    /// The entry is of another kind than the paper proves.
    #[error("an entry of that kind has no such paper")]
    DoesNotFit,
    /// The form was never known by that day.
    #[error("the form of that paper is not known for that day")]
    FormNotKnown,
    /// The law seals it, and the issuing act does not say that it may be told.
    #[error("what the paper tells is sealed")]
    Sealed,
}

/// The tick of what was registered abroad and noted here.
const NOTED: &str = "noted_from_abroad";

/// The paper that proves an entry; none where its kind has none.
pub fn paper_of(entry: &RegisterEntry) -> Option<Paper> {
    of_act(&entry.original)
}

pub(super) fn of_act(act: &Act) -> Option<Paper> {
    let noted = act.tick() == NOTED;
    Some(match act.kind() {
        Kind::Birth if noted => Paper::BirthNoted,
        Kind::Birth => Paper::Birth,
        Kind::Marriage if noted => Paper::MarriageNoted,
        Kind::Marriage => Paper::Marriage,
        Kind::Death => Paper::Death,
        Kind::MaritalStatusConfirmation => Paper::MaritalStatusConfirmation,
        Kind::ParentChildRecognition => Paper::ParentChildRecognition,
        Kind::Guardianship => Paper::Guardianship,
        Kind::GuardianshipEnd => Paper::GuardianshipEnd,
        Kind::GuardianshipSupervision => Paper::GuardianshipSupervision,
        Kind::Adoption => Paper::Adoption,
        Kind::ForeignDissolution => Paper::ForeignDissolution,
        Kind::Change if act.foreign().is_some() => Paper::ChangeNoted,
        Kind::Change => Paper::Change,
        Kind::Correction => Paper::Correction,
        Kind::Supplement => Paper::Supplement,
        Kind::EthnicityRedetermination => Paper::EthnicityRedetermination,
        Kind::InformationConfirmation => Paper::InformationConfirmation,
        _ => return None,
    })
}
