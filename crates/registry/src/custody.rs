//! Notices by custody: a notice goes to whoever keeps the book now, also where a decision entrusted it after the notice was owed.
//!
//! The table of notices knows successions; decisions are few and stand in the directory, so they are asked here.

use std::collections::BTreeSet;

use civil::directory::BookPlace;
use civil::id::OfficeId;
use projections::entry;
use projections::notice::Notice;

use crate::Registry;
use crate::error::RegistryError;

impl Registry {
    /// The offices among whose notices some may be owed to that office, itself first: those that keep, where nothing else is
    /// decided, the books of an office of which some were entrusted to it.
    pub(crate) fn where_to_look(&self, office: OfficeId) -> Vec<OfficeId> {
        let others: BTreeSet<OfficeId> = self.with_directory(|known| {
            let received = known
                .entrusted()
                .iter()
                .filter(|decision| known.keeper(decision.to) == office);
            received
                .map(|decision| known.keeper(decision.from))
                .filter(|other| *other != office)
                .collect()
        });
        std::iter::once(office).chain(others).collect()
    }

    /// The same notices, each owed to whoever keeps the book by decision.
    pub(crate) async fn by_custody(&self, mut notices: Vec<Notice>) -> Result<Vec<Notice>, RegistryError> {
        let concerned: BTreeSet<OfficeId> = self.with_directory(|known| {
            let decisions = known.entrusted().iter();
            decisions.map(|decision| known.keeper(decision.from)).collect()
        });
        let reader = self.ledger.reader();
        for notice in &mut notices {
            if !notice.reason.asks_for_a_note() || !concerned.contains(&notice.owed_to) {
                continue;
            }
            let Some(entry) = entry::by_id(&reader, notice.entry).await? else {
                continue;
            };
            let keeper = self.with_directory(|known| {
                let place =
                    BookPlace::of(&entry.current).filter(|_| known.keeper(entry.office) == notice.owed_to)?;
                Some(known.keeper_of(entry.office, place))
            });
            notice.owed_to = keeper.unwrap_or(notice.owed_to);
        }
        Ok(notices)
    }
}
