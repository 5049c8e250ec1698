//! What is offered to an officer beside a warning: a name in an old font encoding as it was probably meant. Nothing applies it
//! but the officer.

use std::collections::BTreeMap;

use civil::act::Act;
use civil::value::{Conversion, convert_legacy};

/// The conversions of the names of an act that need one, by the pointer of the name.
pub(crate) fn offers(act: &Act) -> BTreeMap<String, Conversion> {
    let people = act.people().into_iter();
    let offered = people.filter_map(|named| {
        let name = named.person.name.value.as_ref()?;
        Some((format!("{}/name", named.pointer()), convert_legacy(name.full())?))
    });
    offered.collect()
}
