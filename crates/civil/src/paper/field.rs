//! One field of a paper: what it is, for ever, and what stands there.

use crate::act::{Act, Person, PersonRole};
use crate::kind::Kind;
use crate::law::Paper;
use crate::wire::{Shape, Wire};

/// Which field of a paper this is: `1024 · index + 32 · role + key` (RFC 0004).
///
/// The role is that of the person (0: the act itself), the index counts people of one role, the key is the CBOR key of the
/// field in the person or in the act. Keys of records are never given again, so neither are these numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldId(u16);

/// What is printed and is no field of a record.
pub mod derived {
    /// The office that registered it.
    pub const OFFICE: u8 = 24;
    /// The book and the paper to which it refers, as the issuing act words it.
    pub const REFERS_TO: u8 = 25;
    /// What an amendment changes; the index counts.
    pub const CHANGE: u8 = 26;
    /// The identity paper of the declarant.
    pub const DECLARANT_PAPER: u8 = 27;
}

/// The number of the book and its day have the same keys in every act that a paper proves.
pub(super) const NUMBER: u8 = 0;
pub(super) const REGISTERED_ON: u8 = 1;

/// Indexes that fit.
const INDEX_MAX: usize = 63;

impl FieldId {
    /// A field of the act.
    pub const fn of_act(key: u8) -> Self {
        Self(key as u16)
    }

    /// One of several fields of the act; `None` beyond the sixty-fourth.
    pub fn of_several(key: u8, index: usize) -> Option<Self> {
        let index = u16::try_from(index).ok().filter(|_| index <= INDEX_MAX)?;
        Some(Self(1_024 * index + u16::from(key)))
    }

    /// A field of a person; `None` beyond the sixty-fourth of one role.
    pub fn of_person(role: PersonRole, index: usize, key: u8) -> Option<Self> {
        let several = Self::of_several(key, index)?;
        Some(Self(several.0 + 32 * (role as u16)))
    }

    /// The number in bytes.
    pub const fn number(self) -> u16 {
        self.0
    }

    /// The field of that number, whatever it may be one of.
    pub const fn numbered(number: u16) -> Self {
        Self(number)
    }

    /// The role of the person whose field it is; none when it is one of the act, or of no known role.
    pub fn role(self) -> Option<PersonRole> {
        let role = u64::from(self.0 / 32 % 32);
        PersonRole::ALL
            .iter()
            .copied()
            .find(|known| *known as u64 == role)
    }

    /// Whether it is a field of the act itself.
    pub const fn is_of_act(self) -> bool {
        (self.0 / 32).is_multiple_of(32)
    }

    /// How many of that role, or of that field, come before.
    pub const fn index(self) -> usize {
        (self.0 / 1_024) as usize
    }

    /// The key in the record.
    pub const fn key(self) -> u8 {
        (self.0 % 32) as u8
    }

    /// Its name in templates and JSON: `name`, `born_on`, `office`; none when no paper has it.
    pub fn name(self, paper: Paper) -> Option<&'static str> {
        self.told(paper).map(|(name, _)| name)
    }

    /// Its name on the forms, for people: `Mẹ – Nơi cư trú`; none when no paper has it.
    pub fn label(self, paper: Paper) -> Option<String> {
        let (_, label) = self.told(paper)?;
        Some(match self.role() {
            Some(role) => format!("{} – {label}", role.vietnamese()),
            None => label.to_owned(),
        })
    }

    fn told(self, paper: Paper) -> Option<(&'static str, &'static str)> {
        let shape = match (self.role(), self.is_of_act(), self.key()) {
            (None, true, derived::OFFICE) => return Some(("office", "Nơi đăng ký")),
            (None, true, derived::REFERS_TO) => return Some(("refers_to", "Trong Sổ, giấy tờ")),
            (None, true, derived::CHANGE) => return Some(("changes", "Nội dung")),
            (None, true, derived::DECLARANT_PAPER) => {
                return Some(("declarant_paper", "Giấy tờ tùy thân người yêu cầu"));
            }
            (None, true, _) => Act::shape(kind_of(paper)),
            (Some(_), _, _) => Person::shape(),
            (None, false, _) => return None,
        };
        let Shape::Record(_, fields) = shape else {
            return None;
        };
        let found = fields.iter().find(|field| field.key == u64::from(self.key()))?;
        Some((found.name, found.label))
    }
}

/// The kind of event that opens what a paper proves.
pub const fn kind_of(paper: Paper) -> Kind {
    match paper {
        Paper::Birth | Paper::BirthNoted => Kind::Birth,
        Paper::Marriage | Paper::MarriageNoted => Kind::Marriage,
        Paper::Death => Kind::Death,
        Paper::MaritalStatusConfirmation => Kind::MaritalStatusConfirmation,
        Paper::ParentChildRecognition => Kind::ParentChildRecognition,
        Paper::Guardianship => Kind::Guardianship,
        Paper::GuardianshipEnd => Kind::GuardianshipEnd,
        Paper::GuardianshipSupervision => Kind::GuardianshipSupervision,
        Paper::Adoption => Kind::Adoption,
        Paper::ForeignDissolution => Kind::ForeignDissolution,
        Paper::Change | Paper::ChangeNoted => Kind::Change,
        Paper::Correction => Kind::Correction,
        Paper::Supplement => Kind::Supplement,
        Paper::EthnicityRedetermination => Kind::EthnicityRedetermination,
        Paper::InformationConfirmation => Kind::InformationConfirmation,
    }
}

/// A field and what stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperField {
    /// Which.
    pub id: FieldId,
    /// As printed; empty where the circular wants a blank (Circular 04/2020, Art. 29(9)).
    pub value: String,
}
