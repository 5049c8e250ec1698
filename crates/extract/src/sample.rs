//! One lawful sample of every paper, for previews, tests and vectors (`schemas/papers/samples.json`).

use civil::act::{Act, BookReference, Signer};
use civil::directory::Directory;
use civil::entry::RegisterEntry;
use civil::id::{EntryId, EventHash, EventId, OfficeId};
use civil::kind::Kind;
use civil::law::{Paper, PaperForm};
use civil::paper::{Issue, PaperContent, kind_of};
use civil::value::{Date, Text};
use civil::wire::{Form, Wire};
use serde_json::Value as Json;

use crate::TypesetError;

const SAMPLES: &str = include_str!("../../../schemas/papers/samples.json");
const BROKEN: TypesetError = TypesetError::Broken("schemas/papers/samples.json");

/// What a paper of the samples says, issued on that day.
///
/// # Errors
/// [`TypesetError::NoPaper`] where there is no such paper or form; [`TypesetError::Broken`] when the samples cannot be read.
pub fn sample(paper: Paper, form: PaperForm, on: Date) -> Result<PaperContent, TypesetError> {
    let samples: Json = serde_json::from_str(SAMPLES).map_err(|_| BROKEN)?;
    let issued = Issued::read(&samples["issue"], paper, form, on)?;
    if paper == Paper::InformationConfirmation {
        let act = act(
            Kind::InformationConfirmation,
            &samples["information_confirmation"],
        )?;
        let Act::InformationConfirmation(act) = act else {
            return Err(BROKEN);
        };
        return Ok(PaperContent::of_confirmation(&act, &issued.issue(None))?);
    }
    let same = samples["same"][paper.word()].as_str().unwrap_or(paper.word());
    let of_it = &samples["papers"][same];
    let mut wanted = of_it["act"].clone();
    if paper == Paper::ChangeNoted {
        wanted["foreign"] = samples["papers"]["birth_noted"]["act"]["foreign"].clone();
    }
    let entry = entry(act(kind_of(paper), &wanted)?);
    let mut directory = Directory::new();
    let office = act(Kind::OfficeOpened, &samples["office"])?;
    directory.apply(EventId::at(1, [1; 10]), EventHash([1; 32]), &office);
    let refers_to = of_it["refers_to"].as_str().map(text).transpose()?;
    let mut content = PaperContent::of(&entry, &directory, &issued.issue(refers_to.as_ref()))?;
    let notes = of_it["notes"].as_array().into_iter().flatten();
    content
        .notes
        .extend(notes.filter_map(Json::as_str).map(str::to_owned));
    Ok(content)
}

/// An issue with what it borrows.
struct Issued {
    paper: Paper,
    form: PaperForm,
    on: Date,
    book: BookReference,
    header: Vec<Text>,
    place: Text,
    signer: Signer,
}

impl Issued {
    fn read(issue: &Json, paper: Paper, form: PaperForm, on: Date) -> Result<Self, TypesetError> {
        let header = issue["header"].as_array().ok_or(BROKEN)?.iter();
        let header = header.map(|line| text(line.as_str().ok_or(BROKEN)?));
        let number = issue["number"]
            .as_u64()
            .and_then(|number| u32::try_from(number).ok());
        Ok(Self {
            paper,
            form,
            on,
            book: BookReference::numbered(number.ok_or(BROKEN)?, on.year()),
            header: header.collect::<Result<_, TypesetError>>()?,
            place: text(issue["place"].as_str().ok_or(BROKEN)?)?,
            signer: Signer::from_json(&issue["signer"], &mut Form::new()).ok_or(BROKEN)?,
        })
    }

    fn issue<'a>(&'a self, refers_to: Option<&'a Text>) -> Issue<'a> {
        Issue {
            paper: self.paper,
            form: self.form,
            issued_on: self.on,
            book: &self.book,
            header: &self.header,
            place: Some(&self.place),
            signer: Some(&self.signer),
            refers_to,
            adoption_disclosed: true,
        }
    }
}

fn act(kind: Kind, document: &Json) -> Result<Act, TypesetError> {
    let mut form = Form::new();
    let act = Act::from_json(kind, document, &mut form);
    form.finish(act).map_err(|_| BROKEN)
}

fn text(text: &str) -> Result<Text, TypesetError> {
    Text::parse(text).map_err(|_| BROKEN)
}

/// An entry to which nothing has happened since.
fn entry(act: Act) -> RegisterEntry {
    let at = EventId::at(2, [2; 10]);
    RegisterEntry {
        id: EntryId::at(2, [2; 10]),
        kind: act.kind(),
        office: OfficeId(2),
        opened_by: at,
        original: act.clone(),
        current: act,
        notes: Vec::new(),
        copies: Vec::new(),
        lost: Vec::new(),
        head: EventHash([2; 32]),
        head_position: 2,
    }
}

/// A claim as long as a full one, for pages that must show where the codes stand.
pub fn sample_claim() -> String {
    "6BF+70790T9WJWG.FKY*4GO0.O1CV2"
        .repeat(28)
        .chars()
        .take(834)
        .collect()
}
