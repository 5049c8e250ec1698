//! `hotich`: the national civil-status ledger. Arguments, configuration, wiring, signals; no rules of its own.
//!
//! Exit status: 0 = well, 1 = a finding or refusal, 2 = wrong use or a fault.

// First: its macros are for all that follow.
#[macro_use]
mod say;

mod administration;
mod args;
mod audit_source;
mod bench;
mod beside;
mod body_keys;
mod client;
mod clock;
mod copy;
mod data;
mod keeper;
mod key_file;
mod monitor;
mod national;
mod outcome;
mod progress;
mod publishing;
mod recompute;
mod remote;
mod seal_file;
mod story;
mod time_stamps;
mod token_file;
mod verb;

use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::EnvFilter;

use args::{Args, Verb};
use outcome::Outcome;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let args = Args::parse();
    logging(args.log_json);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let outcome = match runtime {
        Ok(runtime) => {
            body_keys::lie_in(args.body_keys.as_deref()).and_then(|()| runtime.block_on(run(args.verb)))
        }
        Err(error) => Err(error.into()),
    };
    say::end();
    match outcome {
        Ok(Outcome::Well) if !say::was_heard() => {
            eprintln!("hotich: it is done, but what it answered could not be written");
            ExitCode::from(2)
        }
        Ok(Outcome::Well) => ExitCode::SUCCESS,
        Ok(Outcome::Finding) => ExitCode::from(1),
        Err(error) => {
            eprintln!("hotich: {error}");
            ExitCode::from(error.exit_status())
        }
    }
}

async fn run(verb: Verb) -> outcome::Result<Outcome> {
    match verb {
        Verb::Init(args) => verb::init::run(args).await,
        Verb::Serve(args) => verb::serve::run(args).await,
        Verb::Demo(args) => verb::demo::run(args).await,
        Verb::Keys(args) => verb::keys::run(args).await,
        Verb::File(args) => verb::file::run(args).await,
        Verb::Audit(args) => verb::audit::run(args).await,
        Verb::Export(args) => verb::export::run(args).await,
        Verb::Prove(args) => verb::prove::run(&args),
        Verb::Heads(args) => verb::heads::run(args).await,
        Verb::Rebuild(args) => verb::rebuild::run(args).await,
        Verb::Fsck(args) => verb::fsck::run(args).await,
        Verb::Statistics(args) => verb::statistics::run(args).await,
        Verb::Paper(args) => verb::paper::run(args),
        Verb::Seal(args) => verb::seal::run(args).await,
        Verb::TrustList(args) => verb::lists::trust(args).await,
        Verb::StatusList(args) => verb::lists::status(args).await,
        Verb::Witness(args) => verb::witness::run(args).await,
        Verb::Doctor(args) => verb::doctor::run(args).await,
        Verb::Bench(args) => verb::bench::run(args).await,
        Verb::Simulate(args) => verb::simulate::run(args).await,
    }
}

/// Log lines go to standard error; answers go to standard output.
fn logging(json: bool) {
    let filter = EnvFilter::try_from_env("HOTICH_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    if json {
        builder.json().init()
    } else {
        builder.init()
    }
}
