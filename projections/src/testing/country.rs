//! A small country at work: acts of every kind at offices whose books change hands.

use std::collections::BTreeMap;

use civil::act::{
    Act, BookClosed, BookOpened, BooksEntrusted, ExtractIssued, IdentityDecided, IdentityVerdict, KeyRevoked,
    MarginalNoteEntered, OfficeLevel, OfficeOpened, OfficeSucceeded, OfficerAppointed, Person, PersonRef,
    PersonRole, Role, Standing,
};
use civil::content::Content;
use civil::directory::Directory;
use civil::entry::RegisterEntry;
use civil::id::{EntryId, Lane, OfficeId, StreamId};
use civil::kind::{BookType, Kind};
use civil::stated::Stated;
use civil::unit::UnitId;
use civil::value::{Date, Ethnicity};

use super::{Chance, Scribe, Written, acts};

/// The office that passes its books on half-way.
pub const OLD_OFFICE: OfficeId = OfficeId(1);
/// The office that keeps them from then on.
pub const SUCCESSOR: OfficeId = OfficeId(5);

/// Offices: number, unit, name.
const OFFICES: [(u32, &str, &str); 5] = [
    (1, "00001@..", "UBND phường Phúc Xá"),
    (2, "00004@..", "UBND phường Trúc Bạch"),
    (3, "00006@..", "UBND phường Vĩnh Phúc"),
    (4, "00007@..", "UBND phường Cống Vị"),
    (5, "00004@2025-07-01", "UBND phường Ba Đình"),
];

/// Makes the events of a country, one after the other, for ever.
#[derive(Debug)]
pub struct Country {
    /// Who writes them.
    pub scribe: Scribe,
    chance: Chance,
    directory: Directory,
    ready: std::collections::VecDeque<Written>,
    entries: Vec<EntryId>,
    /// After how many events the first of two successions comes.
    succession_at: u64,
    succeeded: u8,
    /// How many volumes of births each office opened in each year.
    volumes: BTreeMap<(OfficeId, u16), u16>,
}

impl Country {
    /// A country that was founded, with open offices. After `succession_at` events the books of [`OLD_OFFICE`] go to office 2, soon after those of
    /// office 2 to [`SUCCESSOR`].
    pub fn new(seed: u64, succession_at: u64) -> Self {
        let mut country = Self {
            scribe: Scribe::new(seed, Date::new(2025, 3, 3).unwrap()),
            chance: Chance::new(!seed),
            directory: Directory::new(),
            ready: std::collections::VecDeque::new(),
            entries: Vec::new(),
            succession_at,
            succeeded: 0,
            volumes: BTreeMap::new(),
        };
        let founding = country.scribe.found();
        country.take(founding);
        for (office, unit, name) in OFFICES {
            country.open(OfficeId(office), unit, name);
        }
        country
    }

    /// The next event.
    pub fn next_event(&mut self) -> Written {
        if let Some(written) = self.ready.pop_front() {
            return written;
        }
        self.scribe.wait(600 + self.chance.below(7_200) as u64);
        let done = self.scribe.position();
        if self.succeeded == 0 && done >= self.succession_at {
            self.succeed(OLD_OFFICE, OfficeId(2));
        } else if self.succeeded == 1 && done >= self.succession_at + 40 {
            self.succeed(OfficeId(2), SUCCESSOR);
            self.appoint();
        } else {
            self.act();
        }
        self.ready.pop_front().expect("every step writes something")
    }

    /// What was written and not yet taken: of a new country the founding event and the opening of its offices.
    pub fn waiting(&mut self) -> Vec<Written> {
        self.ready.drain(..).collect()
    }

    /// The next events.
    pub fn take_many(&mut self, count: usize) -> Vec<Written> {
        (0..count).map(|_| self.next_event()).collect()
    }

    /// The directory after the last event that was made.
    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    fn take(&mut self, written: Written) {
        let envelope = &written.event.envelope;
        if envelope.stream == StreamId::ADMINISTRATION {
            self.directory
                .apply(envelope.event, written.event.hash, &written.event.body.act);
        }
        if envelope.kind.opens_entry() {
            self.entries.extend(envelope.entry);
        }
        self.ready.push_back(written);
    }

    fn administer(&mut self, act: Act) {
        let written = self.scribe.write(StreamId::ADMINISTRATION, None, act);
        self.take(written);
    }

    fn open(&mut self, office: OfficeId, unit: &str, name: &str) {
        self.administer(Act::OfficeOpened(Box::new(OfficeOpened {
            unit: Some(UnitId::parse(unit).unwrap()),
            ..OfficeOpened::least(
                office,
                acts::text(name),
                OfficeLevel::Commune,
                Date::new(2020, 1, 1).unwrap(),
            )
        })));
        for grant in self.scribe.grant(office) {
            self.take(grant);
        }
    }

    fn succeed(&mut self, office: OfficeId, successor: OfficeId) {
        self.succeeded += 1;
        self.administer(Act::OfficeSucceeded(Box::new(OfficeSucceeded {
            legal_basis: Some(acts::text("Nghị quyết")),
            ..OfficeSucceeded::least(office, successor, self.scribe.today())
        })));
        self.administer(Act::KeyRevoked(Box::new(KeyRevoked {
            key: Scribe::key(StreamId {
                office,
                lane: Lane::Acts,
            })
            .public()
            .id(),
            on: self.scribe.today(),
            reason: acts::text("Cơ quan đã chuyển giao"),
        })));
    }

    /// The successor gets an officer, and the deaths of the old office go to office 3.
    fn appoint(&mut self) {
        let (day, person) = (self.scribe.today(), acts::name(&mut self.chance));
        let officer = OfficerAppointed::least(
            SUCCESSOR,
            Person::named(person),
            Role::Officer,
            acts::text("Công chức tư pháp – hộ tịch"),
            day,
        );
        self.administer(Act::OfficerAppointed(Box::new(officer)));
        let decision = acts::text("Quyết định số 12/QĐ-UBND");
        let entrusted = BooksEntrusted {
            book_type: Some(BookType::Deaths),
            ..BooksEntrusted::least(OLD_OFFICE, OfficeId(3), day, decision)
        };
        self.administer(Act::BooksEntrusted(Box::new(entrusted)));
    }

    /// An office that still works.
    fn office(&mut self) -> OfficeId {
        let office = OfficeId(OFFICES[self.chance.below(OFFICES.len())].0);
        self.directory.keeper(office)
    }

    fn act(&mut self) {
        let office = self.office();
        let written = match self.chance.below(100) {
            roll @ 0..74 => self.registration(office, roll),
            74..86 => self.amendment(office),
            86..88 => self.divorce(office),
            88 => Some(self.book(office)),
            89..95 => self.copy(office),
            95 => self.identity(office),
            _ => self.marginal_note(),
        };
        match written {
            Some(written) => self.take(written),
            // Nothing yet that could be amended, noted or copied.
            None => {
                let written = self.registration(office, 0);
                self.take(written.expect("a birth can always be registered"));
            }
        }
    }

    fn registration(&mut self, office: OfficeId, roll: usize) -> Option<Written> {
        let lane = if roll == 1 { Lane::Digitised } else { Lane::Acts };
        let day = self.scribe.today();
        let (book, fill): (_, fn(&mut Chance, civil::act::BookReference, Date) -> Act) = match roll {
            0..40 => (BookType::Births, acts::birth),
            40..52 => (BookType::Marriages, acts::marriage),
            52..62 => (BookType::Deaths, acts::death),
            62..68 => (BookType::MaritalStatus, acts::confirmation),
            68..71 => (BookType::Recognitions, acts::recognition),
            _ => (BookType::Guardianships, acts::guardianship),
        };
        let mut reference = self.scribe.number(office, book);
        if lane == Lane::Digitised {
            reference.number = Some(17);
            reference.year = Some(1975);
        }
        let act = fill(&mut self.chance, reference, day);
        Some(self.scribe.register(StreamId { office, lane }, act))
    }

    fn any(&mut self, wanted: impl Fn(&RegisterEntry) -> bool) -> Option<RegisterEntry> {
        let from = self.chance.below(self.entries.len().max(1));
        let entries = self.entries.iter().cycle().skip(from).take(self.entries.len());
        entries
            .map(|id| &self.scribe.entries[id])
            .find(|entry| wanted(entry))
            .cloned()
    }

    fn amendment(&mut self, office: OfficeId) -> Option<Written> {
        let birth = self.any(|entry| entry.kind == Kind::Birth)?;
        let name = Stated::plain(acts::name(&mut self.chance));
        let (kind, amended) = match self.chance.below(6) {
            0 => (
                Kind::Change,
                vec![acts::amended(&birth, "/child/name", Some(name))],
            ),
            1 => {
                let ethnicity = Stated::plain(Ethnicity::parse("12").unwrap());
                let amended = acts::amended(&birth, "/child/ethnicity", Some(ethnicity));
                (Kind::EthnicityRedetermination, vec![amended])
            }
            2 => {
                let fatherless = self.any(|entry| match &entry.current {
                    Act::Birth(act) => act.father.is_none(),
                    _ => false,
                })?;
                let father = acts::person(&mut self.chance, 1986);
                (
                    Kind::Supplement,
                    vec![acts::amended(&fatherless, "/father", Some(father))],
                )
            }
            3 => {
                let marriage = self.any(|entry| entry.kind == Kind::Marriage)?;
                let amended = [
                    acts::amended(&birth, "/mother/name", Some(name.clone())),
                    acts::amended(&marriage, "/wife/name", Some(name)),
                ];
                (Kind::Correction, amended.into())
            }
            4 => {
                let with_father = self.any(|entry| match &entry.current {
                    Act::Birth(act) => act.father.is_some(),
                    _ => false,
                })?;
                let gone = None::<Stated<Ethnicity>>;
                (
                    Kind::Correction,
                    vec![acts::amended(&with_father, "/father", gone)],
                )
            }
            _ => {
                let death = self.any(|entry| entry.kind == Kind::Death)?;
                let day = Stated::plain(self.scribe.today().add_days(-3).unwrap().into());
                let day: Stated<civil::value::PartialDate> = day;
                (
                    Kind::Correction,
                    vec![acts::amended(&death, "/died_on", Some(day))],
                )
            }
        };
        let number = self.scribe.number(office, BookType::Changes);
        let act = acts::amendment(kind, number, self.scribe.today(), amended);
        Some(self.scribe.register(
            StreamId {
                office,
                lane: Lane::Acts,
            },
            act,
        ))
    }

    fn divorce(&mut self, office: OfficeId) -> Option<Written> {
        let marriage = self.any(|entry| entry.kind == Kind::Marriage && !entry.divorced())?;
        let act = acts::divorce(self.scribe.today());
        Some(self.scribe.write(
            StreamId {
                office,
                lane: Lane::Acts,
            },
            Some(marriage.id),
            act,
        ))
    }

    fn identity(&mut self, office: OfficeId) -> Option<Written> {
        let child = |entry: &RegisterEntry| PersonRef::new(entry.id, PersonRole::Child, 0);
        let one = child(&self.any(|entry| entry.kind == Kind::Birth)?);
        let other = child(&self.any(|entry| entry.kind == Kind::Birth)?);
        let verdict = *self.chance.of(&[IdentityVerdict::Same, IdentityVerdict::NotSame]);
        let reason = acts::text("Đối chiếu hồ sơ");
        let act = IdentityDecided::least(self.scribe.today(), one, other, verdict, reason, acts::signer());
        let stream = Scribe::acts_of(office);
        Some(
            self.scribe
                .write(stream, None, Act::IdentityDecided(Box::new(act))),
        )
    }

    /// The next volume of the year's births is opened, or the present one closed. Its totals are nobody's business here.
    fn book(&mut self, office: OfficeId) -> Written {
        let (day, year) = (self.scribe.today(), self.scribe.today().year());
        let volumes = self.volumes.entry((office, year)).or_default();
        let act = if *volumes > 0 && self.chance.below(2) == 0 {
            let closed = BookClosed::least(BookType::Births, year, day, 0, false, acts::signer());
            Act::BookClosed(Box::new(closed))
        } else {
            *volumes += 1;
            let volume = acts::text(&format!("{volumes:02}"));
            let opened = BookOpened::least(BookType::Births, year, volume, day, *volumes, acts::signer());
            Act::BookOpened(Box::new(opened))
        };
        self.scribe.write(Scribe::acts_of(office), None, act)
    }

    fn copy(&mut self, office: OfficeId) -> Option<Written> {
        let entry = self.any(|_| true)?;
        let act = Act::ExtractIssued(Box::new(ExtractIssued::least(
            self.scribe.number(office, BookType::Copies),
            self.scribe.today(),
            Standing::Person,
            civil::id::Digest(Content::of(&entry, &self.directory).hash()),
            acts::signer(),
        )));
        Some(self.scribe.write(
            StreamId {
                office,
                lane: Lane::Desk,
            },
            Some(entry.id),
            act,
        ))
    }

    fn marginal_note(&mut self) -> Option<Written> {
        let entry = self.any(|entry| entry.notes.iter().any(|note| note.entered.is_none()))?;
        let noted = entry.notes.iter().find(|note| note.entered.is_none())?.event;
        let act = Act::MarginalNoteEntered(Box::new(MarginalNoteEntered {
            noted,
            entered_on: self.scribe.today(),
            page: None,
            signer: acts::signer(),
            officer: None,
        }));
        let office = self.directory.keeper_of_entry(&entry);
        Some(self.scribe.write(
            StreamId {
                office,
                lane: Lane::Acts,
            },
            Some(entry.id),
            act,
        ))
    }
}
