//! The content of a paper, and how it follows from the entry and the act that issues it.

use ciborium::Value;

use super::field::{FieldId, NUMBER, PaperField, REGISTERED_ON, derived};
use super::issue::{Issue, NoPaper, of_act};
use super::layout::{ANYBODY, Part, parts, says_where};
use super::{notes, spoken, value};
use crate::act::{
    Act, Dissolution, InformationConfirmation, Person, PersonRole, RecognitionDirection, Signer,
};
use crate::directory::Directory;
use crate::entry::RegisterEntry;
use crate::kind::Kind;
use crate::law::{Paper, PaperForm, PaperTitle, form_in_force};
use crate::note::worded_changes;
use crate::value::{Date, Text};

/// Who stands below a paper.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SignedBy {
    /// `NGƯỜI KÝ TRÍCH LỤC`.
    pub heading: String,
    /// `KT. CHỦ TỊCH` where a deputy signs; else empty.
    pub on_behalf: String,
    /// The title in capitals; empty where the office's seal alone stands for it.
    pub title: String,
    /// The name as written.
    pub name: String,
}

/// What a paper says: every text that is printed and varies, in printing order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperContent {
    /// Which paper.
    pub paper: Paper,
    /// Original or copy.
    pub form: PaperForm,
    /// The lines of the title.
    pub title: Vec<String>,
    /// The lines at the top left: who issues it.
    pub header: Vec<String>,
    /// As printed after `Số:`; empty where the book states none.
    pub number: String,
    /// The place before the day; empty where the office states none.
    pub place: String,
    /// Ngày cấp.
    pub issued_on: Date,
    /// The fields.
    pub fields: Vec<PaperField>,
    /// Ghi chú, in the order of the log.
    pub notes: Vec<String>,
    /// Who signs.
    pub signed: SignedBy,
}

impl PaperContent {
    /// What a paper of this entry says, issued in this way.
    ///
    /// # Errors
    /// [`NoPaper`].
    pub fn of(entry: &RegisterEntry, directory: &Directory, issue: &Issue<'_>) -> Result<Self, NoPaper> {
        if of_act(&entry.original) != Some(issue.paper) {
            return Err(NoPaper::DoesNotFit);
        }
        if entry.kind == Kind::Adoption && !issue.adoption_disclosed {
            return Err(NoPaper::Sealed);
        }
        let mut content = Self::headed(&entry.current, issue)?;
        let page = Page {
            act: &entry.current,
            tree: entry.current.to_cbor(),
            issue,
        };
        page.print(&mut content.fields);
        if says_where(issue.paper, issue.form) {
            let day = entry.original.registered_on();
            content.registered(directory.name(entry.office), entry.current.number_shown(), day);
        }
        content.notes = notes::of(entry, directory, issue);
        Ok(content)
    }

    /// What a confirmation of civil-status information says (Decree 87/2020, Art. 13). It is its own paper and has no entry.
    ///
    /// # Errors
    /// [`NoPaper`].
    pub fn of_confirmation(act: &InformationConfirmation, issue: &Issue<'_>) -> Result<Self, NoPaper> {
        if issue.paper != Paper::InformationConfirmation || issue.form != PaperForm::Original {
            return Err(NoPaper::DoesNotFit);
        }
        let act = Act::InformationConfirmation(Box::new(act.clone()));
        let mut content = Self::headed(&act, issue)?;
        let page = Page {
            act: &act,
            tree: act.to_cbor(),
            issue,
        };
        page.print(&mut content.fields);
        Ok(content)
    }

    /// All that stands around the fields.
    fn headed(act: &Act, issue: &Issue<'_>) -> Result<Self, NoPaper> {
        let form = form_in_force(issue.paper, issue.form, issue.issued_on);
        let (form, _) = form.ok_or(NoPaper::FormNotKnown)?;
        let number = match issue.form {
            PaperForm::Original => act.number_shown(),
            PaperForm::Copy => issue.book.shown(None),
        };
        let suffix = form.suffix.as_deref().filter(|_| !number.is_empty());
        Ok(Self {
            paper: issue.paper,
            form: issue.form,
            title: title(form, act),
            header: issue.header.iter().map(Text::to_string).collect(),
            number: suffix.map_or_else(|| number.clone(), |suffix| format!("{number}/{suffix}")),
            place: issue.place.map_or_else(String::new, Text::to_string),
            issued_on: issue.issued_on,
            fields: Vec::new(),
            notes: Vec::new(),
            signed: signed(form, issue.signer),
        })
    }

    fn registered(&mut self, office: String, number: String, day: Option<Date>) {
        let day = day.map_or_else(String::new, Date::vietnamese);
        for (key, value) in [(derived::OFFICE, office), (NUMBER, number), (REGISTERED_ON, day)] {
            let id = FieldId::of_act(key);
            self.fields.push(PaperField { id, value });
        }
    }

    /// What stands in a field; empty where nothing does.
    pub fn value(&self, id: FieldId) -> &str {
        let found = self.fields.iter().find(|field| field.id == id);
        found.map_or("", |field| field.value.as_str())
    }

    /// BLAKE3 of [`PaperContent::encode`].
    pub fn hash(&self) -> [u8; 32] {
        *blake3::hash(&self.encode()).as_bytes()
    }

    /// Every text of the page that varies, in reading order, blanks left out. Dates in words stand behind their figures.
    pub fn printed(&self) -> Vec<String> {
        let day = spoken::day_line(self.issued_on);
        let issued = match self.place.as_str() {
            "" => day,
            place => format!("{place}, {day}"),
        };
        let mut printed = self.header.clone();
        printed.extend([self.number.clone(), issued]);
        printed.extend(self.title.iter().cloned());
        for field in &self.fields {
            printed.push(field.value.clone());
            printed.extend(spoken::in_words(self.paper, field.id, &field.value));
        }
        printed.extend(self.notes.iter().cloned());
        let SignedBy {
            heading,
            on_behalf,
            title,
            name,
        } = self.signed.clone();
        printed.extend([heading, on_behalf, title, name]);
        printed.retain(|text| !text.is_empty());
        printed
    }
}

/// The title, with what was recognised by whom (`NHẬN CHA, CON`) or noted (`HỦY VIỆC KẾT HÔN`, of which the book of divorces abroad is the book too) where the
/// form leaves that open.
fn title(form: &PaperTitle, act: &Act) -> Vec<String> {
    use RecognitionDirection as D;
    let (left_open, said) = match act {
        Act::ParentChildRecognition(act) => match act.direction {
            D::FatherRecognisesChild | D::ChildRecognisesFather => ("CHA, MẸ, CON", "CHA, CON"),
            D::MotherRecognisesChild | D::ChildRecognisesMother => ("CHA, MẸ, CON", "MẸ, CON"),
        },
        Act::ForeignDissolution(act) if act.matter == Dissolution::Annulment => {
            ("GHI CHÚ LY HÔN", "GHI CHÚ HỦY VIỆC KẾT HÔN")
        }
        _ => return form.title.clone(),
    };
    let lines = form.title.iter();
    lines.map(|line| line.replace(left_open, said)).collect()
}

/// Who signs; a deputy signs for the chairman (Decree 30/2020, annex I).
fn signed(form: &PaperTitle, signer: Option<&Signer>) -> SignedBy {
    let title = signer.map_or_else(String::new, |signer| {
        crate::value::upper_case(signer.title.as_str())
    });
    let on_behalf = match title.strip_prefix("PHÓ CHỦ TỊCH") {
        Some(_) => "KT. CHỦ TỊCH".to_owned(),
        None => String::new(),
    };
    SignedBy {
        heading: form.signed.clone(),
        on_behalf,
        title,
        name: signer.map_or_else(String::new, |signer| signer.name.full().to_owned()),
    }
}

/// An act that is being printed.
struct Page<'a> {
    act: &'a Act,
    tree: Value,
    issue: &'a Issue<'a>,
}

impl Page<'_> {
    fn print(&self, fields: &mut Vec<PaperField>) {
        for part in parts(self.issue.paper) {
            self.part(*part, fields);
        }
    }

    fn part(&self, part: Part, fields: &mut Vec<PaperField>) {
        let original = self.issue.form == PaperForm::Original;
        match part {
            Part::Person(role, keys) => self.person(role, 0, self.named(role).next(), keys, fields),
            Part::People(role, keys) => {
                for (index, person) in self.named(role).enumerate() {
                    self.person(role, index, Some(person), keys, fields);
                }
            }
            Part::Field(name) => self.field(name, true, fields),
            Part::Stated(name) => self.field(name, false, fields),
            Part::OriginalStated(name) if original => self.field(name, false, fields),
            Part::Declarant if original => {
                self.field("declarant", true, fields);
                let value = value::declarant_paper(self.act, &self.tree);
                let id = FieldId::of_act(derived::DECLARANT_PAPER);
                fields.push(PaperField { id, value });
            }
            Part::OriginalStated(_) | Part::Declarant => {}
            Part::RefersTo => {
                let id = FieldId::of_act(derived::REFERS_TO);
                let value = self.issue.refers_to.map(Text::to_string);
                fields.extend(value.map(|value| PaperField { id, value }));
            }
            Part::Changes => self.changes(fields),
            Part::Established => {
                let Act::Marriage(act) = self.act else { return };
                let day = act
                    .established_on
                    .value
                    .as_ref()
                    .filter(|day| day.full() != act.registered_on);
                if day.is_some() {
                    self.field("established_on", false, fields);
                }
            }
        }
    }

    fn named(&self, role: PersonRole) -> impl Iterator<Item = &Person> {
        let people = self.act.people().into_iter();
        people
            .filter(move |named| named.role == role)
            .map(|named| named.person)
    }

    fn person(
        &self,
        role: PersonRole,
        index: usize,
        person: Option<&Person>,
        keys: &[u8],
        fields: &mut Vec<PaperField>,
    ) {
        let year = value::year_of_book(self.act);
        let value = |key| person.map_or_else(String::new, |person| value::of_person(role, person, key, year));
        for key in keys {
            let id = FieldId::of_person(role, index, *key);
            let value = value(*key);
            fields.extend(id.map(|id| PaperField { id, value }));
        }
        for key in ANYBODY {
            let id = FieldId::of_person(role, index, *key);
            let value = Some(value(*key)).filter(|value| !value.is_empty());
            fields.extend(id.zip(value).map(|(id, value)| PaperField { id, value }));
        }
    }

    fn field(&self, name: &str, always: bool, fields: &mut Vec<PaperField>) {
        if let Some((key, value)) = value::of_act(self.act, &self.tree, name)
            && (always || !value.is_empty())
        {
            let id = FieldId::of_act(key);
            fields.push(PaperField { id, value });
        }
    }

    /// One line for each change, in the words of a marginal note.
    fn changes(&self, fields: &mut Vec<PaperField>) {
        let amended = self.act.amendment().into_iter().flat_map(|act| &act.amended);
        let changes = amended
            .flat_map(|amended| worded_changes(amended, true))
            .enumerate();
        let lines = changes.filter_map(|(index, change)| {
            let id = FieldId::of_several(derived::CHANGE, index)?;
            Some(PaperField {
                id,
                value: change.text_on_paper(),
            })
        });
        fields.extend(lines);
    }
}
