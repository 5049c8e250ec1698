//! The verbs and their options. The same words everywhere: `--data` a folder or a `postgres://` URL, `--out` where
//! output goes, `--json` for programs, `--seed` where chance is involved.

mod auditor;

pub use auditor::{Audit, Export, Heads, Prove};

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use clap::{Args as Options, Parser, Subcommand};

mod trust;

pub use trust::{Doctor, Trust, WitnessArgs, WitnessInit, WitnessServe, WitnessVerb};

/// The event-sourced national civil-status ledger (hộ tịch).
#[derive(Debug, Parser)]
#[command(name = "hotich", version, about)]
pub struct Args {
    /// Write log lines as JSON.
    #[arg(long, global = true)]
    pub log_json: bool,
    /// Where the keys of bodies lie: a file, or the `postgres://` URL of a database with short backups of its own. By default beside
    /// the ledger.
    #[arg(long, global = true, env = "HOTICH_BODY_KEYS", hide_env_values = true)]
    pub body_keys: Option<String>,
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Found a ledger where there is none.
    Init(Init),
    /// Serve the API of a ledger that exists.
    Serve(Serve),
    /// Tell the story of one birth and what follows, or fill a ledger with a nation's registrations.
    Demo(Demo),
    /// Make keys, grant and revoke them, make reading tokens.
    Keys(Keys),
    /// File an act: draft, read, sign locally, append.
    File(File),
    /// Check everything, trusting nobody.
    Audit(Audit),
    /// Write the whole log into a folder that an auditor can take away.
    Export(Export),
    /// Fetch the proof that an event, or a paper, is in the log: a `.tlog-proof`, to be checked offline.
    Prove(Prove),
    /// Record how far every stream has come, as `serve` does once a day.
    Heads(Heads),
    /// Rebuild the read models from the log and swap them in.
    Rebuild(Rebuild),
    /// Recompute the read models and compare them with what is live; check the log of accesses. Changes nothing.
    Fsck(Fsck),
    /// Fill in a form of the ministry, for any area and period, as the ledger stood at any position.
    Statistics(Statistics),
    /// Papers: issue them, fetch them, see how one looks.
    Paper(Paper),
    /// Make, grant and revoke the seals of papers (con dấu điện tử).
    Seal(Seal),
    /// Write the signed list of roots and seals, by which papers are checked without a network.
    TrustList(List),
    /// Write the signed list of papers that no longer hold.
    StatusList(List),
    /// See what logs sign, remember it, cosign it (C2SP tlog-witness).
    Witness(WitnessArgs),
    /// Do ledger, lock store and witnesses agree, so that checkpoints can be signed; and what to do if not.
    Doctor(Doctor),
    /// Measure this machine, beside a reference taken in the same run.
    Bench(Bench),
    /// Live many short lives of a ledger under everything that can go wrong; each follows from its seed.
    Simulate(Simulate),
}

/// Where a ledger and its own keys are.
#[derive(Debug, Clone, Options)]
pub struct Data {
    /// A folder (the embedded ledger is `ledger.db` in it) or a `postgres://` URL.
    #[arg(long)]
    pub data: String,
    /// The folder with the ledger's own keys; by default the data folder, or `hotich-keys` for a database.
    #[arg(long)]
    pub keys: Option<PathBuf>,
}

/// `hotich init`
#[derive(Debug, Options)]
pub struct Init {
    /// Where.
    #[command(flatten)]
    pub data: Data,
    /// The origin of the log, for ever: a name like `example.vn/ho-tich`.
    #[arg(long)]
    pub origin: String,
}

/// `hotich serve`
#[derive(Debug, Options)]
pub struct Serve {
    /// Which ledger.
    #[command(flatten)]
    pub data: Data,
    /// Address and port; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Lock store and policy.
    #[command(flatten)]
    pub trust: Trust,
    /// Who dates the seals of papers.
    #[command(flatten)]
    pub stamped: TimeStamps,
    /// The address of a proxy of ours. Of a request that comes from there, the log of accesses tells the address that the proxy names in
    /// `X-Forwarded-For`. May be repeated.
    #[arg(long, value_name = "ADDRESS")]
    pub proxy: Vec<IpAddr>,
}

/// Who dates the seals of papers.
#[derive(Debug, Clone, Default, Options)]
pub struct TimeStamps {
    /// A time-stamp authority (RFC 3161) that dates the seals of papers. Where it does not answer, a paper is sealed without its date, for good.
    #[arg(long, env = "HOTICH_TIME_STAMPS", value_name = "URL")]
    pub time_stamps: Option<String>,
}

/// `hotich demo`
#[derive(Debug, Options)]
pub struct Demo {
    /// Where to keep the ledger; without it a temporary folder is used and removed at the end.
    #[arg(long)]
    pub data: Option<String>,
    /// Go on serving the demo's ledger when the story is told.
    #[arg(long)]
    pub serve: bool,
    /// Where to serve.
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Who dates the seals of papers.
    #[command(flatten)]
    pub stamped: TimeStamps,
    /// Fill the ledger with a nation's registrations instead of telling the story.
    #[arg(long)]
    pub national: bool,
    /// How much of the nation: 1 is 1,381,183 registrations.
    #[arg(long, default_value_t = 0.01, requires = "national")]
    pub scale: f64,
    /// From which chance follows.
    #[arg(long, default_value_t = 2026)]
    pub seed: u64,
}

/// `hotich keys`
#[derive(Debug, Options)]
pub struct Keys {
    /// What to do with keys.
    #[command(subcommand)]
    pub verb: KeyVerb,
}

/// What to do with keys.
#[derive(Debug, Subcommand)]
pub enum KeyVerb {
    /// Make an Ed25519 key pair; the private half is written to a file that only its owner can read.
    Generate {
        /// The file.
        #[arg(long)]
        out: PathBuf,
    },
    /// Make the log's second key (ML-DSA-44), with which every checkpoint is signed once more; show its public half, for the policy.
    Second {
        /// Whose log.
        #[command(flatten)]
        data: Data,
    },
    /// Show the id and the public half of a key; of a log's or a witness's key, its vkey (C2SP signed-note).
    Show {
        /// The file.
        key: PathBuf,
    },
    /// Let a key sign for an office, by an event of the administration.
    Grant {
        /// Which ledger.
        #[command(flatten)]
        data: Data,
        /// For which office.
        #[arg(long)]
        office: u32,
        /// The public half as COSE_Key in hexadecimal (see `hotich keys show`), or a key file.
        #[arg(long)]
        key: String,
        /// officer, head, desk, administrator or keeper.
        #[arg(long, default_value = "officer")]
        role: String,
        /// The administration's key file.
        #[arg(long)]
        administrator: PathBuf,
    },
    /// End the validity of a key, by an event of the administration.
    Revoke {
        /// Which ledger.
        #[command(flatten)]
        data: Data,
        /// The key's id.
        #[arg(long)]
        key: String,
        /// Why.
        #[arg(long)]
        reason: String,
        /// The administration's key file.
        #[arg(long)]
        administrator: PathBuf,
    },
    /// Make a token with which an office may read. It is shown once; the ledger keeps its hash.
    Token {
        /// Which ledger.
        #[command(flatten)]
        data: Data,
        /// Which office. May be repeated; each gets a line.
        #[arg(long, required_unless_present_any = ["auditor", "inspector"])]
        office: Vec<u32>,
        /// For an auditor instead: every signed envelope of the country, and no body.
        #[arg(long, conflicts_with = "office")]
        auditor: bool,
        /// For an inspector instead: who was shown what, and nothing of what was shown.
        #[arg(long, conflicts_with_all = ["office", "auditor"])]
        inspector: bool,
        /// What it is for.
        #[arg(long, default_value = "")]
        label: String,
    },
}

/// `hotich file`
#[derive(Debug, Options)]
pub struct File {
    /// The act as JSON: kind, office, act, and for some kinds entry and acknowledgements.
    pub act: PathBuf,
    /// The officer's key file. It never leaves this machine.
    #[arg(long)]
    pub key: PathBuf,
    /// The key file of a second person of the office, who endorses.
    #[arg(long)]
    pub second: Option<PathBuf>,
    /// The server.
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    pub server: String,
    /// The office's reading token.
    #[arg(long, env = "HOTICH_TOKEN", hide_env_values = true)]
    pub token: String,
    /// Acknowledge a warning: `code=reason`. May be repeated.
    #[arg(long, value_name = "CODE=REASON")]
    pub acknowledge: Vec<String>,
    /// Write into the act as whom a person is known, as the draft shows it: `/wife=ENTRY.child`. May be repeated; the officer who
    /// signs says that it is so.
    #[arg(long, value_name = "PERSON=PLACE")]
    pub link: Vec<String>,
    /// Write an entry into the act that the draft proposes to reach. May be repeated.
    #[arg(long, value_name = "ENTRY")]
    pub reach: Vec<String>,
    /// Show the draft and stop before signing.
    #[arg(long)]
    pub draft: bool,
    /// The trust policy of the log (C2SP tlog-policy), from elsewhere than the server. With it no receipt is accepted but from a log that
    /// continues what this office saw before, and that has the event.
    #[arg(long, env = "HOTICH_POLICY")]
    pub policy: Option<PathBuf>,
    /// The last checkpoint that this office saw; by default beside the key file.
    #[arg(long, requires = "policy")]
    pub checkpoint: Option<PathBuf>,
    /// Answer as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `hotich rebuild`
#[derive(Debug, Options)]
pub struct Rebuild {
    /// Which ledger.
    #[command(flatten)]
    pub data: Data,
    /// Answer as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `hotich fsck`
#[derive(Debug, Options)]
pub struct Fsck {
    /// Which ledger.
    #[arg(long)]
    pub data: String,
    /// Answer as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `hotich statistics`
#[derive(Debug, Options)]
pub struct Statistics {
    /// 13a, 14a, six_columns, timeliness or occurrence.
    pub form: String,
    /// Which ledger.
    #[command(flatten)]
    pub data: Data,
    /// One office; with neither office nor unit the whole country.
    #[arg(long, conflicts_with = "unit")]
    pub office: Option<u32>,
    /// A province, district or commune: its id, or its code on the day of `--units-on`.
    #[arg(long)]
    pub unit: Option<String>,
    /// The day whose administrative units are meant; by default the last day of the period or today, whichever is earlier.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub units_on: Option<String>,
    /// The first day of registration; by default 1 January of the last day's year.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub from: Option<String>,
    /// The last day of registration; by default today.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub to: Option<String>,
    /// The position of the last event that counts; by default the last of the log.
    #[arg(long)]
    pub position: Option<u64>,
    /// As later acts have corrected them, not as they were registered.
    #[arg(long)]
    pub corrected: bool,
    /// Where to write it; by default to the terminal.
    #[arg(long)]
    pub out: Option<PathBuf>,
    /// Answer as JSON instead of CSV.
    #[arg(long)]
    pub json: bool,
}

/// `hotich paper`
#[derive(Debug, Options)]
pub struct Paper {
    /// What to do with papers.
    #[command(subcommand)]
    pub verb: PaperVerb,
}

/// What to do with papers.
#[derive(Debug, Subcommand)]
pub enum PaperVerb {
    /// Set a paper of made-up people, without a ledger, to see how its template looks.
    Preview {
        /// Which paper, as `schemas/law/papers.csv` names it: birth, marriage, death, ….
        kind: String,
        /// The original instead of a copy.
        #[arg(long)]
        original: bool,
        /// The day of issue, by which the form is chosen; by default today.
        #[arg(long, value_name = "YYYY-MM-DD")]
        on: Option<String>,
        /// A folder with templates that take the place of the program's own.
        #[arg(long)]
        templates: Option<PathBuf>,
        /// A template by its name instead of the one that holds on that day: to try a new form.
        #[arg(long)]
        template: Option<String>,
        /// The PDF file to write.
        #[arg(long)]
        out: PathBuf,
    },
    /// Issue papers of entries: see what they will say, sign, record, fetch the files.
    Issue(IssuePaper),
    /// Fetch the file of a paper that was issued; it is always the same.
    Fetch(FetchPaper),
}

/// A server and the right to read there.
#[derive(Debug, Options)]
pub struct RemoteArgs {
    /// The server.
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    pub server: String,
    /// The office's reading token.
    #[arg(long, env = "HOTICH_TOKEN", hide_env_values = true)]
    pub token: String,
}

impl RemoteArgs {
    /// The server.
    pub fn remote(&self) -> crate::remote::Remote<'_> {
        crate::remote::Remote {
            server: &self.server,
            token: &self.token,
        }
    }
}

/// `hotich paper issue`
#[derive(Debug, Options)]
pub struct IssuePaper {
    /// Who asks, by what right, and who signs, as JSON: what the schema of `extract` wants. The day is today and the paper a copy
    /// unless it says otherwise.
    pub act: PathBuf,
    /// The office that issues.
    #[arg(long)]
    pub office: u32,
    /// An entry; may be repeated for a paper of each.
    #[arg(long, required = true)]
    pub entry: Vec<String>,
    /// The key file of the officer or of the desk. It never leaves this machine.
    #[arg(long)]
    pub key: PathBuf,
    /// Where the server is.
    #[command(flatten)]
    pub remote: RemoteArgs,
    /// Acknowledge a warning: `code=reason`. May be repeated.
    #[arg(long, value_name = "CODE=REASON")]
    pub acknowledge: Vec<String>,
    /// Show what the papers would say and stop before signing.
    #[arg(long)]
    pub draft: bool,
    /// The PDF file to write, or a folder for several; by default each is called by its event.
    #[arg(long)]
    pub out: Option<PathBuf>,
}

/// `hotich paper fetch`
#[derive(Debug, Options)]
pub struct FetchPaper {
    /// The event that issued it, or its code.
    pub paper: String,
    /// Where the server is.
    #[command(flatten)]
    pub remote: RemoteArgs,
    /// A picture of a page instead of the file: it shows the code that proves the paper, and has no signature itself.
    #[arg(long)]
    pub png: bool,
    /// Which page of it.
    #[arg(long, default_value_t = 1, requires = "png")]
    pub page: u32,
    /// How many pixels an inch, 100 to 300.
    #[arg(long, default_value_t = 150, requires = "png")]
    pub dpi: u16,
    /// The PDF or PNG file to write.
    #[arg(long)]
    pub out: PathBuf,
}

/// `hotich seal`
#[derive(Debug, Options)]
pub struct Seal {
    /// What to do with seals.
    #[command(subcommand)]
    pub verb: SealVerb,
}

/// What to do with seals.
#[derive(Debug, Subcommand)]
pub enum SealVerb {
    /// Make the country's root in the key folder and record that it counts.
    Root {
        /// The ledger and its keys.
        #[command(flatten)]
        data: Data,
        /// What the certificate calls it.
        #[arg(long)]
        name: String,
        /// The administration's key file.
        #[arg(long)]
        administrator: PathBuf,
    },
    /// Make the seal of an office in the key folder, by the root that lies there, and record that it counts.
    Grant {
        /// The ledger and its keys.
        #[command(flatten)]
        data: Data,
        /// The office; may be repeated. 0 is the country's own seal, which signs the lists.
        #[arg(long, required = true)]
        office: Vec<u32>,
        /// What the certificate calls it; by default the name of the office.
        #[arg(long)]
        name: Option<String>,
        /// The administration's key file.
        #[arg(long)]
        administrator: PathBuf,
    },
    /// Record that a seal counts no longer.
    Revoke {
        /// The ledger and its keys.
        #[command(flatten)]
        data: Data,
        /// The SHA-256 of the public key, as `GET /v1/events` and the verifier show it.
        #[arg(long)]
        key: String,
        /// Why.
        #[arg(long)]
        reason: String,
        /// From when somebody else may have had the key.
        #[arg(long, value_name = "YYYY-MM-DD")]
        suspect_since: Option<String>,
        /// The administration's key file.
        #[arg(long)]
        administrator: PathBuf,
    },
}

/// `hotich trust-list`, `hotich status-list`
#[derive(Debug, Options)]
pub struct List {
    /// The ledger and its keys; the country's seal lies with them.
    #[command(flatten)]
    pub data: Data,
    /// The file to write.
    #[arg(long)]
    pub out: PathBuf,
}

/// `hotich simulate`
#[derive(Debug, Options)]
pub struct Simulate {
    /// How many lives.
    #[arg(long, default_value_t = 1_000)]
    pub seeds: u64,
    /// The first seed; that of a life that broke, to see it again.
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
    /// How many things befall each ledger.
    #[arg(long, default_value_t = 10)]
    pub steps: u32,
    /// Answer as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `hotich bench`
#[derive(Debug, Options)]
pub struct Bench {
    /// What to measure.
    #[arg(value_enum, default_value_t = Measured::All)]
    pub what: Measured,
    /// Where to found the ledger that is measured: a new folder, or the `postgres://` URL of an empty database. Without it
    /// a temporary folder is used and removed at the end.
    #[arg(long)]
    pub data: Option<String>,
    /// How many clients append at once, each for an office of its own.
    #[arg(long, default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub clients: u32,
    /// How long each round of appending lasts.
    #[arg(long, default_value_t = 5)]
    pub seconds: u64,
    /// How many rounds; medians are told.
    #[arg(long, default_value_t = 3)]
    pub rounds: usize,
    /// How many events the log has at least for audit and rebuild, and how many the server is sent for its memory.
    #[arg(long, default_value_t = 100_000)]
    pub events: u64,
    /// Answer as JSON.
    #[arg(long)]
    pub json: bool,
}

/// What `hotich bench` measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Measured {
    /// The whole path of an event, against plain single-row commits of the same bytes.
    Append,
    /// The auditor, against the raw rate of batch verification.
    Audit,
    /// The read models anew from the log.
    Rebuild,
    /// Reports and candidates, against a plain count of the events; `--data` names a ledger of `hotich demo --national`.
    Reading,
    /// What a server holds, idle and after many events.
    Memory,
    /// A paper set and sealed, and issued over HTTP.
    Paper,
    /// From an event to the checkpoint that covers it, with three witnesses.
    Checkpoint,
    /// An entry read with its line in the log of accesses, against the same without.
    Access,
    /// The demo from a cold start to its end.
    Story,
    /// All of it but the reading, the papers, the checkpoints and the accesses.
    All,
}
