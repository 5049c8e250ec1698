#![allow(clippy::unwrap_used, missing_docs)]
#[path = "../tests/support/mod.rs"]
mod support;
use std::ops::ControlFlow;
use support::World;
use verify::*;
fn main() {
    let offices: u32 = std::env::args().nth(1).unwrap().parse().unwrap();
    let n: usize = std::env::args().nth(2).unwrap().parse().unwrap();
    let threads: usize = std::env::args().nth(3).unwrap().parse().unwrap();
    let mut world = World::new(offices);
    let mut chance = 1u64;
    while world.records.len() < n {
        chance = chance
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        world.birth(1 + ((chance >> 33) % u64::from(offices)) as u32);
    }
    let expected = world.expected();
    println!("built");
    for _ in 0..40 {
        let r = audit(
            InMemory::new(world.records.clone()),
            &expected,
            &Options {
                threads,
                ..Options::default()
            },
            &mut |_| ControlFlow::Continue(()),
        );
        println!("{} ms {} ev/s", r.elapsed_ms, r.events_per_second);
    }
}
