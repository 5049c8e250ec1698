//! Where the keys of bodies lie (`--body-keys`, RFC 0008): said once for the whole run, because every verb that opens a ledger needs it.

use std::path::Path;
use std::sync::OnceLock;

use ledger::{Location, Options};

use crate::outcome::Result;

static PLACE: OnceLock<Location> = OnceLock::new();

/// Keys lie in that file or PostgreSQL database; without it beside the ledger.
pub fn lie_in(place: Option<&str>) -> Result<()> {
    if let Some(place) = place {
        let place = match Location::parse(place)? {
            Location::File(_) => Location::file(Path::new(place)),
            database => database,
        };
        // Said once: nobody was there before.
        let _ = PLACE.set(place);
    }
    Ok(())
}

/// How a ledger is opened here.
pub fn options() -> Options {
    Options {
        body_keys: PLACE.get().cloned(),
        ..Options::default()
    }
}
