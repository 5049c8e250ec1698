//! What an audit says of one office: what is there of it, and how far that is proved.

use std::fmt::Write as _;

use civil::book::{BookFacts, BookYear};
use civil::id::{Lane, OfficeId};
use serde::Serialize;

use crate::report::Language;

/// Of which office, and of which year's books.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// The office.
    pub office: OfficeId,
    /// The year of the books; all when none.
    pub year: Option<u16>,
}

impl Asked {
    /// Whether books of that year are asked for.
    pub(crate) fn covers(&self, year: u16) -> bool {
        self.year.is_none_or(|asked| asked == year)
    }
}

/// One stream of the office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LaneReport {
    /// acts, digitised or desk.
    pub lane: &'static str,
    /// How many events are here.
    pub events: u64,
    /// The number of the last one in the stream.
    pub last_seq: u64,
    /// The place of the last one in the log.
    pub last_position: Option<u64>,
}

impl LaneReport {
    pub(crate) const fn of(lane: Lane) -> Self {
        Self {
            lane: lane.name(),
            events: 0,
            last_seq: 0,
            last_position: None,
        }
    }
}

/// The last list of stream heads that agrees with the log (RFC 0007 §1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// Its place in the log.
    pub position: u64,
    /// The day it names.
    pub day: String,
    /// It speaks of the positions before this one.
    pub size: u64,
}

/// A year's book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct BookReport {
    /// Its type.
    pub book: &'static str,
    /// Its Vietnamese name.
    pub title: &'static str,
    /// Its year.
    pub year: u16,
    /// How many acts took a number in the ledger.
    pub acts: u32,
    /// The first number that was given in the ledger.
    pub first_number: Option<u32>,
    /// The last number that was given.
    pub last_number: Option<u32>,
    /// How many entries were taken over from an old book; their numbers repeat and skip as they do there.
    pub digitised: u32,
    /// How many volumes were opened.
    pub volumes: u32,
    /// How many closings there are, of volumes and of the year.
    pub closings: u32,
    /// The day on which the year was closed.
    pub closed_on: Option<String>,
}

impl BookReport {
    pub(crate) fn of(book: BookYear) -> Self {
        Self {
            book: book.book.name(),
            title: book.book.vietnamese(),
            year: book.year,
            ..Self::default()
        }
    }

    pub(crate) fn take(&mut self, number: Option<u32>) {
        self.acts += 1;
        self.first_number = self.first_number.or(number);
        self.last_number = number.or(self.last_number);
    }

    pub(crate) fn with(self, facts: &BookFacts) -> Self {
        Self {
            digitised: facts.digitised,
            closed_on: facts.closed_on.map(|day| day.to_string()),
            ..self
        }
    }
}

/// A change of an entry that is not written into the office's paper book yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpenNote {
    /// The entry.
    pub entry: String,
    /// What changed it.
    pub event: String,
    /// Where that stands in the log.
    pub position: u64,
}

/// What an audit says of one office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfficeReport {
    /// The office.
    pub office: u32,
    /// What it is called.
    pub name: String,
    /// The year of the books; all when none.
    pub year: Option<u16>,
    /// How many events the office has in the log, of all years.
    pub events: u64,
    /// Stream by stream.
    pub lanes: Vec<LaneReport>,
    /// The size of the log: everything is said of the positions before it.
    pub size: u64,
    /// The last list of stream heads.
    pub listed: Option<Listed>,
    /// How many of the office's events came behind what that list speaks of.
    pub since_listed: u64,
    /// Book by book.
    pub books: Vec<BookReport>,
    /// How many changes, filed by others, the paper books of the office have to be told of.
    pub notes_owed: u64,
    /// Those that no book has yet.
    pub notes_open: Vec<OpenNote>,
    /// Whether this is all that the office recorded: the whole log is in order, and there is a list to say how far the office had
    /// come.
    pub complete: bool,
}

impl OfficeReport {
    /// For people: what is proved, and until where.
    pub(crate) fn write(&self, out: &mut String, language: Language) -> std::fmt::Result {
        let vi = language == Language::Vietnamese;
        writeln!(out)?;
        writeln!(
            out,
            "{} {:05}: {}",
            if vi { "Cơ quan" } else { "Office" },
            self.office,
            self.name
        )?;
        for lane in &self.lanes {
            let (name, events, last) = (lane.lane, lane.events, lane.last_seq);
            match vi {
                true => writeln!(
                    out,
                    "· chuỗi {name}: {events} sự kiện, số thứ tự 0 đến {last}, không thiếu số nào"
                )?,
                false => writeln!(
                    out,
                    "· stream {name}: {events} events, numbers 0 to {last}, none missing"
                )?,
            }
        }
        for book in &self.books {
            self.write_book(book, out, vi)?;
        }
        self.write_notes(out, vi)?;
        self.write_verdict(out, vi)
    }

    fn write_book(&self, book: &BookReport, out: &mut String, vi: bool) -> std::fmt::Result {
        let BookReport {
            title,
            book: name,
            year,
            acts,
            digitised,
            ..
        } = book;
        let (first, last) = (
            book.first_number.unwrap_or_default(),
            book.last_number.unwrap_or_default(),
        );
        match (vi, *acts) {
            (true, 0) => write!(out, "· {title}, {year}: chưa cấp số nào")?,
            (true, _) => write!(
                out,
                "· {title}, {year}: {acts} việc, số {first} đến {last} liên tục"
            )?,
            (false, 0) => write!(out, "· book {name} of {year}: no number was given")?,
            (false, _) => write!(
                out,
                "· book {name} of {year}: {acts} acts, numbers {first} to {last} without a gap"
            )?,
        }
        if *digitised > 0 {
            match vi {
                true => write!(out, "; {digitised} mục số hóa, giữ số như ghi")?,
                false => write!(out, "; {digitised} entries of the old book, numbered as written")?,
            }
        }
        match (vi, &book.closed_on) {
            (true, Some(day)) => writeln!(
                out,
                "; khóa Sổ ngày {day}, số liệu khớp, sau đó không có việc mới"
            ),
            (false, Some(day)) => writeln!(out, "; closed on {day}, totals agree, nothing filed behind it"),
            (true, None) => writeln!(out, "; chưa khóa Sổ"),
            (false, None) => writeln!(out, "; not closed"),
        }
    }

    fn write_notes(&self, out: &mut String, vi: bool) -> std::fmt::Result {
        let (owed, open) = (self.notes_owed, self.notes_open.len());
        match vi {
            true => writeln!(
                out,
                "· {owed} thay đổi do nơi khác ghi nhận phải ghi vào Sổ giấy, còn {open} việc chưa ghi"
            )?,
            false => writeln!(
                out,
                "· {owed} changes filed elsewhere had to be written into its paper books, {open} are open"
            )?,
        }
        for note in &self.notes_open {
            let OpenNote {
                entry,
                event,
                position,
            } = note;
            match vi {
                true => writeln!(out, "  – mục {entry}: sự kiện {event}, vị trí {position}")?,
                false => writeln!(out, "  – entry {entry}: event {event}, position {position}")?,
            }
        }
        Ok(())
    }

    fn write_verdict(&self, out: &mut String, vi: bool) -> std::fmt::Result {
        let Self {
            events,
            size,
            since_listed,
            ..
        } = self;
        match (&self.listed, self.complete) {
            (
                Some(Listed {
                    position,
                    day,
                    size: until,
                }),
                true,
            ) if vi => writeln!(
                out,
                "✓ Đây là toàn bộ {events} sự kiện của cơ quan trước vị trí {size}: không thiếu, không thừa, không sửa. Bản kê ngày {day} \
                 (vị trí {position}) xác nhận đến vị trí {until}; {since_listed} sự kiện sau đó chỉ do cây băm của mốc kiểm tra xác nhận."
            ),
            (
                Some(Listed {
                    position,
                    day,
                    size: until,
                }),
                true,
            ) => writeln!(
                out,
                "✓ These are all {events} events of the office before position {size}: none missing, none added, none changed. The list of \
                 {day} (position {position}) says so up to position {until}; for the {since_listed} behind it there is the tree of the checkpoint alone."
            ),
            (None, _) if vi => writeln!(
                out,
                "✗ Chưa chứng minh được là đủ: sổ cái chưa có bản kê đầu chuỗi nào xác nhận cơ quan đã ghi đến đâu."
            ),
            (None, _) => writeln!(
                out,
                "✗ Not proved to be all: no list of stream heads says how far the office had come."
            ),
            (Some(_), false) if vi => writeln!(out, "✗ Chưa chứng minh được là đủ: xem các sai lệch."),
            (Some(_), false) => writeln!(out, "✗ Not proved to be all: see what is wrong."),
        }
    }
}
