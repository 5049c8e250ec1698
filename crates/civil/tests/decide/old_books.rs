//! What is shown of entries taken over from old books, where a new act would be refused or nothing would be asked.

use civil::decide::BookFacts;
use civil::kind::Kind;
use serde_json::json;

use crate::acts::{abroad, birth, death, guardianship, guardianship_end, marriage, noted, with, without};
use crate::verdict::{Verdict, warnings};
use crate::world::{AN_NHON, DA_TEH, World};

const OLD_BOOKS: &str = "102/digitised";

/// When a birth with that source is taken over.
fn read(world: &mut World, source: serde_json::Value) -> Verdict {
    world.file(OLD_BOOKS, Kind::Birth, &with(birth(), "/source", source))
}

fn ended(world: &mut World, already: bool) -> Verdict {
    let entry = world.given(AN_NHON, Kind::Guardianship, &guardianship());
    let end = guardianship_end(noted(entry, "guardianship"));
    if already {
        world.given(DA_TEH, Kind::GuardianshipEnd, &end);
    }
    world.file(OLD_BOOKS, Kind::GuardianshipEnd, &end)
}

warnings! {
    an_old_book_may_not_say_the_day: DayMissing at "/registered_on" {
        |world| world.file(OLD_BOOKS, Kind::Birth, &without(birth(), "/registered_on"))
    } beside {
        |world| world.file(OLD_BOOKS, Kind::Birth, &birth())
    }
    an_old_book_may_end_a_guardianship_twice: NotThereToEnd at "/of" {
        |world| ended(world, true)
    } beside {
        |world| ended(world, false)
    }
    an_old_book_may_not_name_the_judgment: JudgmentMissing at "/judgment" {
        |world| world.file(OLD_BOOKS, Kind::Death, &with(death(), "/proof", json!("court_declaration")))
    } beside {
        |world| world.file(OLD_BOOKS, Kind::Death, &death())
    }
    an_old_book_may_not_name_the_foreign_authority: ForeignBlockMissing at "/foreign" {
        |world| world.file(OLD_BOOKS, Kind::Birth, &with(birth(), "/entry", json!("noted_from_abroad")))
    } beside {
        |world| world.file(OLD_BOOKS, Kind::Birth, &abroad(birth()))
    }
    an_old_book_may_marry_the_dead: PersonLocked at "/wife" {
        |world| {
            world.knows_dead("/wife", "2018-11-04");
            world.file(OLD_BOOKS, Kind::Marriage, &marriage())
        }
    } beside {
        |world| {
            world.knows_dead("/wife", "2019");
            world.file(OLD_BOOKS, Kind::Marriage, &marriage())
        }
    }
    a_death_registered_again_is_shown: AlreadyDead at "/deceased" {
        |world| {
            world.knows_dead("/deceased", "2020-02-10");
            world.file(AN_NHON, Kind::Death, &with(death(), "/entry", json!("again")))
        }
    } beside {
        |world| world.file(AN_NHON, Kind::Death, &with(death(), "/entry", json!("again")))
    }
    a_page_without_an_image_says_why: ImageMissing at "/source/image" {
        |world| read(world, json!({ "system": "book" }))
    } beside {
        |world| read(world, json!({ "system": "book", "damage": "Rách mép phải" }))
    }
    a_certificate_needs_no_image_of_the_page: ImageMissing at "/source/image" {
        |world| read(world, json!({ "system": "book", "key": "17" }))
    } beside {
        |world| read(world, json!({ "system": "certificate", "key": "17" }))
    }
    two_sources_that_differ_are_both_kept: ReadingDiffers at "/source/readings" {
        |world| {
            let other = json!({ "field": "/child/name", "text": "H'Bơn Êban", "system": "certificate" });
            read(world, json!({ "system": "software_158", "readings": [other] }))
        }
    } beside {
        |world| read(world, json!({ "system": "software_158" }))
    }
    a_number_of_another_year_stands_in_the_volume: NumberOfAnotherVolume at "/book/year" {
        |world| world.file(OLD_BOOKS, Kind::Birth, &with(birth(), "/book/volume", json!("02/2018")))
    } beside {
        |world| world.file(OLD_BOOKS, Kind::Birth, &with(birth(), "/book/volume", json!("02/2019")))
    }
    a_number_that_stands_twice_in_the_book_is_kept: NumberRepeats at "/book/number" {
        |world| {
            world.book = Some(BookFacts { has_number: true, ..BookFacts::default() });
            world.file(OLD_BOOKS, Kind::Birth, &birth())
        }
    } beside {
        |world| {
            world.book = Some(BookFacts::default());
            world.file(OLD_BOOKS, Kind::Birth, &birth())
        }
    }
}
