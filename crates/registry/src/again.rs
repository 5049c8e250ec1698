//! Registered once more: which later entries say that an entry is their earlier registration (Decree 123/2015, Art. 24–26). Nothing
//! is merged, and the earlier entry and its copies stay as they are; who reads it must know.

use std::collections::BTreeSet;

use civil::act::Act;
use civil::directory::Directory;
use civil::entry::RegisterEntry;
use civil::id::EntryId;
use projections::link::{self, Verdict};
use serde_json::{Value as Json, json};

use crate::error::RegistryError;
use crate::{AsOf, Registry, reading};

/// That an entry was registered once more.
#[derive(Debug, Clone, PartialEq)]
pub struct RegisteredAgain {
    /// The later entry.
    entry: RegisterEntry,
}

impl Registry {
    /// The later registrations of what an entry registers, in the order of the log, without those that fell.
    ///
    /// # Errors
    /// [`RegistryError::Fault`].
    pub async fn registered_again(
        &self,
        earlier: EntryId,
        as_of: AsOf,
    ) -> Result<Vec<RegisteredAgain>, RegistryError> {
        // A decision that two people are two cuts their link, and not what the later registration says of the earlier.
        let links = link::of_entry(&self.ledger.reader(), earlier).await?;
        let later: BTreeSet<(u64, EntryId)> = links
            .iter()
            .filter(|link| link.verdict == Verdict::Again)
            .map(|link| (link.position, link.to.entry))
            .collect();
        let mut found = Vec::new();
        for (_, later) in later {
            let entry = reading::entry_as_of(&self.ledger, later, as_of).await?;
            let stands =
                |entry: &RegisterEntry| names(&entry.current, earlier) && entry.state().revoked.is_none();
            found.extend(entry.filter(stands).map(|entry| RegisteredAgain { entry }));
        }
        Ok(found)
    }
}

impl RegisteredAgain {
    /// In words: number, day and office, as far as they are stated.
    fn text(&self, directory: &Directory) -> String {
        let act = &self.entry.current;
        let number = match act.number_shown().as_str() {
            "" => String::new(),
            number => format!(" số {number}"),
        };
        let day = act
            .registered_on()
            .map_or_else(String::new, |day| format!(" ngày {}", day.vietnamese()));
        format!(
            "Đã được đăng ký lại{number}{day} tại {}.",
            directory.name(self.entry.office)
        )
    }

    /// As readers of the earlier entry see it.
    pub(crate) fn to_json(&self, directory: &Directory) -> Json {
        let act = &self.entry.current;
        json!({
            "entry": self.entry.id.to_string(),
            "event": self.entry.opened_by.to_string(),
            "number": Some(act.number_shown()).filter(|number| !number.is_empty()),
            "registered_on": act.registered_on().map(|day| day.to_string()),
            "office": crate::read::office(directory, self.entry.office),
            "text": self.text(directory),
        })
    }
}

/// Whether an act says that this entry is its earlier registration. The links between two registrations go both ways.
fn names(act: &Act, earlier: EntryId) -> bool {
    act.earlier().and_then(|known| known.entry) == Some(earlier)
}
