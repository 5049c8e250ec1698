//! `hotich simulate`: many short lives of a ledger under everything that can go wrong, each a function of its seed.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use serde_json::json;
use simulate::{Story, Template};
use tracing::subscriber::{NoSubscriber, with_default};

use crate::args::Simulate;
use crate::outcome::{Error, Outcome, Result};
use crate::progress;

/// Lives them on all cores; tells the first that breaks, with its seed, step by step. A single seed is told in any case.
pub async fn run(args: Simulate) -> Result<Outcome> {
    let json = args.json;
    let lives = tokio::task::spawn_blocking(move || live(&args))
        .await
        .map_err(Error::using)??;
    match (&lives.told, json) {
        (told, true) => {
            let story = told.as_ref().map(|story| {
                let broken = story.broken.as_ref().map(ToString::to_string);
                json!({ "seed": story.seed, "events": story.events, "told": story.told, "broken": broken })
            });
            println!(
                "{:#}",
                json!({ "lives": lives.lived, "events": lives.events, "story": story })
            );
        }
        (Some(story), false) => {
            story.told.iter().for_each(|line| println!("    {line}"));
            match &story.broken {
                Some(broken) => println!("✗ seed {}: {broken}", story.seed),
                None => println!("✓ seed {}: {} events, nothing lost", story.seed, story.events),
            }
        }
        (None, false) => println!(
            "✓ {} lives with {} events: no receipt lost, no two histories signed, nothing half-visible",
            lives.lived, lives.events
        ),
    }
    let broken = lives.told.is_some_and(|story| story.broken.is_some());
    Ok(if broken { Outcome::Finding } else { Outcome::Well })
}

/// What came of them.
struct Lives {
    lived: u64,
    events: u64,
    /// The one that broke, or the only one.
    told: Option<Story>,
}

fn live(args: &Simulate) -> Result<Lives> {
    let template = Template::found().map_err(Error::using)?;
    let bar = progress::bar(args.seeds, "simulate");
    let (next, lived, events) = (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0));
    let told: Mutex<Option<Story>> = Mutex::new(None);
    let one = || {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= args.seeds {
                break;
            }
            let story = template.live(args.seed.wrapping_add(number), args.steps);
            lived.fetch_add(1, Ordering::Relaxed);
            events.fetch_add(story.events, Ordering::Relaxed);
            bar.inc(1);
            if story.broken.is_some() || args.seeds == 1 {
                // Nobody begins another.
                next.store(args.seeds, Ordering::Relaxed);
                let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
                let earlier = told.as_ref().is_some_and(|told| told.seed < story.seed);
                if !earlier {
                    *told = Some(story);
                }
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            // What fails there fails on purpose, thousands of times: it is told in the story and not in the log of operations.
            scope.spawn(|| with_default(NoSubscriber::default(), one));
        }
    });
    bar.finish_and_clear();
    Ok(Lives {
        lived: lived.into_inner(),
        events: events.into_inner(),
        told: told.into_inner().unwrap_or_else(PoisonError::into_inner),
    })
}
