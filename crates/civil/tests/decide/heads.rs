//! What keeps a list of stream heads from being recorded, and who may sign one.

use civil::cose::SecretKey;
use civil::directory::Unauthorised;
use civil::heads::Heads;
use civil::id::Lane;
use civil::kind::Kind;
use serde_json::{Value as Json, json};

use crate::acts::with;
use crate::verdict::{Verdict, refusals};
use crate::world::{World, cose_key, key};

fn list() -> Json {
    json!({ "day": "2026-11-22", "size": 12, "streams": 2, "root": "11".repeat(32) })
}

/// When it is filed in a ledger whose streams had reached just that.
fn file(world: &mut World, act: &Json) -> Verdict {
    world.heads = Some(Heads {
        streams: 2,
        root: [0x11; 32],
    });
    world.file("0/desk", Kind::StreamHeads, act)
}

refusals! {
    a_list_of_other_heads_than_the_streams_have_is_refused: HeadsDiffer at "/root" {
        |world| file(world, &with(list(), "/root", json!("22".repeat(32))))
    } beside {
        |world| file(world, &list())
    }
    a_list_that_counts_a_stream_too_few_is_refused: HeadsDiffer at "/root" {
        |world| file(world, &with(list(), "/streams", json!(1)))
    } beside {
        |world| file(world, &list())
    }
    a_list_that_knows_the_accesses_by_half_is_refused: HeadsDiffer at "/access_head" {
        |world| file(world, &with(list(), "/access_size", json!(3)))
    } beside {
        |world| file(world, &with(with(list(), "/access_size", json!(3)), "/access_head", json!("33".repeat(32))))
    }
    a_list_of_tomorrow_is_refused: RegisteredInFuture at "/day" {
        |world| file(world, &with(list(), "/day", json!("2026-11-23")))
    } beside {
        |world| file(world, &list())
    }
    the_keeper_is_of_the_administration: RoleOfAnotherOffice at "/role" {
        |world| world.file("0/acts", Kind::KeyGranted, &granted(303))
    } beside {
        |world| world.file("0/acts", Kind::KeyGranted, &granted(0))
    }
}

fn granted(office: u32) -> Json {
    json!({ "office": office, "key": cose_key(77), "role": "keeper", "valid_from": "2026-01-01" })
}

/// A key that lies with a server must be good for nothing else.
#[test]
fn the_keeper_signs_lists_of_stream_heads_and_nothing_else() {
    let mut world = World::new();
    world.administer(Kind::KeyGranted, &granted(0));
    let keeper = SecretKey::public(&key(77)).id();
    let today = world.today;
    for kind in Kind::ALL.iter().copied() {
        for lane in Lane::ALL {
            let stream = format!("0/{}", lane.name()).parse().unwrap();
            let may = world.directory.authorise(keeper, stream, kind, today);
            let its_own = kind == Kind::StreamHeads && lane == Lane::Desk;
            assert_eq!(may.is_ok(), its_own, "{} {}", kind.name(), lane.name());
        }
    }
    let elsewhere = "303/desk".parse().unwrap();
    let refused = world
        .directory
        .authorise(keeper, elsewhere, Kind::StreamHeads, today);
    assert_eq!(refused.err(), Some(Unauthorised::KeyOfAnotherOffice));
    let administrator = SecretKey::public(&key(1)).id();
    let lists = "0/desk".parse().unwrap();
    let refused = world
        .directory
        .authorise(administrator, lists, Kind::StreamHeads, today);
    assert_eq!(refused.err(), Some(Unauthorised::RoleDoesNotCover));
}
