//! What ties two people so that the law forbids their marriage (Law on Marriage and Family 52/2014, Art. 5(2)d with Art. 3(17),
//! (18)), as far as officers have linked the people in between.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{PersonView, Relative};
use crate::act::{ParentStanding, PersonRef};

/// So many generations up people are looked for: parents, grandparents, great-grandparents. Art. 3(18) asks for two; the direct
/// line of Art. 3(17) has no end, and nobody marries farther up.
pub const GENERATIONS_MAX: u8 = 3;

/// A relation in which the law forbids marriage, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kinship {
    /// Of one direct line by blood: one descends from the other.
    DirectLine,
    /// Children of one parent: the second generation of one root.
    Siblings,
    /// One is the brother or sister of the other's parent.
    UncleOrAunt,
    /// Children of siblings: the third generation of one root.
    FirstCousins,
    /// Adoptive parent and child, now or formerly.
    Adoption,
    /// Parent-in-law and child-in-law, now or formerly.
    InLaw,
    /// Step-parent and the spouse's own child, now or formerly.
    Step,
}

impl Kinship {
    /// Every relation.
    pub const ALL: &'static [Self] = &[
        Self::DirectLine,
        Self::Siblings,
        Self::UncleOrAunt,
        Self::FirstCousins,
        Self::Adoption,
        Self::InLaw,
        Self::Step,
    ];

    /// The stable name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::DirectLine => "direct_line",
            Self::Siblings => "siblings",
            Self::UncleOrAunt => "uncle_or_aunt",
            Self::FirstCousins => "first_cousins",
            Self::Adoption => "adoption",
            Self::InLaw => "in_law",
            Self::Step => "step",
        }
    }

    /// For the officer, in the words of the law.
    pub const fn vietnamese(self) -> &'static str {
        match self {
            Self::DirectLine => "Cùng dòng máu về trực hệ",
            Self::Siblings => "Anh, chị, em cùng cha hoặc cùng mẹ (đời thứ hai)",
            Self::UncleOrAunt => "Bác, chú, cậu, cô, dì với cháu (trong phạm vi ba đời)",
            Self::FirstCousins => "Anh, chị, em con chú, con bác, con cô, con cậu, con dì (đời thứ ba)",
            Self::Adoption => "Cha, mẹ nuôi với con nuôi, kể cả đã từng",
            Self::InLaw => "Cha chồng với con dâu, mẹ vợ với con rể, kể cả đã từng",
            Self::Step => "Cha dượng với con riêng của vợ, mẹ kế với con riêng của chồng, kể cả đã từng",
        }
    }

    /// For the developer.
    pub const fn english(self) -> &'static str {
        match self {
            Self::DirectLine => "One descends from the other.",
            Self::Siblings => "They have a parent in common.",
            Self::UncleOrAunt => "One is the uncle or aunt of the other.",
            Self::FirstCousins => "They are first cousins.",
            Self::Adoption => "One adopted the other, now or formerly.",
            Self::InLaw => "One is or was married to the other's child.",
            Self::Step => "One is or was married to the other's parent.",
        }
    }
}

impl Serialize for Kinship {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(self.name())
    }
}

/// Somebody from whom a person descends by blood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ancestor {
    /// How many generations up: 1 for a parent.
    pub generations: u8,
    /// Places at which they are named.
    pub places: BTreeSet<PersonRef>,
}

impl Relative {
    /// The places by which they are known here.
    pub fn places(&self) -> BTreeSet<PersonRef> {
        BTreeSet::from([self.at, self.known_as.unwrap_or(self.at)])
    }

    /// Whether they are a parent or child by blood. An adoption changes what a birth entry says, not from whom somebody descends.
    pub fn by_blood(&self) -> bool {
        !matches!(
            self.standing,
            Some(ParentStanding::Adoptive | ParentStanding::Step)
        )
    }
}

impl PersonView {
    /// The nearest relation to another in which the law forbids marriage, as far as their views tell.
    pub fn forbidden_with(&self, other: &Self) -> Option<Kinship> {
        let either = |tie: fn(&Self, &Self) -> Option<Kinship>| tie(self, other).or_else(|| tie(other, self));
        either(line)
            .or_else(|| one_root(self, other))
            .or_else(|| either(adoption))
            .or_else(|| either(by_marriage))
    }

    /// Those from whom the person descends by blood: the parents, and what was looked up beyond them.
    fn descends_from(&self) -> Vec<Ancestor> {
        let parents = self.parents.iter().filter(|parent| parent.by_blood());
        let parents = parents.map(|parent| Ancestor {
            generations: 1,
            places: parent.places(),
        });
        parents.chain(self.ancestors.iter().cloned()).collect()
    }

    fn is_at(&self, places: &BTreeSet<PersonRef>) -> bool {
        self.places.iter().any(|place| places.contains(place))
    }
}

/// Whether the second is of the direct line above the first.
fn line(one: &PersonView, other: &PersonView) -> Option<Kinship> {
    let mut above = one.descends_from().into_iter();
    let above = above.any(|ancestor| other.is_at(&ancestor.places));
    let mut below = other.children.iter().filter(|child| child.by_blood());
    let below = below.any(|child| one.is_at(&child.places()));
    (above || below).then_some(Kinship::DirectLine)
}

/// Whether both are of the second or third generation of one root.
fn one_root(one: &PersonView, other: &PersonView) -> Option<Kinship> {
    let (ours, theirs) = (one.descends_from(), other.descends_from());
    let shared = ours.iter().flat_map(|our| {
        let same = theirs
            .iter()
            .filter(|their| !our.places.is_disjoint(&their.places));
        same.filter_map(|their| match (our.generations, their.generations) {
            (1, 1) => Some(Kinship::Siblings),
            (1, 2) | (2, 1) => Some(Kinship::UncleOrAunt),
            (2, 2) => Some(Kinship::FirstCousins),
            _ => None,
        })
    });
    shared.min()
}

/// Whether the first was adopted by the second.
fn adoption(one: &PersonView, other: &PersonView) -> Option<Kinship> {
    let adoptive = |relative: &&Relative| relative.standing == Some(ParentStanding::Adoptive);
    let mut parents = one.parents.iter().filter(adoptive);
    let mut children = other.children.iter().filter(adoptive);
    let adopted = parents.any(|parent| other.is_at(&parent.places()))
        || children.any(|child| one.is_at(&child.places()));
    adopted.then_some(Kinship::Adoption)
}

/// Whether the second is or was married to a parent or a child of the first, or stands as a step-parent there.
fn by_marriage(one: &PersonView, other: &PersonView) -> Option<Kinship> {
    let married_to = |relatives: &[Relative]| {
        relatives.iter().any(|relative| {
            let places = relative.places();
            let mut spouses = other.spouses.iter();
            spouses.any(|spouse| !spouse.places().is_disjoint(&places))
        })
    };
    let stands_as_step =
        |parent: &Relative| parent.standing == Some(ParentStanding::Step) && other.is_at(&parent.places());
    if married_to(&one.children) {
        Some(Kinship::InLaw)
    } else if married_to(&one.parents) || one.parents.iter().any(stands_as_step) {
        Some(Kinship::Step)
    } else {
        None
    }
}
