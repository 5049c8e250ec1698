//! The administration opens the offices and grants their keys: events of one chain, many on their way at once.

use civil::act::{Act, Body, KeyGranted, OfficeLevel, OfficeOpened, Role};
use civil::cose::SecretKey;
use civil::id::{EventHash, StreamId};
use civil::value::{Date, Text};
use civil::wire::Octets;
use futures_util::{StreamExt, TryStreamExt, stream};
use registry::Registry;

use super::dice::Dice;
use super::office::Planned;
use super::pen::Pen;
use crate::outcome::{Error, Result};

/// How many events of the administration may be on their way.
const IN_FLIGHT: usize = 256;

/// Opens the planned offices, then grants each its key. In two rounds, because a key is granted to an office that is
/// there.
pub async fn open(
    registry: &Registry,
    administrator: SecretKey,
    planned: &[Planned],
    seed: u64,
) -> Result<()> {
    let head = registry
        .ledger()
        .stream_head(StreamId::ADMINISTRATION.number())
        .await?;
    let dice = Dice::new(seed, "administration", 0);
    let prev = EventHash(head.hash);
    let mut pen = Pen::new(administrator, StreamId::ADMINISTRATION, head.next, prev, dice);
    let opened = planned.iter().map(opened).collect::<Result<Vec<_>>>()?;
    send(registry, &mut pen, opened).await?;
    let granted = planned
        .iter()
        .map(|office| granted(office, seed))
        .collect::<Result<Vec<_>>>()?;
    send(registry, &mut pen, granted).await
}

/// Sends events of one chain in order, without waiting for each.
async fn send(registry: &Registry, pen: &mut Pen, acts: Vec<Act>) -> Result<()> {
    let signed_at = u64::try_from(registry.clock().now_ms() / 1_000).unwrap_or_default();
    let events = acts.into_iter().map(|act| {
        pen.sign(
            &Body {
                act,
                acknowledgements: Vec::new(),
            },
            signed_at,
        )
    });
    // `buffered` begins its futures in the order of the stream, and an event of the administration goes into the
    // ledger's queue when its future is begun. Should that ever change the chain refuses what comes too early.
    stream::iter(events)
        .map(|event| registry.record(event.signed.into(), event.sealed_body.into()))
        .buffered(IN_FLIGHT)
        .try_for_each(|_| std::future::ready(Ok(())))
        .await?;
    Ok(())
}

/// Every commune of 2024 has had its office at least since the law came into force.
const OPENED_ON: (u16, u8, u8) = (2016, 1, 1);
/// The first day of the table's year.
const VALID_FROM: (u16, u8, u8) = (2023, 1, 1);

fn opened(office: &Planned) -> Result<Act> {
    let commune = office.commune()?;
    Ok(Act::OfficeOpened(Box::new(OfficeOpened {
        unit: Some(commune.unit),
        ..OfficeOpened::least(
            office.id,
            Text::parse(&format!("UBND {}", commune.name)).map_err(Error::using)?,
            OfficeLevel::Commune,
            day(OPENED_ON)?,
        )
    })))
}

fn granted(office: &Planned, seed: u64) -> Result<Act> {
    Ok(Act::KeyGranted(Box::new(KeyGranted::least(
        office.id,
        Octets(office.key(seed).public().to_cose_key()),
        Role::Officer,
        day(VALID_FROM)?,
    ))))
}

fn day((year, month, day): (u16, u8, u8)) -> Result<Date> {
    Date::new(year, month, day).map_err(Error::using)
}
