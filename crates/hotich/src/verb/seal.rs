//! `hotich seal`: make the country's root, make and grant the seals of offices, revoke them.

use std::path::Path;
use std::sync::Arc;

use civil::id::OfficeId;
use civil::seal::SealUse;
use civil::value::Date;
use extract::seal::SealKey;
use registry::{Registry, SystemChance};
use serde_json::{Value as Json, json};

use crate::administration::{administer, today};
use crate::args::{Seal, SealVerb};
use crate::key_file;
use crate::outcome::{Error, Outcome, Result};
use crate::seal_file::{self, ROOT, Wanted};

/// For how long a root counts, in years.
const ROOT_YEARS: u16 = 20;
/// For how long a seal counts, in years.
const SEAL_YEARS: u16 = 5;

/// What the country's own seal is called.
pub const COUNTRY: &str = "Hệ thống hộ tịch điện tử quốc gia";

/// Does what is asked with seals.
pub async fn run(args: Seal) -> Result<Outcome> {
    match args.verb {
        SealVerb::Root {
            data,
            name,
            administrator,
        } => {
            let registry = data.open().await?;
            let administrator = key_file::read(&administrator)?;
            let folder = data.key_folder();
            let (country, from) = (OfficeId::ADMINISTRATION, day(&registry)?);
            let key = make(&folder, &name, country, None, from)?;
            let act = granted(country, SealUse::Root, key.as_ref(), from)?;
            administer(&registry, &administrator, "seal_granted", act).await?;
            println!("root    {}/{ROOT}.crt", folder.display());
            println!("Keep {ROOT}.key offline: whoever has it makes seals.");
            registry.ledger().close().await?;
        }
        SealVerb::Grant {
            data,
            office,
            name,
            administrator,
        } => {
            let registry = data.open().await?;
            let administrator = key_file::read(&administrator)?;
            let folder = data.key_folder();
            let root = seal_file::read(&folder, ROOT)?;
            for office in office.into_iter().map(OfficeId) {
                let called = name.clone().unwrap_or_else(|| owner(&registry, office));
                let from = day(&registry)?;
                let key = make(&folder, &called, office, Some(root.as_ref()), from)?;
                let act = granted(office, SealUse::Seal, key.as_ref(), from)?;
                administer(&registry, &administrator, "seal_granted", act).await?;
                println!("seal    {}/{}.crt", folder.display(), seal_file::name(office));
            }
            registry.ledger().close().await?;
        }
        SealVerb::Revoke {
            data,
            key,
            reason,
            suspect_since,
            administrator,
        } => {
            let registry = data.open().await?;
            let mut act = json!({ "key": key, "on": today(&registry)?, "reason": reason });
            if let Some(day) = suspect_since {
                act["suspect_since"] = day.into();
            }
            administer(&registry, &key_file::read(&administrator)?, "seal_revoked", act).await?;
            registry.ledger().close().await?;
        }
    }
    Ok(Outcome::Well)
}

fn day(registry: &Registry) -> Result<Date> {
    Date::parse(&today(registry)?).map_err(Error::using)
}

/// The name that stands in an office's certificate.
fn owner(registry: &Registry, office: OfficeId) -> String {
    match office {
        OfficeId::ADMINISTRATION => COUNTRY.to_owned(),
        office => registry.with_directory(|known| known.name(office)),
    }
}

/// Makes a root, or a seal by a root, that counts from a day on, and writes it into a folder.
pub fn make(
    folder: &Path,
    name: &str,
    office: OfficeId,
    root: Option<&dyn SealKey>,
    from: Date,
) -> Result<Arc<dyn SealKey>> {
    let (usage, file) = match root {
        None => (SealUse::Root, ROOT.to_owned()),
        Some(_) => (SealUse::Seal, seal_file::name(office)),
    };
    let wanted = Wanted {
        name,
        office,
        usage,
        valid: (seconds(from)?, seconds(end(usage, from)?)? - 1),
    };
    seal_file::make(folder, &file, wanted, root, &SystemChance)
}

/// The act by which a certificate counts from a day on, until it ends.
pub fn granted(office: OfficeId, usage: SealUse, key: &dyn SealKey, from: Date) -> Result<Json> {
    let certificate = key.chain().first();
    let certificate = certificate.ok_or_else(|| Error::using("the seal has no certificate"))?;
    let until = end(usage, from)?.add_days(-1);
    let until = until.ok_or_else(|| Error::using("no day is before the first"))?;
    Ok(json!({
        "office": office.0, "usage": usage.name(), "certificate": hex::encode(certificate),
        "valid_from": from.to_string(), "valid_until": until.to_string(),
    }))
}

/// The first day on which a certificate counts no longer.
fn end(usage: SealUse, from: Date) -> Result<Date> {
    let years = match usage {
        SealUse::Root => ROOT_YEARS,
        SealUse::Seal | SealUse::TimeStamp => SEAL_YEARS,
    };
    // The last days of February are not in every year.
    Date::new(from.year() + years, from.month(), from.day().min(28)).map_err(Error::using)
}

/// When a day begins in Vietnam, in seconds since 1970.
fn seconds(day: Date) -> Result<u64> {
    let epoch = Date::new(1970, 1, 1).map_err(Error::using)?;
    u64::try_from(epoch.days_between(day) * 86_400 - 7 * 3_600).map_err(Error::using)
}
