//! Which fields a paper has, in printing order. The forms are those of `form_fields` in the annexes (Circular 04/2020, annex 3; Circular
//! 04/2024; law on adoption); what stands beside a field, and where on the page, is the template's.

use super::value::key::{
    BIRTH_PLACE, BORN_ON, ENTITY, ETHNICITY, HOME_PLACE, IDENTITY_PAPER, NAME, NATIONALITY, ORIGINAL_SCRIPT,
    PERSONAL_NUMBER, RESIDENCE, SEX,
};
use crate::act::PersonRole;
use crate::law::{Paper, PaperForm};

/// A part of a paper.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part {
    /// A person; blanks where the act names nobody.
    Person(PersonRole, &'static [u8]),
    /// Each person of that role; nothing where there is none.
    People(PersonRole, &'static [u8]),
    /// A field of the act, blank where nothing stands.
    Field(&'static str),
    /// A field of the act where something stands.
    Stated(&'static str),
    /// A field of the act where something stands, on the original alone.
    OriginalStated(&'static str),
    /// The declarant's name and identity paper, on the original alone.
    Declarant,
    /// The registration or paper to which it refers, where the issuing act says so.
    RefersTo,
    /// What an amendment changes.
    Changes,
    /// From when a marriage holds, where that is another day than the registration's.
    Established,
}
use Part::{
    Changes, Declarant, Established, Field, OriginalStated, People as Each, Person as One, RefersTo, Stated,
};

const CHILD: &[u8] = &[
    NAME,
    BORN_ON,
    SEX,
    ETHNICITY,
    NATIONALITY,
    BIRTH_PLACE,
    HOME_PLACE,
    PERSONAL_NUMBER,
];
const PARENT: &[u8] = &[NAME, BORN_ON, ETHNICITY, NATIONALITY, RESIDENCE];
const SPOUSE: &[u8] = &[NAME, BORN_ON, ETHNICITY, NATIONALITY, RESIDENCE, IDENTITY_PAPER];
const DECEASED: &[u8] = &[
    NAME,
    BORN_ON,
    SEX,
    ETHNICITY,
    NATIONALITY,
    PERSONAL_NUMBER,
    IDENTITY_PAPER,
];
const SOMEBODY: &[u8] = &[
    NAME,
    BORN_ON,
    SEX,
    ETHNICITY,
    NATIONALITY,
    IDENTITY_PAPER,
    RESIDENCE,
];
/// As [`SOMEBODY`], without where they live: the end of a guardianship does not ask for it.
const SOMEBODY_NAMED: &[u8] = &[NAME, BORN_ON, SEX, ETHNICITY, NATIONALITY, IDENTITY_PAPER];
const ADOPTER: &[u8] = &[NAME, BORN_ON, ETHNICITY, NATIONALITY, IDENTITY_PAPER, RESIDENCE];
const ADOPTED: &[u8] = &[NAME, SEX, BORN_ON, BIRTH_PLACE, ETHNICITY, NATIONALITY, RESIDENCE];

/// Of anybody, where it is stated: the name in foreign letters, the organisation for which somebody stands.
pub(super) const ANYBODY: &[u8] = &[ORIGINAL_SCRIPT, ENTITY];

/// The parts of a paper in printing order, without where and when it was registered, which comes last on every paper.
pub(super) const fn parts(paper: Paper) -> &'static [Part] {
    use PersonRole as Role;
    match paper {
        Paper::Birth | Paper::BirthNoted => &[
            One(Role::Child, CHILD),
            One(Role::Mother, PARENT),
            One(Role::Father, PARENT),
            Declarant,
            Stated("foreign"),
        ],
        Paper::Marriage | Paper::MarriageNoted => &[
            One(Role::Wife, SPOUSE),
            One(Role::Husband, SPOUSE),
            Established,
            Stated("foreign"),
        ],
        Paper::Death => &[
            One(Role::Deceased, DECEASED),
            Field("died_at"),
            Field("died_on"),
            Field("place"),
            OriginalStated("cause"),
            OriginalStated("notice"),
            Declarant,
            Stated("foreign"),
        ],
        Paper::MaritalStatusConfirmation => &[
            Stated("declarant"),
            One(Role::Subject, SOMEBODY),
            Stated("resided_at"),
            Stated("resided_from"),
            Stated("resided_until"),
            Field("status"),
            Field("purpose"),
            Stated("partner"),
        ],
        Paper::ParentChildRecognition => &[
            One(Role::Parent, SOMEBODY),
            One(Role::Child, SOMEBODY),
            Stated("foreign"),
        ],
        Paper::Guardianship => &[
            Each(Role::Guardian, SOMEBODY),
            Each(Role::Ward, SOMEBODY),
            Stated("scope"),
            Stated("foreign"),
        ],
        Paper::GuardianshipEnd => &[
            Each(Role::Guardian, SOMEBODY_NAMED),
            Each(Role::Ward, SOMEBODY_NAMED),
            RefersTo,
            Stated("reason"),
        ],
        Paper::GuardianshipSupervision => &[
            Each(Role::Supervisor, SOMEBODY),
            Each(Role::Guardian, SOMEBODY),
            Each(Role::Ward, SOMEBODY),
            RefersTo,
        ],
        Paper::Adoption => &[
            One(Role::AdoptiveFather, ADOPTER),
            One(Role::AdoptiveMother, ADOPTER),
            One(Role::Child, ADOPTED),
            Stated("foreign"),
            Stated("officer"),
        ],
        Paper::ForeignDissolution => &[
            One(Role::Wife, SPOUSE),
            One(Role::Husband, SPOUSE),
            RefersTo,
            Stated("marriage_as_stated"),
            Field("matter"),
            Field("judgment"),
            Stated("foreign"),
        ],
        Paper::Change
        | Paper::ChangeNoted
        | Paper::Correction
        | Paper::Supplement
        | Paper::EthnicityRedetermination => {
            &[One(Role::Subject, SOMEBODY), RefersTo, Changes, Stated("foreign")]
        }
        Paper::InformationConfirmation => &[
            Field("requester"),
            Field("about"),
            Field("asked"),
            Field("confirmed"),
            Stated("searched"),
        ],
    }
}

/// Whether a paper has fields of people of that role.
pub(super) fn prints(paper: Paper, role: PersonRole) -> bool {
    let of_it = |part: &Part| matches!(part, Part::Person(of, _) | Part::People(of, _) if *of == role);
    parts(paper).iter().any(of_it)
}

/// Whether a paper closes with where, under which number and on which day it was registered. An original says so too: its number stands
/// above, the forms repeat office and day.
pub(super) const fn says_where(paper: Paper, form: PaperForm) -> bool {
    match paper {
        // The paper is the registration.
        Paper::MaritalStatusConfirmation | Paper::InformationConfirmation => false,
        Paper::Change
        | Paper::ChangeNoted
        | Paper::Correction
        | Paper::Supplement
        | Paper::EthnicityRedetermination => matches!(form, PaperForm::Copy),
        _ => true,
    }
}
