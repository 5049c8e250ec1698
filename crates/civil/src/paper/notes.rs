//! Ghi chú: what a paper says below its fields.

use super::issue::Issue;
use super::layout::prints;
use super::value::{self, Born};
use crate::act::{Act, Named};
use crate::directory::Directory;
use crate::entry::RegisterEntry;
use crate::note::MarginalNote;

/// That the registration fell, how years of birth were found, what the book noted of a child without known parents and remarked at
/// registration, and what later acts say.
pub(super) fn of(entry: &RegisterEntry, directory: &Directory, issue: &Issue<'_>) -> Vec<String> {
    let told = |note: &&MarginalNote| issue.adoption_disclosed || !note.tells_of_adoption();
    let later = entry.notes.iter().filter(told);
    let later = later.map(|note| note.text_sealed(directory, entry.kind));
    fallen(entry)
        .into_iter()
        .chain(computed(&entry.current, issue))
        .chain(of_registration(&entry.original))
        .chain(remark(&entry.current))
        .chain(later)
        .collect()
}

/// Law 60/2014, Art. 12(2).
fn fallen(entry: &RegisterEntry) -> Option<String> {
    let revoked = entry.state().revoked?;
    let from = revoked.on.map(|day| format!(" từ ngày {}", day.vietnamese()));
    Some(format!("Việc đăng ký này đã bị hủy{}.", from.unwrap_or_default()))
}

/// Of everybody on the paper whose year of birth the book does not give (Circular 04/2020, Art. 23).
fn computed(act: &Act, issue: &Issue<'_>) -> Vec<String> {
    let year_of_book = value::year_of_book(act);
    let explained = |named: Named<'_>| {
        let Born::Computed { year, age } = value::born(named.person, year_of_book) else {
            return None;
        };
        let age = age.map(|age| format!(": {age} tuổi"));
        Some(format!(
            "Năm sinh {year} ({}) tính từ tuổi ghi trong Sổ{}.",
            named.role.vietnamese().to_lowercase(),
            age.unwrap_or_default()
        ))
    };
    let people = act.people().into_iter();
    people
        .filter(|named| prints(issue.paper, named.role))
        .filter_map(explained)
        .collect()
}

/// Trẻ bị bỏ rơi; trẻ chưa xác định được cha, mẹ (Decree 123/2015, Art. 14, 15).
fn of_registration(act: &Act) -> Option<String> {
    match act {
        Act::Birth(birth) => birth.book_note().map(str::to_owned),
        _ => None,
    }
}

fn remark(act: &Act) -> Option<String> {
    let (_, text) = value::of_act(act, &act.to_cbor(), "remark")?;
    Some(text).filter(|text| !text.is_empty())
}
