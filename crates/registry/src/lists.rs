//! Lists and counts for readers. They come from projections: good for finding and counting, never evidence.

use civil::event::day_in_vietnam;
use civil::id::{EntryId, OfficeId};
use civil::kind::BookType;
use civil::value::Date;
use projections::{book, entry, extract, notice, search};

pub use civil::book::{BookFacts, BookYear};
pub use projections::book::{ClosingView, Totals, VolumeView};
pub use projections::entry::EntryView;
pub use projections::extract::IssuedExtract;
pub use projections::link::{Link, Verdict};
pub use projections::notice::{Closing, Late, Notice};
pub use projections::search::{Hit, NameQuery};

use crate::Registry;
use crate::error::RegistryError;

impl Registry {
    /// The day in Vietnam, by the registry's clock.
    pub fn today(&self) -> Option<Date> {
        day_in_vietnam(u64::try_from(self.clock.now_ms() / 1_000).unwrap_or_default())
    }

    /// The open notices that are owed to an office now, also about books that it took over or was entrusted with; what is due
    /// first comes first.
    ///
    /// # Errors
    /// [`RegistryError::Fault`].
    pub async fn notices_owed_to(&self, office: OfficeId) -> Result<Vec<Notice>, RegistryError> {
        Ok(notice::open_for(&self.ledger.reader(), office).await?)
    }

    /// The notices that were owed to an office and are closed, also about books that it took over or was entrusted with, the
    /// latest first.
    ///
    /// # Errors
    /// [`RegistryError::Fault`].
    pub async fn notices_closed_by(
        &self,
        office: OfficeId,
        limit: u16,
    ) -> Result<Vec<Notice>, RegistryError> {
        Ok(notice::closed_for(&self.ledger.reader(), office, limit).await?)
    }

    /// The open notices of the whole country that were due before a day, the longest overdue first.
    ///
    /// # Errors
    /// [`RegistryError::Fault`].
    pub async fn notices_overdue(&self, on: Date, limit: u16) -> Result<Vec<Notice>, RegistryError> {
        Ok(notice::overdue(&self.ledger.reader(), on, limit).await?)
    }

    /// How many open notices of each office were due before a day, by the oldest.
    ///
    /// # Errors
    /// [`RegistryError::Fault`].
    pub async fn notices_overdue_by_office(&self, on: Date) -> Result<Vec<Late>, RegistryError> {
        Ok(notice::overdue_by_office(&self.ledger.reader(), on).await?)
    }

    /// The notices about an entry, open and closed, in the order of the log.
    ///
    /// # Errors
    /// [`RegistryError::Fault`].
    pub async fn notices_about(&self, entry: EntryId) -> Result<Vec<Notice>, RegistryError> {
        Ok(notice::of_entry(&self.ledger.reader(), entry).await?)
    }

    /// A year's book of an office.
    ///
    /// # Errors
    /// [`RegistryError::Fault`].
    pub async fn book(&self, of: BookYear) -> Result<BookFacts, RegistryError> {
        Ok(book::facts(&self.ledger.reader(), of).await?)
    }

    /// The volumes of a year's book that were opened by an event, and the closings of it and them.
    ///
    /// # Errors
    /// [`RegistryError::Fault`].
    pub async fn volumes(&self, of: BookYear) -> Result<(Vec<VolumeView>, Vec<ClosingView>), RegistryError> {
        let reader = self.ledger.reader();
        Ok((
            book::volumes(&reader, of).await?,
            book::closings(&reader, of).await?,
        ))
    }

    /// The numbers that entries taken over from the old book of a year bear, each with how many bear it; 0 for those without one.
    ///
    /// # Errors
    /// [`RegistryError::Fault`].
    pub async fn old_numbers(&self, of: BookYear) -> Result<Vec<(u32, u32)>, RegistryError> {
        Ok(book::old_numbers(&self.ledger.reader(), of).await?)
    }

    /// A page of the entries of a year's book, by number: those after an entry, when one is given.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] when there is no such entry; [`RegistryError::Fault`].
    pub async fn book_entries(
        &self,
        office: OfficeId,
        book: BookType,
        year: u16,
        after: Option<EntryId>,
        limit: u16,
    ) -> Result<Vec<EntryView>, RegistryError> {
        let reader = self.ledger.reader();
        let after = match after {
            Some(id) => Some(
                entry::by_id(&reader, id)
                    .await?
                    .ok_or(RegistryError::NotFound("entry"))?,
            ),
            None => None,
        };
        Ok(entry::of_book(&reader, office, book, year, after.as_ref(), limit).await?)
    }

    /// Every copy that was issued of an entry, in the order of the log.
    ///
    /// # Errors
    /// [`RegistryError::Fault`].
    pub async fn extracts_of(&self, entry: EntryId) -> Result<Vec<IssuedExtract>, RegistryError> {
        Ok(extract::of_entry(&self.ledger.reader(), entry).await?)
    }

    /// A page of an office's book of copies (Sổ cấp bản sao trích lục hộ tịch) of a year, by number, behind the number `after`.
    ///
    /// # Errors
    /// [`RegistryError::Fault`].
    pub async fn extracts_by(
        &self,
        office: OfficeId,
        year: u16,
        after: u32,
        limit: u16,
    ) -> Result<Vec<IssuedExtract>, RegistryError> {
        Ok(extract::of_office(&self.ledger.reader(), office, year, after, limit).await?)
    }

    /// The people whose name fits.
    ///
    /// # Errors
    /// [`RegistryError::Fault`]; it never repeats the query.
    pub async fn search(&self, query: &NameQuery, limit: u16) -> Result<Vec<Hit>, RegistryError> {
        Ok(search::by_name(&self.ledger.reader_of_all().await?, query, limit).await?)
    }
}
