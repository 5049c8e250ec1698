//! An office that hands out papers from the command line.

use std::ffi::OsStr;
use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use crate::{Country, Ended, Engine, Server, act, hotich, hotich_binary};

/// Office 1 of a country with a root of seals: its key, its token, one birth.
#[derive(Debug)]
pub struct Desk {
    /// The country.
    pub country: Country,
    key: String,
    administrator: String,
    token: String,
    environment: Vec<(String, String)>,
    entry: String,
}

impl Desk {
    /// Settles a country with a root of its seals and the country's own; office 1 registers a birth.
    pub fn settle(engine: Engine) -> Self {
        let (country, server) = Country::settle(engine, 1);
        let folder = country.ledger.folder();
        let (key, administrator) = (
            folder.join("office-1.key"),
            format!("{}/administrator.key", country.ledger.keys()),
        );
        let token = country.ledger.token(1);
        hotich(folder.path(), &["keys", "generate", "--out", &key]).with(0);
        let mut desk = Self {
            country,
            key,
            administrator,
            token,
            environment: Vec::new(),
            entry: String::new(),
        };
        drop(server);
        let (key, administrator) = (desk.key.clone(), desk.administrator.clone());
        let grant = ["--office", "1", "--key", &key, "--administrator", &administrator];
        desk.run(&["keys", "grant"], &grant).with(0);
        let root = ["--name", "Gốc thử nghiệm", "--administrator", &administrator];
        desk.run(&["seal", "root"], &root).with(0);
        desk.seal(0).with(0);
        let server = desk.serve(&[]);
        let birth = json!({ "kind": "birth", "office": 1, "act": act::birth("Nguyễn Thị An") });
        let file = desk.written("birth.json", &birth.to_string());
        let receipt = desk
            .ask(&server, &["file", &file, "--key", &desk.key, "--json"])
            .with(0)
            .json();
        desk.entry = receipt["entry"].as_str().unwrap().to_owned();
        desk
    }

    /// The same, where every program finds something in its environment.
    pub fn within(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        let value = value.as_ref().to_str().unwrap().to_owned();
        self.environment.push((name.to_owned(), value));
        self
    }

    /// Makes and grants the seal of an office.
    pub fn seal(&self, office: u32) -> Ended {
        let office = office.to_string();
        self.run(
            &["seal", "grant"],
            &["--office", &office, "--administrator", &self.administrator],
        )
    }

    /// Makes a key and lets it sign for the office in that role; answers its file.
    pub fn key(&self, role: &str) -> String {
        let key = self.file(&format!("{role}.key"));
        Ended::of(self.command().args(["keys", "generate", "--out", &key])).with(0);
        let grant = [
            "--office",
            "1",
            "--role",
            role,
            "--key",
            &key,
            "--administrator",
            &self.administrator,
        ];
        self.run(&["keys", "grant"], &grant).with(0);
        key
    }

    /// Serves the ledger.
    pub fn serve(&self, arguments: &[&str]) -> Server {
        let mut command = self.command();
        let keys = self.country.ledger.keys();
        command.args([
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--data",
            self.country.ledger.data(),
            "--keys",
            &keys,
        ]);
        Server::launch(command.args(arguments))
    }

    /// Issues a copy of the birth; answers the event and the file.
    pub fn issue(&self, server: &Server) -> (String, Vec<u8>) {
        let signer = json!({ "name": "Lê Thị Mai", "title": "Chủ tịch" });
        self.issue_as(server, &self.key, &json!({ "signer": signer }))
    }

    /// The same with another key, and with what else the request says.
    pub fn issue_as(&self, server: &Server, key: &str, more: &Value) -> (String, Vec<u8>) {
        let mut asked = json!({
            "standing": "person", "requester": "Nguyễn Thị An", "entitlement": { "ground": "themselves" },
        });
        for (member, value) in more.as_object().unwrap() {
            asked[member] = value.clone();
        }
        let ask = self.written("ask.json", &asked.to_string());
        let out = self.file("issued.pdf");
        let issue = [
            "paper",
            "issue",
            &ask,
            "--office",
            "1",
            "--entry",
            &self.entry,
            "--key",
            key,
            "--out",
            &out,
        ];
        let issued = self.ask(server, &issue).with(0);
        let event = issued.out.lines().find_map(|line| line.strip_prefix("event  "));
        (event.unwrap().to_owned(), fs::read(&out).unwrap())
    }

    /// The file of a paper that was issued.
    pub fn fetch(&self, server: &Server, event: &str) -> Vec<u8> {
        let out = self.file("fetched.pdf");
        self.ask(server, &["paper", "fetch", event, "--out", &out])
            .with(0);
        fs::read(&out).unwrap()
    }

    /// What `hotich-verify extract` says of a paper, with the trust list of now.
    pub fn verify(&self, paper: &[u8]) -> Ended {
        let (trust, file) = (self.file("trust"), self.file("judged"));
        fs::write(&file, paper).unwrap();
        self.run(&["trust-list"], &["--out", &trust]).with(0);
        let binary = hotich_binary().with_file_name("hotich-verify");
        Ended::of(Command::new(binary).args(["extract", &file, "--trust", &trust]))
    }

    /// Runs a verb that takes `--server` and `--token`.
    pub fn ask(&self, server: &Server, arguments: &[&str]) -> Ended {
        let url = server.url("");
        let remote = ["--server", &url, "--token", &self.token];
        Ended::of(self.command().args(arguments).args(remote))
    }

    /// Runs a verb that takes `--data` and `--keys`.
    pub fn run(&self, verb: &[&str], arguments: &[&str]) -> Ended {
        let keys = self.country.ledger.keys();
        let place = ["--data", self.country.ledger.data(), "--keys", &keys];
        Ended::of(self.command().args(verb).args(place).args(arguments))
    }

    /// A command of `hotich` as this office runs it.
    pub fn command(&self) -> Command {
        let mut command = Command::new(hotich_binary());
        let environment = self.environment.iter().map(|(name, value)| (name, value));
        command
            .current_dir(self.country.ledger.folder().path())
            .envs(environment);
        command
    }

    /// The office's key file and reading token, for commands of the test's own.
    pub fn credentials(&self) -> (&str, &str) {
        (&self.key, &self.token)
    }

    /// A place for a file of the test.
    pub fn file(&self, name: &str) -> String {
        self.country.ledger.folder().join(name)
    }

    /// A file of the test.
    pub fn written(&self, name: &str, text: &str) -> String {
        let path = self.file(name);
        fs::write(&path, text).unwrap();
        path
    }
}
