//! Giải quyết việc tồn: an officer looks at an open task and says what came of it.

use super::lawful::{Lawful, says};
use super::person::Signer;
use crate::id::{EntryId, EventId};
use crate::stated::Stated;
use crate::value::{Date, PersonName, Text};
use crate::wire::{codes, record};

codes! {
    /// What an open task is about.
    pub enum TaskKind "task_kind" {
        /// A relative's data changed elsewhere.
        LinkedChange = 1 "linked_change" "Số liệu của người liên quan đã thay đổi",
        /// A warning that was acknowledged and is to be looked into.
        Flag = 2 "flag" "Cảnh báo cần xem lại",
        /// A place that no administrative unit was found for.
        PlaceUnlinked = 3 "place_unlinked" "Địa danh chưa gắn với đơn vị hành chính",
        /// Two sources read differently.
        ReadingDiffers = 4 "reading_differs" "Hai nguồn ghi khác nhau",
    }
}

codes! {
    /// What came of it.
    pub enum TaskVerdict "task_verdict" {
        /// The entry was amended.
        Amended = 1 "amended" "Đã thay đổi, cải chính, bổ sung",
        /// The entry stays as it is.
        LeftAsIs = 2 "left_as_is" "Giữ nguyên",
        /// There was nothing.
        WrongAlarm = 3 "wrong_alarm" "Cảnh báo sai",
    }
}

record! {
    /// An open task is settled.
    pub struct TaskSettled "task_settled" {
        /// The day.
        0 settled_on: Date, "Ngày giải quyết";
        /// Which kind of task.
        1 task: TaskKind, "Loại việc tồn";
        /// At which entry.
        2 entry: EntryId, "Mục đăng ký";
        /// The event that caused it.
        3 cause: Option<EventId>, "Sự kiện gây ra";
        /// The code of the warning.
        4 warning: Option<Text>, "Mã cảnh báo";
        /// What came of it.
        5 verdict: TaskVerdict, "Kết quả";
        /// The event by which the entry was amended.
        6 by: Option<EventId>, "Sự kiện giải quyết";
        /// Why.
        7 reason: Text, "Lý do";
        /// Who signs for the office.
        8 signer: Stated<Signer>, "Người ký";
        /// The civil-status officer who carried it out.
        9 officer: Option<PersonName>, "Người thực hiện";
    }
}

impl Lawful for TaskSettled {
    says! { signer }

    fn registered_on(&self) -> Option<Date> {
        Some(self.settled_on)
    }
}
