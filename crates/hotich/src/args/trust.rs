//! The options of whom to trust: lock store, policy, witnesses, doctor.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args as Options, Subcommand};

use super::Data;

/// What checkpoints rest on beside the log's key.
#[derive(Debug, Clone, Default, Options)]
pub struct Trust {
    /// The lock store, which remembers what was signed: a file, on another disk than the ledger and never restored, or a `postgres://`
    /// URL where several nodes sign. By default `checkpoint.lock.db` in the key folder.
    #[arg(long)]
    pub lock: Option<String>,
    /// The trust policy (C2SP tlog-policy): which witnesses are asked and how many are enough. By default `trust-policy` in the key
    /// folder, if it is there; else nobody is asked.
    #[arg(long)]
    pub policy: Option<PathBuf>,
}

/// `hotich doctor`
#[derive(Debug, Options)]
pub struct Doctor {
    /// Which ledger.
    #[command(flatten)]
    pub data: Data,
    /// Lock store and policy.
    #[command(flatten)]
    pub trust: Trust,
    /// Let a new lock store begin with the largest checkpoint that was signed, if nothing else is wrong.
    #[arg(long)]
    pub adopt: bool,
    /// A folder for the evidence of what is found.
    #[arg(long)]
    pub out: Option<PathBuf>,
    /// Answer as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `hotich witness`
#[derive(Debug, Options)]
pub struct WitnessArgs {
    /// What to do.
    #[command(subcommand)]
    pub verb: WitnessVerb,
}

/// What a witness does.
#[derive(Debug, Subcommand)]
pub enum WitnessVerb {
    /// Make the witness's keys and show their public halves, for the policy.
    Init(WitnessInit),
    /// Cosign what continues what was seen.
    Serve(WitnessServe),
}

/// `hotich witness init`
#[derive(Debug, Options)]
pub struct WitnessInit {
    /// The folder of its keys and of what it has seen.
    #[arg(long)]
    pub data: PathBuf,
    /// Its name, for ever: by custom a URL without scheme.
    #[arg(long)]
    pub name: String,
    /// Make a second key, ML-DSA-44: then every checkpoint is cosigned twice.
    #[arg(long)]
    pub mldsa: bool,
}

/// `hotich witness serve`
#[derive(Debug, Options)]
pub struct WitnessServe {
    /// The folder of its keys and of what it has seen. What it has seen must never be restored from a backup.
    #[arg(long)]
    pub data: PathBuf,
    /// The public key of a log that is cosigned (C2SP vkey). May be repeated.
    #[arg(long, value_name = "VKEY")]
    pub log: Vec<String>,
    /// A trust policy, whose logs are cosigned.
    #[arg(long)]
    pub policy: Option<PathBuf>,
    /// Address and port; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:8081")]
    pub listen: SocketAddr,
}
