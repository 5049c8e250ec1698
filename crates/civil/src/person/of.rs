//! The view of a person, from the entries at their places.

use std::collections::{BTreeMap, BTreeSet};

use super::marital::marital;
use super::parting::{is_marriage, own_death, parting};
use super::{Life, Other, Parting, PersonView, Relative};
use crate::act::{Act, DeathProof, Named, ParentStanding, Person, PersonRef, PersonRole};
use crate::effect::Mark;
use crate::entry::{RegisterEntry, State};
use crate::id::EntryId;
use crate::kind::Kind;
use crate::value::Date;

/// An entry, and the part in which it names the person.
#[derive(Clone)]
pub(super) struct At<'a> {
    pub(super) place: PersonRef,
    pub(super) entry: &'a RegisterEntry,
    pub(super) state: State,
}

impl PersonView {
    /// What the entries at these places say of the person, as they stood on a day; `others` is what is known of the people who stand
    /// beside them there. Places whose entries are not given, or whose registration fell, say nothing.
    pub fn of(
        places: &[PersonRef],
        entries: &BTreeMap<EntryId, RegisterEntry>,
        others: &BTreeMap<PersonRef, Other>,
        on: Option<Date>,
    ) -> Self {
        let mut at: Vec<At<'_>> = places
            .iter()
            .filter_map(|place| {
                let entry = entries.get(&place.entry)?;
                let state = entry.state();
                (named(&entry.current, *place).is_some() && state.revoked.is_none()).then_some(At {
                    place: *place,
                    entry,
                    state,
                })
            })
            .collect();
        at.sort_by_key(|at| (at.entry.current.registered_on(), at.entry.opened_by, at.place));
        let mut view = Self {
            places: places.to_vec(),
            on,
            life: life(&at),
            marital: marital(&at, others),
            ..Self::default()
        };
        for one in &at {
            view.relate(one, &at, others);
            view.identify(one);
        }
        view.parents.extend(replaced(&at, others, &view.parents));
        view.confirmations = at
            .iter()
            .filter(|at| {
                at.place.role == PersonRole::Subject && at.entry.kind == Kind::MaritalStatusConfirmation
            })
            .filter_map(|at| Some((at.entry.id, at.entry.current.registered_on()?)))
            .collect();
        for at in at.iter().filter(|at| is_child_of_birth(at)) {
            let lasting = at.state.marks.iter().filter(|(mark, _)| of_capacity(**mark));
            view.marks.extend(lasting.map(|(mark, event)| (*mark, *event)));
        }
        view
    }

    /// Names, numbers and birth date; what a birth entry says comes first, what an entry says no longer comes last.
    fn identify(&mut self, at: &At<'_>) {
        let Some(now) = named(&at.entry.current, at.place) else {
            return;
        };
        let first = is_child_of_birth(at);
        if let Some(name) = &now.person.name.value
            && !self.names.contains(name)
        {
            let place = if first { 0 } else { self.names.len() };
            self.names.insert(place, name.clone());
        }
        let former = named(&at.entry.original, at.place);
        for person in [Some(now.person), former.map(|former| former.person)]
            .into_iter()
            .flatten()
        {
            self.names.extend(
                person
                    .name
                    .value
                    .clone()
                    .filter(|name| !self.names.contains(name)),
            );
            let number = person.personal_number.as_ref().and_then(|number| number.value);
            self.numbers
                .extend(number.filter(|number| !self.numbers.contains(number)));
        }
        if first || self.born_on.is_none() {
            self.born_on = now.person.birth().copied().or(self.born_on);
        }
        if first || self.sex.is_none() {
            let sex = now.person.sex.as_ref().and_then(|sex| sex.value);
            self.sex = sex.or(self.sex);
        }
        if first {
            self.birth = self.birth.or(Some(at.entry.id));
        }
    }

    /// The people who stand beside the person in an entry.
    fn relate(&mut self, at: &At<'_>, all: &[At<'_>], others: &BTreeMap<PersonRef, Other>) {
        use PersonRole as R;
        let in_force = at.state.in_force();
        // What an act changed in the person's birth entry is told by that entry, while it holds.
        let told_there = in_force
            && at.place.role == R::Child
            && at.entry.current.reaches().into_iter().any(|reached| {
                let own = self.places.iter().any(|place| place.entry == reached.entry);
                own && !reached.changes.is_empty()
            });
        if told_there {
            return;
        }
        let own_death = own_death(all, &self.life).filter(|_| is_marriage(at));
        let mut take = |roles: &[PersonRole], list: fn(&mut Self) -> &mut Vec<Relative>, standing| {
            for other in at
                .entry
                .current
                .people()
                .into_iter()
                .filter(|named| roles.contains(&named.role))
            {
                let ended = parting(at, all, other.of(at.entry.id), others).or(own_death);
                let relative = relative(at.entry.id, &other, others, standing, ended);
                if let Some(relative) = relative.filter(|relative| relative.at != at.place) {
                    remember(list(self), relative);
                }
            }
        };
        let parents: fn(&mut Self) -> &mut Vec<Relative> = |view| &mut view.parents;
        let children: fn(&mut Self) -> &mut Vec<Relative> = |view| &mut view.children;
        let own = named(&at.entry.current, at.place).and_then(|named| named.person.standing);
        match (at.entry.kind, at.place.role) {
            (Kind::Birth, R::Child) => take(&[R::Mother, R::Father], parents, Some(ParentStanding::Birth)),
            (Kind::Birth, R::Mother | R::Father) => {
                take(&[R::Child], children, own.or(Some(ParentStanding::Birth)));
            }
            (Kind::Adoption, R::Child) => {
                take(
                    &[R::AdoptiveFather, R::AdoptiveMother],
                    parents,
                    Some(ParentStanding::Adoptive),
                );
            }
            (Kind::Adoption, R::AdoptiveFather | R::AdoptiveMother) => {
                take(&[R::Child], children, Some(ParentStanding::Adoptive));
            }
            (Kind::ParentChildRecognition, R::Child) => {
                take(&[R::Parent], parents, Some(ParentStanding::Recognised));
            }
            (Kind::ParentChildRecognition, R::Parent) => {
                take(&[R::Child], children, Some(ParentStanding::Recognised));
            }
            (Kind::Marriage, R::Wife) => take(&[R::Husband], |view| &mut view.spouses, None),
            (Kind::Marriage, R::Husband) => take(&[R::Wife], |view| &mut view.spouses, None),
            (Kind::Guardianship, R::Ward) => take(&[R::Guardian], |view| &mut view.guardians, None),
            (Kind::Guardianship, R::Guardian) => take(&[R::Ward], |view| &mut view.wards, None),
            _ => {}
        }
    }
}

/// The parents whom an adoption replaced in the person's birth entry, where an officer linked them there or in a recognition: from
/// them the person descends.
fn replaced(at: &[At<'_>], others: &BTreeMap<PersonRef, Other>, known: &[Relative]) -> Vec<Relative> {
    use PersonRole::{Child, Father, Mother, Parent};
    let adopts = |named: &Named<'_>| named.person.standing == Some(ParentStanding::Adoptive);
    let adopted = |at: &&At<'_>| is_child_of_birth(at) && at.entry.current.people().iter().any(adopts);
    let Some(birth) = at.iter().find(adopted) else {
        return Vec::new();
    };
    let now = birth.entry.current.people();
    let gone = |named: &Named<'_>| {
        let mut stands = now.iter().filter(|other| other.role == named.role);
        matches!(named.role, Mother | Father) && !adopts(named) && stands.all(adopts)
    };
    let by_birth = birth.entry.original.people().into_iter().filter(gone);
    let recognitions = at
        .iter()
        .filter(|at| at.entry.kind == Kind::ParentChildRecognition && at.place.role == Child);
    let recognised = recognitions.flat_map(|at| at.entry.current.people());
    let recognised = recognised.filter(|named| named.role == Parent);
    let relative = |(named, standing): (Named<'_>, _)| {
        let at = named.person.known_as.as_deref().copied()?;
        Some(Relative {
            at,
            name: named.person.name.value.clone(),
            known_as: others.get(&at).and_then(|other| other.known_as),
            standing: Some(standing),
            in_force: false,
            ended: None,
        })
    };
    let stated = by_birth.map(|named| {
        let standing = named.person.standing.unwrap_or(ParentStanding::Birth);
        (named, standing)
    });
    let all = stated.chain(recognised.map(|named| (named, ParentStanding::Recognised)));
    let stands = |relative: &Relative| {
        let mut known = known.iter();
        known.any(|known| !known.places().is_disjoint(&relative.places()))
    };
    all.filter_map(relative)
        .filter(|relative| !stands(relative))
        .collect()
}

/// The person of that place, if the act names one there.
pub(crate) fn named(act: &Act, place: PersonRef) -> Option<Named<'_>> {
    let mut people = act.people().into_iter();
    people.find(|named| named.role == place.role && named.index == place.place())
}

/// Whether the entry is the person's own birth.
pub(super) fn is_child_of_birth(at: &At<'_>) -> bool {
    at.entry.kind == Kind::Birth && at.place.role == PersonRole::Child
}

const fn of_capacity(mark: Mark) -> bool {
    matches!(
        mark,
        Mark::Missing | Mark::Incapacitated | Mark::LimitedCapacity | Mark::ImpairedCognition
    )
}

/// A registered death counts before a declaration of missing.
fn life(at: &[At<'_>]) -> Life {
    let deaths = at
        .iter()
        .filter(|at| at.place.role == PersonRole::Deceased && at.state.in_force());
    let mut found = Life::Alive;
    for at in deaths {
        let Act::Death(act) = &at.entry.current else {
            continue;
        };
        let (entry, on) = (at.entry.id, act.died_on.value);
        found = match act.proof {
            Some(DeathProof::CourtDeclaration) if found == Life::Alive => Life::DeclaredDead { entry, on },
            Some(DeathProof::CourtDeclaration) => found,
            _ => Life::Dead { entry, on },
        };
    }
    if found != Life::Alive {
        return found;
    }
    let mut births = at.iter().filter(|at| is_child_of_birth(at));
    births
        .find_map(|at| {
            let event = *at.state.marks.get(&Mark::Missing)?;
            Some(Life::Missing {
                entry: at.entry.id,
                event,
            })
        })
        .unwrap_or_default()
}

fn relative(
    entry: EntryId,
    named: &Named<'_>,
    others: &BTreeMap<PersonRef, Other>,
    standing: Option<ParentStanding>,
    ended: Option<Parting>,
) -> Option<Relative> {
    let at = named.of(entry)?;
    let Person { name, known_as, .. } = named.person;
    let stated = match standing {
        Some(ParentStanding::Adoptive | ParentStanding::Recognised) | None => standing,
        Some(usual) => named.person.standing.or(Some(usual)),
    };
    Some(Relative {
        at,
        name: name.value.clone(),
        known_as: others
            .get(&at)
            .and_then(|other| other.known_as)
            .or(known_as.as_deref().copied()),
        standing: stated,
        in_force: ended.is_none(),
        ended,
    })
}

/// One person who stands in two entries is one relative; whether the tie holds is what the later entry says.
fn remember(list: &mut Vec<Relative>, relative: Relative) {
    let places = |of: &Relative| BTreeSet::from([of.known_as.unwrap_or(of.at), of.at]);
    let same = list
        .iter_mut()
        .find(|known| !places(known).is_disjoint(&places(&relative)) && known.standing == relative.standing);
    match same {
        Some(known) if relative.at.entry != known.at.entry => {
            known.in_force = relative.in_force;
            known.ended = relative.ended;
            known.known_as = known.known_as.or(relative.known_as);
        }
        Some(_) => {}
        None => list.push(relative),
    }
}
