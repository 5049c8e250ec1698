//! Trust policies (C2SP tlog-policy): which logs, which witnesses, and how many of them are enough. The file that an auditor is handed.

use crate::{
    checkpoint::{Checkpoint, CheckpointError, Cosigned, SignedCheckpoint},
    key::{KeyError, KeyKind, VerifierKey},
    tile::parse_decimal,
};

/// Longest policy that is read, in bytes.
pub const MAX_POLICY_SIZE: usize = 1_000_000;

/// Most logs, witnesses and groups that are read, each. The specification asks for at least 32.
const MAX_EACH: usize = 256;

/// Which checkpoints are to be believed: signed by one of the logs, and cosigned by a quorum of the witnesses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    logs: Vec<VerifierKey>,
    log_urls: Vec<Option<Vec<u8>>>,
    witnesses: Vec<PolicyWitness>,
    witness_keys: Vec<VerifierKey>,
    groups: Vec<Group>,
    quorum: Option<Member>,
}

/// A witness of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyWitness {
    name: Vec<u8>,
    key: VerifierKey,
    url: Option<Vec<u8>>,
}

impl PolicyWitness {
    /// What the policy calls it: bytes, which mean nothing outside of the file.
    #[must_use]
    pub fn name(&self) -> &[u8] {
        &self.name
    }

    /// Its key.
    #[must_use]
    pub const fn key(&self) -> &VerifierKey {
        &self.key
    }

    /// Where it is asked, if that is stated and is UTF-8: its submission prefix.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref().and_then(|url| str::from_utf8(url).ok())
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Group {
    name: Vec<u8>,
    needed: usize,
    members: Vec<Member>,
}

/// A witness or a group, by its place in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Member {
    Witness(usize),
    Group(usize),
}

/// A text is no policy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the policy: {why}")]
pub struct PolicyError {
    /// The line, from 1; the last one where something is missing from the whole.
    pub line: usize,
    /// What is wrong with it.
    pub why: PolicyFault,
}

/// What is wrong with a line of a policy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyFault {
    /// A control character, or a last line without its end.
    #[error("it has a control character, or does not end")]
    Bytes,
    /// More than [`MAX_POLICY_SIZE`] bytes, or more lines of a kind than are read.
    #[error("too large")]
    TooLarge,
    /// No line of a policy, or with too few or too many words.
    #[error("it is no line of a policy")]
    Malformed,
    /// The key cannot be read.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A log with a witness's kind of key, or the other way round.
    #[error("the key is for another kind of signature")]
    WrongKind,
    /// The same public key again, under whatever name; also one that is a log's and a witness's.
    #[error("the key stands there already")]
    DuplicateKey,
    /// The name is taken, or it is `none`.
    #[error("the name is taken")]
    DuplicateName,
    /// No witness and no group before it is called that.
    #[error("nothing before it has that name")]
    UnknownName,
    /// The threshold is none, 0, or more than there are members.
    #[error("not a threshold of that many members")]
    Threshold,
    /// The name is a member of a group already.
    #[error("the name is a member of a group already")]
    UsedTwice,
    /// There is a second quorum line, or none.
    #[error("there must be exactly one quorum")]
    Quorum,
}

/// A checkpoint is not to be believed under a policy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyRefusal {
    /// Not by a log of the policy, or one of the signatures is false.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// Fewer witnesses than the quorum wants.
    #[error("the {cosigned} witnesses that have cosigned are not the quorum of the policy")]
    Quorum {
        /// How many witnesses of the policy have cosigned.
        cosigned: usize,
    },
}

impl Policy {
    /// Reads a policy file.
    ///
    /// # Errors
    /// [`PolicyError`] with the first line that is wrong.
    pub fn parse(bytes: &[u8]) -> Result<Self, PolicyError> {
        let fail = |line, why| PolicyError { line, why };
        if bytes.len() > MAX_POLICY_SIZE {
            return Err(fail(1, PolicyFault::TooLarge));
        }
        let (mut reading, mut last) = (Reading::default(), 1);
        for (number, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
            last = number + 1;
            let line = line
                .strip_suffix(b"\n")
                .filter(|line| !line.iter().any(is_control));
            let line = line.ok_or_else(|| fail(last, PolicyFault::Bytes))?;
            reading.line(line).map_err(|why| fail(last, why))?;
        }
        reading.finish().map_err(|why| fail(last, why))
    }

    /// A policy that knows one log and asks no witness.
    #[must_use]
    pub fn of_log(keys: Vec<VerifierKey>) -> Self {
        Self {
            log_urls: vec![None; keys.len()],
            logs: keys,
            witnesses: Vec::new(),
            witness_keys: Vec::new(),
            groups: Vec::new(),
            quorum: None,
        }
    }

    /// The keys of the logs.
    #[must_use]
    pub fn logs(&self) -> &[VerifierKey] {
        &self.logs
    }

    /// Where a log is to be found, if the policy says so and it is UTF-8.
    #[must_use]
    pub fn log_url(&self, log: &VerifierKey) -> Option<&str> {
        let place = self.logs.iter().position(|known| known == log)?;
        str::from_utf8(self.log_urls.get(place)?.as_deref()?).ok()
    }

    /// The witnesses, in the order of the file.
    #[must_use]
    pub fn witnesses(&self) -> &[PolicyWitness] {
        &self.witnesses
    }

    /// Their keys.
    #[must_use]
    pub fn witness_keys(&self) -> &[VerifierKey] {
        &self.witness_keys
    }

    /// Whether these cosignatures are enough.
    #[must_use]
    pub fn is_met(&self, cosigned: &[Cosigned<'_>]) -> bool {
        self.is_met_by(|key| cosigned.iter().any(|by| by.key == key))
    }

    /// Whether the quorum is met when just those witnesses cosign of which this says so.
    pub fn is_met_by(&self, has: impl Fn(&VerifierKey) -> bool) -> bool {
        self.quorum.is_none_or(|quorum| self.has(quorum, &has))
    }

    /// Reads a signed checkpoint and believes it: a log of the policy has signed, every signature by a known key is true, and the
    /// quorum has cosigned.
    ///
    /// # Errors
    /// [`PolicyRefusal`].
    pub fn open(&self, checkpoint: &[u8]) -> Result<SignedCheckpoint<'_>, PolicyRefusal> {
        let signed = Checkpoint::open(checkpoint, &self.logs, &self.witness_keys)?;
        let cosigned = signed.cosignatures();
        if self.is_met(cosigned) {
            Ok(signed)
        } else {
            Err(PolicyRefusal::Quorum {
                cosigned: cosigned.len(),
            })
        }
    }

    /// Groups name only what stands before them, so this ends.
    fn has(&self, member: Member, has: &impl Fn(&VerifierKey) -> bool) -> bool {
        match member {
            Member::Witness(place) => self.witness_keys.get(place).is_some_and(has),
            Member::Group(place) => self.groups.get(place).is_some_and(|group| {
                let cosigned = group.members.iter().filter(|member| self.has(**member, has));
                cosigned.count() >= group.needed
            }),
        }
    }
}

/// A policy while it is read.
#[derive(Default)]
struct Reading {
    logs: Vec<VerifierKey>,
    log_urls: Vec<Option<Vec<u8>>>,
    witnesses: Vec<PolicyWitness>,
    groups: Vec<Group>,
    quorum: Option<Option<Member>>,
    used: Vec<Member>,
}

impl Reading {
    fn line(&mut self, line: &[u8]) -> Result<(), PolicyFault> {
        let words: Vec<&[u8]> = line
            .split(|byte| matches!(byte, b' ' | b'\t'))
            .filter(|word| !word.is_empty())
            .collect();
        match *words.as_slice() {
            [] => Ok(()),
            [first, ..] if first.starts_with(b"#") => Ok(()),
            [b"log", key] => self.log(key, None),
            [b"log", key, url] => self.log(key, Some(url)),
            [b"witness", name, key] => self.witness(name, key, None),
            [b"witness", name, key, url] => self.witness(name, key, Some(url)),
            [b"group", name, needed, first, ref more @ ..] => {
                let members: Vec<_> = std::iter::once(first).chain(more.iter().copied()).collect();
                self.group(name, needed, &members)
            }
            [b"quorum", name] => self.quorum(name),
            _ => Err(PolicyFault::Malformed),
        }
    }

    fn log(&mut self, key: &[u8], url: Option<&[u8]>) -> Result<(), PolicyFault> {
        let key = self.key(key, &[KeyKind::Ed25519, KeyKind::MlDsa44])?;
        room(&self.logs)?;
        self.logs.push(key);
        self.log_urls.push(url.map(<[u8]>::to_vec));
        Ok(())
    }

    fn witness(&mut self, name: &[u8], key: &[u8], url: Option<&[u8]>) -> Result<(), PolicyFault> {
        self.is_free(name)?;
        let key = self.key(key, &[KeyKind::Cosignature, KeyKind::MlDsa44])?;
        room(&self.witnesses)?;
        self.witnesses.push(PolicyWitness {
            name: name.to_vec(),
            key,
            url: url.map(<[u8]>::to_vec),
        });
        Ok(())
    }

    fn group(&mut self, name: &[u8], needed: &[u8], members: &[&[u8]]) -> Result<(), PolicyFault> {
        self.is_free(name)?;
        room(&self.groups)?;
        let needed = match needed {
            b"all" => members.len(),
            b"any" => 1,
            number => threshold(number).ok_or(PolicyFault::Threshold)?,
        };
        if needed == 0 || needed > members.len() {
            return Err(PolicyFault::Threshold);
        }
        let members = members
            .iter()
            .map(|member| {
                let member = self.find(member).ok_or(PolicyFault::UnknownName)?;
                if self.used.contains(&member) {
                    return Err(PolicyFault::UsedTwice);
                }
                self.used.push(member);
                Ok(member)
            })
            .collect::<Result<_, _>>()?;
        self.groups.push(Group {
            name: name.to_vec(),
            needed,
            members,
        });
        Ok(())
    }

    fn quorum(&mut self, name: &[u8]) -> Result<(), PolicyFault> {
        if self.quorum.is_some() {
            return Err(PolicyFault::Quorum);
        }
        self.quorum = Some(match name {
            b"none" => None,
            name => Some(self.find(name).ok_or(PolicyFault::UnknownName)?),
        });
        Ok(())
    }

    fn finish(self) -> Result<Policy, PolicyFault> {
        Ok(Policy {
            quorum: self.quorum.ok_or(PolicyFault::Quorum)?,
            logs: self.logs,
            log_urls: self.log_urls,
            witness_keys: self.witnesses.iter().map(|witness| witness.key.clone()).collect(),
            witnesses: self.witnesses,
            groups: self.groups,
        })
    }

    /// A key of one of these kinds that stands nowhere yet. That a log's key must not be a witness's is ours: nobody is their own witness.
    fn key(&self, text: &[u8], kinds: &[KeyKind]) -> Result<VerifierKey, PolicyFault> {
        let text = str::from_utf8(text).map_err(|_| PolicyFault::Key(KeyError::Malformed))?;
        let key: VerifierKey = text.parse()?;
        let mut known = self
            .logs
            .iter()
            .chain(self.witnesses.iter().map(|known| &known.key));
        if !kinds.contains(&key.kind()) {
            Err(PolicyFault::WrongKind)
        } else if known.any(|known| known.public_bytes() == key.public_bytes()) {
            Err(PolicyFault::DuplicateKey)
        } else {
            Ok(key)
        }
    }

    fn is_free(&self, name: &[u8]) -> Result<(), PolicyFault> {
        if name == b"none" || self.find(name).is_some() {
            Err(PolicyFault::DuplicateName)
        } else {
            Ok(())
        }
    }

    fn find(&self, name: &[u8]) -> Option<Member> {
        let witness = self.witnesses.iter().position(|known| known.name == name);
        let group = || self.groups.iter().position(|known| known.name == name);
        witness
            .map(Member::Witness)
            .or_else(|| group().map(Member::Group))
    }
}

fn is_control(byte: &u8) -> bool {
    matches!(byte, 0..=8 | 10..=31 | 127)
}

fn threshold(text: &[u8]) -> Option<usize> {
    parse_decimal(str::from_utf8(text).ok()?)?.try_into().ok()
}

fn room<T>(list: &[T]) -> Result<(), PolicyFault> {
    if list.len() < MAX_EACH {
        Ok(())
    } else {
        Err(PolicyFault::TooLarge)
    }
}
