//! Bản kê đầu chuỗi: how far every stream had come, said once a day by the ledger itself. RFC 0007 §1.

use super::lawful::Lawful;
use crate::id::Digest;
use crate::value::Date;
use crate::wire::record;

record! {
    /// Every stream had come so far. Signed with the keeper's key; no personal data.
    pub struct StreamHeads "stream_heads" {
        /// The day that ends, or the day of a closing.
        0 day: Date, "Ngày";
        /// It speaks of the positions before this one.
        1 size: u64, "Số sự kiện";
        /// How many streams have events there.
        2 streams: u64, "Số chuỗi";
        /// Root of the tree over their heads.
        3 root: Digest, "Gốc cây băm của các đầu chuỗi";
        /// How many lines the log of accesses has.
        4 access_size: Option<u64>, "Số dòng nhật ký truy cập";
        /// The hash of its last line.
        5 access_head: Option<Digest>, "Giá trị băm cuối của nhật ký truy cập";
    }
}

impl Lawful for StreamHeads {
    fn registered_on(&self) -> Option<Date> {
        Some(self.day)
    }
}
