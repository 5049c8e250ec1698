//! What a sheet says that follows from nothing its officer wrote: proposed by the ledger, signed by the officer.

use civil::act::Act;
use civil::directory::Directory;
use civil::entry::RegisterEntry;
use civil::id::{Digest, OfficeId};
use civil::kind::Kind;
use civil::law::{Paper, PaperForm, form_in_force};
use civil::paper::{Issue, PaperContent, header_of, paper_of};
use civil::seal::PaperCode;
use civil::value::Date;
use serde_json::{Map, Value as Json, json};

use crate::command::Address;
use crate::error::RegistryError;
use crate::{Registry, reading};

impl Registry {
    /// The members of `paper` that a request leaves out; nothing where it asks for no sheet.
    pub(crate) async fn proposed_sheet(
        &self,
        request: &Json,
        address: Address,
        entry: Option<&RegisterEntry>,
    ) -> Result<Option<Json>, RegistryError> {
        let act = request.get("act");
        let Some(asked) = act.and_then(|act| act.get("paper")).and_then(Json::as_object) else {
            return Ok(None);
        };
        let day = act.and_then(|act| act.get("issued_on").or_else(|| act.get("registered_on")));
        let day = day.and_then(Json::as_str).and_then(|day| Date::parse(day).ok());
        let Some(day) = day.or_else(|| self.today()) else {
            return Ok(None);
        };
        let mut sheet = Map::new();
        let paper = word(asked, "paper", Paper::ALL, Paper::name).or_else(|| of(address.kind, entry));
        let form = word(asked, "form", PaperForm::ALL, PaperForm::name);
        let form = form.unwrap_or(match address.kind {
            Kind::InformationConfirmation => PaperForm::Original,
            _ => PaperForm::Copy,
        });
        if let Some(paper) = paper {
            sheet.insert("paper".to_owned(), paper.name().into());
            self.template(paper, form, day, &mut sheet)?;
        }
        sheet.insert("form".to_owned(), form.name().into());
        sheet.insert("code".to_owned(), self.paper_code().to_string().into());
        self.header(address.stream.office, day, &mut sheet);
        if let Some(entry) = entry
            && let Some(text) = self.refers_to(entry).await?
        {
            sheet.insert("refers_to".to_owned(), text.into());
        }
        Ok(Some(Json::Object(sheet)))
    }

    fn template(
        &self,
        paper: Paper,
        form: PaperForm,
        day: Date,
        sheet: &mut Map<String, Json>,
    ) -> Result<(), RegistryError> {
        let Some((title, _)) = form_in_force(paper, form, day) else {
            return Ok(());
        };
        if let Some(template) = self.press.typesetter()?.template(&title.template) {
            sheet.insert("template".to_owned(), template.name.into());
            sheet.insert("template_hash".to_owned(), hex::encode(template.hash).into());
        }
        Ok(())
    }

    /// A code that nobody guesses.
    fn paper_code(&self) -> PaperCode {
        let mut chance = [0; 13];
        self.chance.fill(&mut chance);
        PaperCode::from_chance(chance)
    }

    fn header(&self, office: OfficeId, day: Date, sheet: &mut Map<String, Json>) {
        let directory = self.authority.hold();
        let Some(office) = directory.office(office) else {
            return;
        };
        let (lines, place) = header_of(office, day);
        sheet.insert("header".to_owned(), json!(lines));
        if let Some(place) = place {
            sheet.insert("place".to_owned(), place.into());
        }
    }

    /// What a paper about another registration says of that: which book and paper an amendment changes, where the guardianship or
    /// the marriage was registered that ended.
    async fn refers_to(&self, entry: &RegisterEntry) -> Result<Option<String>, RegistryError> {
        let reached = entry.original.reaches().into_iter().next();
        let Some(reached) = reached.filter(|reached| reached.entry != entry.id) else {
            return Ok(None);
        };
        let Some(other) = reading::entry_of(&self.ledger, reached.entry).await? else {
            return Ok(None);
        };
        let directory = self.authority.hold();
        let number = match other.original.number_shown() {
            none if none.is_empty() => none,
            number => format!(" số {number}"),
        };
        let day = other.original.registered_on();
        let day = day.map_or_else(String::new, |day| format!(" ngày {}", day.vietnamese()));
        let office = directory.name(other.office);
        Ok(match (&entry.original, other.kind.book()) {
            (act, Some(book)) if act.amendment().is_some() => {
                let paper = paper_of(&other).map_or_else(|| other.kind.vietnamese(), Paper::vietnamese);
                let book = book.vietnamese();
                Some(format!("{book} và {paper}{number}{day} của {office}"))
            }
            (Act::GuardianshipEnd(_) | Act::GuardianshipSupervision(_) | Act::ForeignDissolution(_), _) => {
                let parts = [number.trim_start(), day.trim_start()].into_iter();
                let parts = parts.filter(|part| !part.is_empty());
                let whole: Vec<&str> = std::iter::once(office.as_str()).chain(parts).collect();
                Some(whole.join(", "))
            }
            _ => None,
        })
    }
}

/// What the paper says that a drafted act issues. Where the act leaves the hash of it open it is filled in; whoever gives one
/// is told if it is another. None where it issues none, or where there is no such paper, which the decision refuses in words.
pub(crate) fn page(
    act: &mut Act,
    entry: Option<&RegisterEntry>,
    directory: &Directory,
) -> Option<PaperContent> {
    match act {
        Act::ExtractIssued(act) => {
            let content = PaperContent::of(entry?, directory, &Issue::by(act)?).ok()?;
            if act.content_hash.0 == [0; 32] {
                act.content_hash = Digest(content.hash());
            }
            Some(content)
        }
        Act::InformationConfirmation(act) => {
            PaperContent::of_confirmation(act, &Issue::by_confirmation(act)?).ok()
        }
        _ => None,
    }
}

/// The paper that proves what is asked about.
fn of(kind: Kind, entry: Option<&RegisterEntry>) -> Option<Paper> {
    match kind {
        Kind::InformationConfirmation => Some(Paper::InformationConfirmation),
        _ => paper_of(entry?),
    }
}

fn word<T: Copy>(
    asked: &Map<String, Json>,
    member: &str,
    all: &[T],
    name: fn(T) -> &'static str,
) -> Option<T> {
    let asked = asked.get(member)?.as_str()?;
    all.iter().copied().find(|known| name(*known) == asked)
}
