//! What an office asks for: an act to be drafted, as it comes over the wire.

use civil::act::{Acknowledgement, Act};
use civil::decide::in_order;
use civil::id::{EntryId, KeyId, Lane, OfficeId, StreamId};
use civil::kind::{Group, Kind};
use civil::law::{Paper, PaperForm};
use civil::seal::PaperCode;
use civil::value::Text;
use civil::wire::{FieldError, Form, Wire};
use serde_json::{Map, Value as Json, json};

/// A parsed request to draft an act. From here on no raw string travels.
#[derive(Debug, Clone)]
pub struct Command {
    /// Which chain it will go into.
    pub stream: StreamId,
    /// The key that will sign.
    pub key: KeyId,
    /// The entry that it continues, for kinds that continue one.
    pub entry: Option<EntryId>,
    /// What is to be recorded.
    pub act: Act,
    /// Warnings that the officer has seen already.
    pub acknowledgements: Vec<Acknowledgement>,
}

/// What the ledger fills in where the request leaves it out.
#[derive(Debug, Clone, Default)]
pub struct Defaults {
    /// The next number of the book.
    pub number: Option<u32>,
    /// The hash of the content of the copy asked for.
    pub content_hash: Option<[u8; 32]>,
    /// The members of the sheet asked for: which paper, its template, its code, what stands around its content.
    pub sheet: Option<Json>,
}

/// The parts of a request that say where it goes, before the act itself is read.
#[derive(Debug, Clone, Copy)]
pub struct Address {
    /// What is to be recorded.
    pub kind: Kind,
    /// Which chain it will go into.
    pub stream: StreamId,
    /// The key that will sign.
    pub key: KeyId,
    /// The entry that it continues.
    pub entry: Option<EntryId>,
    /// The year of its registration, when the act says one.
    pub year: Option<u16>,
}

impl Address {
    /// Reads where a request goes.
    ///
    /// # Errors
    /// Every faulty field.
    pub fn from_json(json: &Json) -> Result<Self, Vec<FieldError>> {
        let mut form = Form::new();
        let missing = Json::Null;
        let member = |name: &str| json.get(name).unwrap_or(&missing);
        let kind = form.at("kind", |form| {
            let kind = member("kind").as_str().and_then(Kind::named);
            kind.or_else(|| {
                form.fault(
                    "not_in_list",
                    "Không có loại việc này.",
                    "There is no such kind of act.",
                )
            })
        });
        let office = form.at("office", |form| OfficeId::from_json(member("office"), form));
        let key = form.at("key", |form| KeyId::from_json(member("key"), form));
        let entry: Option<Option<EntryId>> = form.at("entry", |form| Wire::from_json(member("entry"), form));
        let lane = form.at("lane", |form| lane(kind, member("lane"), form));
        if let (Some(kind), Some(entry)) = (kind, entry) {
            let continues = kind.continues_entry();
            if continues != entry.is_some() {
                let _: Option<()> = form.at("entry", |form| match continues {
                    true => form.fault(
                        "missing",
                        "Thiếu mục đăng ký.",
                        "This kind continues an entry: name it.",
                    ),
                    false => form.fault(
                        "unexpected",
                        "Loại việc này mở mục mới.",
                        "This kind opens its own entry.",
                    ),
                });
            }
        }
        let address = (|| {
            let stream = StreamId {
                office: office?,
                lane: lane?,
            };
            Some(Self {
                kind: kind?,
                stream,
                key: key?,
                entry: entry?,
                year: year(json),
            })
        })();
        form.finish(address)
    }
}

fn lane(kind: Option<Kind>, json: &Json, form: &mut Form) -> Option<Lane> {
    match json {
        Json::Null if kind.is_some_and(|kind| kind.group() == Group::Paper) => Some(Lane::Desk),
        Json::Null => Some(Lane::Acts),
        _ => {
            let named = json
                .as_str()
                .and_then(|name| Lane::ALL.into_iter().find(|lane| lane.name() == name));
            named.or_else(|| {
                form.fault(
                    "not_in_list",
                    "Không có luồng này.",
                    "Must be acts, digitised or desk.",
                )
            })
        }
    }
}

/// The year in which the act's number runs, read ahead of the act itself.
fn year(json: &Json) -> Option<u16> {
    let act = json.get("act")?;
    let day = act.get("registered_on").or_else(|| act.get("issued_on"))?;
    day.as_str()?.get(..4)?.parse().ok()
}

impl Command {
    /// Reads a request whose address is known; `defaults` fill in what the ledger knows better.
    ///
    /// # Errors
    /// Every faulty field, each with its pointer.
    pub fn from_json(json: &Json, address: Address, defaults: Defaults) -> Result<Self, Vec<FieldError>> {
        let mut form = Form::new();
        let digitised = address.stream.lane == Lane::Digitised;
        let filled_in = filled_in(json, address.kind, address.year, digitised, &defaults);
        let rest = rest(json, Some((address.kind, filled_in)), &mut form);
        let command = rest.and_then(|(act, acknowledgements)| {
            Some(Self {
                stream: address.stream,
                key: address.key,
                entry: address.entry,
                act: act?,
                acknowledgements: in_order(acknowledgements?),
            })
        });
        form.finish(command)
    }
}

/// The faults of a request beside those of its address, when that is faulty itself: as far as its kind is known.
pub(crate) fn faults_beside_the_address(json: &Json) -> Vec<FieldError> {
    let mut form = Form::new();
    let kind = json.get("kind").and_then(Json::as_str).and_then(Kind::named);
    let act = kind.map(|kind| {
        let digitised = json.get("lane").and_then(Json::as_str) == Some(Lane::Digitised.name());
        // What the ledger would fill in is not the request's fault.
        let any = Defaults {
            number: Some(1),
            content_hash: Some([0; 32]),
            sheet: Some(any_sheet()),
        };
        (kind, filled_in(json, kind, year(json), digitised, &any))
    });
    let nothing: Option<()> = rest(json, act, &mut form).and(None);
    form.finish(nothing).err().unwrap_or_default()
}

/// What a request holds beside its address: the act (with what the ledger filled in) and the acknowledgements.
fn rest(
    json: &Json,
    act: Option<(Kind, Json)>,
    form: &mut Form,
) -> Option<(Option<Act>, Option<Vec<Acknowledgement>>)> {
    const NAMES: [&str; 7] = [
        "kind",
        "office",
        "lane",
        "key",
        "entry",
        "act",
        "acknowledgements",
    ];
    let Json::Object(members) = json else {
        return form.fault("not_an_object", "Phải là một nhóm trường.", "Must be an object.");
    };
    form.only(members, &NAMES);
    let act = act.and_then(|(kind, act)| form.at("act", |form| Act::from_json(kind, &act, form)));
    let seen = form.at("acknowledgements", |form| {
        acknowledgements(members.get("acknowledgements"), form)
    });
    Some((act, seen))
}

/// The act of a request with what the ledger knows better, where the request leaves it out. When not even the year of the
/// registration can be read, which is a fault of its own, the number is not to blame.
fn filled_in(json: &Json, kind: Kind, year: Option<u16>, digitised: bool, defaults: &Defaults) -> Json {
    let mut act = json.get("act").cloned().unwrap_or(Json::Null);
    let Json::Object(members) = &mut act else {
        return act;
    };
    if let (Some(Json::Object(sheet)), Some(Json::Object(known))) =
        (members.get_mut("paper"), &defaults.sheet)
    {
        for (member, value) in known {
            sheet.entry(member).or_insert_with(|| value.clone());
        }
    }
    // An original carries the number of its registration.
    let original = kind == Kind::ExtractIssued && is_original(members);
    if original {
        members.entry("book").or_insert_with(|| Json::Object(Map::new()));
    }
    let number = defaults.number.or((year.is_none() && !digitised).then_some(1));
    if let (Some(number), Some(_), false) = (number, kind.book(), original)
        && let Json::Object(book) = members.entry("book").or_insert_with(|| Json::Object(Map::new()))
    {
        book.entry("year")
            .or_insert_with(|| year.unwrap_or_default().into());
        book.entry("number").or_insert_with(|| number.into());
    }
    if let Some(hash) = defaults.content_hash
        && kind.group() == Group::Paper
    {
        members
            .entry("content_hash")
            .or_insert_with(|| hex::encode(hash).into());
    }
    act
}

/// Whether an act asks for an original, as [`civil::act::ExtractIssued::is_original`] says of one that was read.
fn is_original(members: &Map<String, Json>) -> bool {
    let form = members.get("paper").and_then(|paper| paper.get("form"));
    form.and_then(Json::as_str) == Some(PaperForm::Original.name())
}

/// What the ledger would fill into any sheet.
fn any_sheet() -> Json {
    let code = PaperCode::from_chance([0; 13]).to_string();
    json!({
        "paper": Paper::Birth.name(),
        "form": PaperForm::Copy.name(),
        "template": "birth-2016",
        "template_hash": "0".repeat(64),
        "code": code,
        "header": [],
    })
}

fn acknowledgements(json: Option<&Json>, form: &mut Form) -> Option<Vec<Acknowledgement>> {
    let items = match json {
        None | Some(Json::Null) => return Some(Vec::new()),
        Some(Json::Array(items)) => items,
        Some(_) => return form.fault("not_a_list", "Phải là một danh sách.", "Must be a list."),
    };
    let text = |item: &Json, name: &'static str, form: &mut Form| {
        form.at(name, |form| {
            Text::from_json(item.get(name).unwrap_or(&Json::Null), form)
        })
        .map(|text| text.to_string())
    };
    let read: Vec<Option<Acknowledgement>> = items
        .iter()
        .enumerate()
        .map(|(index, item)| {
            form.at(index, |form| {
                let (warning, reason) = (text(item, "warning", form), text(item, "reason", form));
                Some(Acknowledgement {
                    warning: warning?,
                    reason: reason?,
                })
            })
        })
        .collect();
    read.into_iter().collect()
}
