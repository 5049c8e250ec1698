//! A client: an office whose acts are signed ahead.

use std::collections::VecDeque;
use std::sync::Arc;

use bytes::Bytes;
use civil::value::Date;
use tokio::task::JoinSet;

use crate::client::SignedAct;
use crate::national::calendar::{Calendar, LAST_DAY};
use crate::national::office::Office;
use crate::outcome::{Error, Result};

/// An event as it comes over the wire.
#[derive(Debug, Clone)]
pub struct Letter {
    /// COSE_Sign1.
    pub signed: Bytes,
    /// Salt and body.
    pub sealed: Bytes,
}

/// An office with what it has signed and not yet sent.
#[derive(Debug)]
pub struct Client {
    office: Office,
    /// In the order of the chain.
    pub letters: VecDeque<Letter>,
}

impl Client {
    /// With nothing signed yet.
    pub fn new(office: Office) -> Self {
        Self {
            office,
            letters: VecDeque::new(),
        }
    }

    /// Signs until that many letters are ready.
    fn sign_ahead(&mut self, count: usize, calendar: &Calendar) -> Result<()> {
        let (year, month, day) = LAST_DAY;
        let last = Date::new(year, month, day).map_err(Error::using)?;
        while self.letters.len() < count {
            let act = self.office.next(calendar, last)?;
            let SignedAct { signed, sealed_body } =
                act.ok_or_else(|| Error::using("an office has no more work"))?;
            self.letters.push_back(Letter {
                signed: signed.into(),
                sealed: sealed_body.into(),
            });
        }
        Ok(())
    }
}

/// Lets every client sign until that many of its letters are ready. On all cores, before any clock starts.
pub async fn sign_ahead(clients: &mut Vec<Client>, count: usize) -> Result<()> {
    let calendar = Arc::new(Calendar::new()?);
    let mut hands = JoinSet::new();
    for (number, mut client) in std::mem::take(clients).into_iter().enumerate() {
        let calendar = Arc::clone(&calendar);
        hands.spawn_blocking(move || client.sign_ahead(count, &calendar).map(|()| (number, client)));
    }
    let mut ready = Vec::new();
    while let Some(done) = hands.join_next().await {
        ready.push(done.map_err(Error::using)??);
    }
    ready.sort_unstable_by_key(|(number, _)| *number);
    clients.extend(ready.into_iter().map(|(_, client)| client));
    Ok(())
}
