//! An office of the synthetic nation: its commune, its staff, its key, and the year's work that lies before it.

use std::sync::Arc;

use civil::cose::SecretKey;
use civil::id::{EventHash, Lane, OfficeId, StreamId};
use civil::value::Date;

use super::acts::{self, Occasion};
use super::calendar::{Calendar, Moment};
use super::dice::Dice;
use super::number::Numbers;
use super::pen::Pen;
use super::people::Staff;
use super::places::{Commune, Communes};
use super::table::KINDS;
use crate::client::SignedAct;
use crate::outcome::{Error, Result};

/// Where an office is and what it will do: everything that follows from the seed alone.
#[derive(Debug)]
pub struct Planned {
    /// Its number in the ledger.
    pub id: OfficeId,
    /// The communes of its province.
    pub communes: Arc<Communes>,
    /// Which of them it serves.
    pub home: usize,
    /// How many registrations of each of [`KINDS`] it will make.
    pub work: [u32; KINDS.len()],
}

impl Planned {
    /// The commune that it serves.
    pub fn commune(&self) -> Result<&Commune> {
        self.communes
            .all
            .get(self.home)
            .ok_or_else(|| Error::using("an office without a commune"))
    }

    /// The key with which its officer signs.
    pub fn key(&self, seed: u64) -> SecretKey {
        SecretKey::ed25519(&Dice::new(seed, "office key", u64::from(self.id.0)).bytes())
    }
}

/// An office at work: makes and signs its acts one after the other.
#[derive(Debug)]
pub struct Office {
    pen: Pen,
    communes: Arc<Communes>,
    home: Commune,
    staff: Staff,
    dice: Dice,
    left: [u32; KINDS.len()],
    numbers: [u32; KINDS.len()],
    given: Numbers,
    planned: u32,
    done: u32,
    /// When the next act is due.
    next: Option<Moment>,
}

impl Office {
    /// Ready to work: opened, and its key granted, in the ledger of that founding event.
    pub fn new(planned: &Planned, founding: EventHash, seed: u64) -> Result<Self> {
        let number = u64::from(planned.id.0);
        let stream = StreamId {
            office: planned.id,
            lane: Lane::Acts,
        };
        let home = planned.commune()?.clone();
        let staff = Staff::new(&planned.communes, &home, &mut Dice::new(seed, "staff", number))?;
        Ok(Self {
            pen: Pen::new(
                planned.key(seed),
                stream,
                0,
                founding,
                Dice::new(seed, "pen", number),
            ),
            communes: Arc::clone(&planned.communes),
            home,
            staff,
            dice: Dice::new(seed, "acts", number),
            left: planned.work,
            numbers: [0; KINDS.len()],
            given: Numbers::new(planned.home, planned.communes.all.len()),
            planned: planned.work.iter().sum(),
            done: 0,
            next: None,
        })
    }

    /// The next act, signed, if it is due by the end of that day.
    pub fn next(&mut self, calendar: &Calendar, until: Date) -> Result<Option<SignedAct>> {
        if self.done == self.planned {
            return Ok(None);
        }
        let moment = match self.next {
            Some(moment) => moment,
            None => self.moment(calendar)?,
        };
        if until < moment.day {
            self.next = Some(moment);
            return Ok(None);
        }
        self.next = None;
        self.done += 1;
        let chosen = self.dice.weighted(self.left.map(u64::from));
        self.left[chosen] = self.left[chosen].saturating_sub(1);
        self.numbers[chosen] += 1;
        let occasion = Occasion {
            day: moment.day,
            number: self.numbers[chosen],
            communes: &self.communes,
            home: &self.home,
            staff: &self.staff,
            numbers: &self.given,
        };
        let body = acts::body(KINDS[chosen], &occasion, &mut self.dice)?;
        Ok(Some(self.pen.sign(&body, moment.seconds)))
    }

    /// Acts are spread evenly over the year, each at a moment of chance within its share.
    fn moment(&mut self, calendar: &Calendar) -> Result<Moment> {
        let part = (f64::from(self.done) + self.dice.fraction()) / f64::from(self.planned);
        calendar
            .at(part)
            .ok_or_else(|| Error::using("an act past the end of the year"))
    }
}

#[cfg(test)]
mod tests {
    use civil::event::CivilEvent;

    use super::super::places::communes_of_2024;
    use super::*;

    fn office(seed: u64) -> Office {
        let communes = Arc::clone(&communes_of_2024().unwrap()["66"]);
        let planned = Planned {
            id: OfficeId(9),
            communes,
            home: 3,
            work: [40, 9, 8, 7, 3, 2],
        };
        Office::new(&planned, EventHash([7; 32]), seed).unwrap()
    }

    fn year(mut office: Office) -> Vec<SignedAct> {
        let calendar = Calendar::new().unwrap();
        let last = *calendar.week_ends().last().unwrap();
        std::iter::from_fn(|| office.next(&calendar, last).unwrap()).collect()
    }

    #[test]
    fn a_year_of_an_office_is_a_chain_of_events_with_numbers_without_gaps() {
        let acts = year(office(1));
        assert_eq!(acts.len(), 69);
        let mut prev = EventHash([7; 32]);
        let mut numbers = std::collections::HashMap::new();
        for (seq, act) in (0..).zip(&acts) {
            let event = CivilEvent::read(0, 0, &act.signed, &act.sealed_body).unwrap();
            assert_eq!((event.envelope.seq, event.envelope.prev), (seq, prev));
            assert_eq!(Some(event.signed_on), event.body.act.registered_on());
            let (_, book) = event.body.act.book().unwrap();
            let last = numbers
                .insert(event.envelope.kind, book.number_or_zero())
                .unwrap_or(0);
            assert_eq!(book.number_or_zero(), last + 1);
            prev = event.hash;
        }
        assert_eq!(numbers[&civil::kind::Kind::Birth], 40);
    }

    #[test]
    fn the_same_seed_writes_the_same_bytes_and_another_seed_others() {
        let signed = |seed| {
            year(office(seed))
                .into_iter()
                .map(|act| act.signed)
                .collect::<Vec<_>>()
        };
        assert_eq!(signed(1), signed(1));
        assert_ne!(signed(1), signed(2));
    }
}
