//! The personal numbers that an office of the synthetic nation meets: each once, as the law gives them (Law 26/2023, Art. 12). Chance
//! would give some twice in a nation, and the ledger shows a number that it knows of somebody else.

use std::cell::RefCell;
use std::collections::HashMap;

use civil::value::{PersonalNumber, Sex};

use super::people::Born;
use crate::outcome::{Error, Result};

/// Six digits tell apart those of one province, sex and year of birth.
const SERIALS: u32 = 1_000_000;

/// The numbers that one of the offices of a province has given.
#[derive(Debug)]
pub struct Numbers {
    own: u32,
    offices: u32,
    given: RefCell<HashMap<(bool, u16), u32>>,
}

impl Numbers {
    /// Of the office with that place among so many of its province: every so-manieth number is its own.
    pub fn new(own: usize, offices: usize) -> Self {
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Self {
            own: count(own),
            offices: count(offices).max(1),
            given: RefCell::default(),
        }
    }

    /// Province, century and sex, year, six digits; none comes twice before all are used up.
    pub fn give(&self, province: &str, born: Born) -> Result<PersonalNumber> {
        let (female, year) = (born.sex == Sex::Female, born.on.year());
        let mut given = self.given.borrow_mut();
        let before = given.entry((female, year)).or_default();
        let serial = before.wrapping_mul(self.offices).wrapping_add(self.own) % SERIALS;
        *before += 1;
        let century = (year / 100).saturating_sub(19) * 2;
        let digit = century + u16::from(female);
        let number = format!("0{province}{digit}{:02}{serial:06}", year % 100);
        PersonalNumber::parse(&number).map_err(Error::using)
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        reason = "a test that cannot go on stops where it stands"
    )]

    use std::collections::BTreeSet;

    use civil::value::Date;

    use super::*;

    #[test]
    fn no_two_people_of_a_province_get_one_number() {
        let mut seen = BTreeSet::new();
        for own in 0..7 {
            let numbers = Numbers::new(own, 7);
            for sex in [Sex::Male, Sex::Female] {
                for (year, _) in [(1994, 0), (1995, 0), (1994, 1), (2023, 0)] {
                    let on = Date::new(year, 5, 6).unwrap();
                    let number = numbers.give("66", Born { sex, on }).unwrap();
                    assert!(number.consistency(Some(sex), Some(year)).is_empty());
                    assert!(seen.insert(number), "{number} is given twice");
                }
            }
        }
    }
}
