//! Who else bears the personal numbers of an act, as far as it bears on the act: one look into an index for each number, and what is
//! known only of those who stand where it matters. Facts only add: the index follows the log, and may be a moment behind it.

use std::collections::BTreeMap;

use civil::act::Act;
use civil::decide::{NumberAsked, numbers_asked};
use civil::person::PersonView;
use projections::search;

use crate::error::RegistryError;
use crate::{AsOf, Registry, persons};

/// No number leads to more people than this; a number that was written everywhere by mistake ends here.
const BEARERS_MAX: usize = 8;

/// Whether the act gives the number to somebody: such an act is rare, and looked at again when it is recorded. Whoever states a
/// number that they have is looked up while an officer drafts, and not for every act on its way into the log.
pub(crate) fn is_given(asked: &NumberAsked) -> bool {
    asked.roles.is_empty()
}

/// Who bears those of the numbers that an act asks for, by its pointers; without those whom it links there itself.
pub(crate) async fn facts(
    registry: &Registry,
    act: &Act,
    linked: &BTreeMap<String, PersonView>,
    wanted: impl Fn(&NumberAsked) -> bool,
) -> Result<BTreeMap<String, Vec<PersonView>>, RegistryError> {
    let mut found = BTreeMap::new();
    for asked in numbers_asked(act).into_iter().filter(wanted) {
        let own = linked.get(&asked.pointer).map_or(&[][..], |view| &view.places);
        let hits = search::by_personal_number(&registry.ledger.reader(), &asked.number).await?;
        let standing = hits.iter().filter(|hit| hit.former_since.is_none());
        let places = standing.filter_map(search::Hit::place).filter(|place| {
            let matters = asked.roles.is_empty() || asked.roles.contains(&place.role);
            matters && !own.contains(place)
        });
        let mut bearers: Vec<PersonView> = Vec::new();
        for place in places {
            let known = bearers.iter().any(|bearer| bearer.places.contains(&place));
            if !known && bearers.len() < BEARERS_MAX {
                let person = persons::known(registry, place, AsOf::default()).await?;
                bearers.extend(person.map(|person| person.view));
            }
        }
        if !bearers.is_empty() {
            found.insert(asked.pointer, bearers);
        }
    }
    Ok(found)
}
