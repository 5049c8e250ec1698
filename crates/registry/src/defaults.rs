//! What the ledger fills into a request where it leaves something out that the ledger knows: what stands in a field that is to
//! change, and the marital status of a linked person. It never adds to what is signed.

use civil::act::{MaritalStatus, PersonRef, amendable};
use civil::entry::{RegisterEntry, field_value};
use civil::id::EntryId;
use civil::kind::Kind;
use civil::wire::{Form, Wire as _};
use serde_json::{Map, Value as Json};

use crate::error::RegistryError;
use crate::{AsOf, Registry, reading};

/// Where acts name the entries that they reach.
const REACHING: [&str; 4] = ["amended", "reached", "of", "marriage"];

impl Registry {
    /// The request with what the ledger knows filled in. What cannot be read stays as it is, for the form to say so.
    pub(crate) async fn completed(&self, request: &Json, kind: Kind) -> Result<Json, RegistryError> {
        let mut request = request.clone();
        let Some(Json::Object(act)) = request.get_mut("act") else {
            return Ok(request);
        };
        for member in REACHING {
            match act.get_mut(member) {
                Some(Json::Array(reached)) => {
                    for reached in reached {
                        self.fill_from(reached).await?;
                    }
                }
                Some(reached) => self.fill_from(reached).await?,
                None => {}
            }
        }
        if kind == Kind::MaritalStatusConfirmation {
            self.fill_status(act).await?;
        }
        Ok(request)
    }

    /// What stands in each field that is to change, where the request says only what it is to become.
    async fn fill_from(&self, reached: &mut Json) -> Result<(), RegistryError> {
        let open = |change: &Json| change.get("from").is_none() && change.get("field").is_some();
        let Some(id) = id(reached.get("entry")) else {
            return Ok(());
        };
        let Some(Json::Array(changes)) = reached.get_mut("changes") else {
            return Ok(());
        };
        if !changes.iter().any(open) {
            return Ok(());
        }
        let Some(entry) = reading::entry_of(&self.ledger, id).await? else {
            return Ok(());
        };
        for change in changes.iter_mut().filter(|change| open(change)) {
            let field = change.get("field").and_then(Json::as_str);
            if let Some(stands) = field.and_then(|field| stands(&entry, field))
                && let Json::Object(members) = change
            {
                members.insert("from".to_owned(), stands);
            }
        }
        Ok(())
    }

    /// Status, wording and what they follow from, for a person whom the ledger knows (Circular 04/2020, Art. 33).
    async fn fill_status(&self, act: &mut Map<String, Json>) -> Result<(), RegistryError> {
        let known_as = act.get("subject").and_then(|subject| subject.get("known_as"));
        let Some(place) = known_as.and_then(|place| PersonRef::from_json(place, &mut Form::new())) else {
            return Ok(());
        };
        let person = match self.person(place, AsOf::default()).await {
            Ok(person) => person,
            Err(RegistryError::NotFound(_)) => return Ok(()),
            Err(error) => return Err(error),
        };
        let marital = person.view.marital;
        if marital.status == MaritalStatus::Unknown {
            return Ok(());
        }
        let mut because: Vec<Json> = Vec::new();
        for (entry, _) in &marital.because {
            let entry = Json::String(entry.to_string());
            if !because.contains(&entry) {
                because.push(entry);
            }
        }
        // Whoever says one thing by hand says all of it.
        if ["status", "marital_status", "follows_from"]
            .iter()
            .all(|member| !act.contains_key(*member))
        {
            act.insert("status".to_owned(), marital.wording.into());
            act.insert("marital_status".to_owned(), marital.status.name().into());
            act.insert("follows_from".to_owned(), because.into());
        }
        Ok(())
    }
}

fn id(json: Option<&Json>) -> Option<EntryId> {
    json?.as_str()?.parse().ok()
}

/// What stands in a field now, as JSON; nothing where the field is left out.
fn stands(entry: &RegisterEntry, field: &str) -> Option<Json> {
    let known = amendable(entry.kind, field)?;
    (known.to_json)(field_value(&entry.current, field)?).ok()
}
