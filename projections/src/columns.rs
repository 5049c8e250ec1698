//! Every statement that writes reads the columns of its rows by place: the places must be those of the fields.

use crate::{book, custody, entry, extract, link, measure, notice, office, search, statistics, task};

#[test]
fn every_statement_reads_each_column_where_the_row_has_it() {
    let statements: &[(&str, &[&str])] = &[
        (include_str!("entry/open.sqlite.sql"), entry::COLUMNS),
        (include_str!("entry/open.postgres.sql"), entry::COLUMNS),
        (include_str!("office/write.sqlite.sql"), office::COLUMNS),
        (include_str!("office/write.postgres.sql"), office::COLUMNS),
        (include_str!("office/write_keys.sqlite.sql"), office::KEY_COLUMNS),
        (
            include_str!("office/write_keys.postgres.sql"),
            office::KEY_COLUMNS,
        ),
        (
            include_str!("office/revoke_keys.sqlite.sql"),
            office::REVOKED_COLUMNS,
        ),
        (
            include_str!("office/revoke_keys.postgres.sql"),
            office::REVOKED_COLUMNS,
        ),
        (include_str!("notice/open.sqlite.sql"), notice::OPEN_COLUMNS),
        (include_str!("notice/open.postgres.sql"), notice::OPEN_COLUMNS),
        (include_str!("notice/close.sqlite.sql"), notice::CLOSED_COLUMNS),
        (include_str!("notice/close.postgres.sql"), notice::CLOSED_COLUMNS),
        (include_str!("link/write.sqlite.sql"), link::COLUMNS),
        (include_str!("link/write.postgres.sql"), link::COLUMNS),
        (include_str!("task/open.sqlite.sql"), task::OPEN_COLUMNS),
        (include_str!("task/open.postgres.sql"), task::OPEN_COLUMNS),
        (include_str!("task/close.sqlite.sql"), task::CLOSED_COLUMNS),
        (include_str!("task/close.postgres.sql"), task::CLOSED_COLUMNS),
        (include_str!("book/write.sqlite.sql"), book::COLUMNS),
        (include_str!("book/write.postgres.sql"), book::COLUMNS),
        (include_str!("book/mark.sqlite.sql"), book::MARK_COLUMNS),
        (include_str!("book/mark.postgres.sql"), book::MARK_COLUMNS),
        (
            include_str!("book/write_volumes.sqlite.sql"),
            book::VOLUME_COLUMNS,
        ),
        (
            include_str!("book/write_volumes.postgres.sql"),
            book::VOLUME_COLUMNS,
        ),
        (
            include_str!("book/write_closings.sqlite.sql"),
            book::CLOSING_COLUMNS,
        ),
        (
            include_str!("book/write_closings.postgres.sql"),
            book::CLOSING_COLUMNS,
        ),
        (include_str!("custody/write.sqlite.sql"), custody::COLUMNS),
        (include_str!("custody/write.postgres.sql"), custody::COLUMNS),
        (include_str!("search/write.sqlite.sql"), search::COLUMNS),
        (include_str!("search/write.postgres.sql"), search::COLUMNS),
        (include_str!("extract/write.sqlite.sql"), extract::COLUMNS),
        (include_str!("extract/write.postgres.sql"), extract::COLUMNS),
        (
            include_str!("extract/revoke.sqlite.sql"),
            extract::REVOKED_COLUMNS,
        ),
        (
            include_str!("extract/revoke.postgres.sql"),
            extract::REVOKED_COLUMNS,
        ),
        (
            include_str!("extract/supersede.sqlite.sql"),
            extract::SUPERSEDED_COLUMNS,
        ),
        (
            include_str!("extract/supersede.postgres.sql"),
            extract::SUPERSEDED_COLUMNS,
        ),
        (include_str!("statistics/write.sqlite.sql"), statistics::COLUMNS),
        (include_str!("statistics/write.postgres.sql"), statistics::COLUMNS),
        (include_str!("measure/write.sqlite.sql"), measure::COLUMNS),
        (include_str!("measure/write.postgres.sql"), measure::COLUMNS),
    ];
    for (sql, columns) in statements {
        let read: Vec<&str> = sql.lines().filter(|line| line.contains("->>")).collect();
        assert_eq!(read.len(), columns.len(), "{sql}");
        for (place, (line, column)) in read.iter().zip(columns.iter()).enumerate() {
            let line = line.trim_end_matches(',');
            let there = line.contains(&format!("->> {place} ")) || line.contains(&format!("->> {place})"));
            let there = there || line.contains(&format!("->> {place},"));
            assert!(
                there && line.ends_with(&format!(" as {column}")),
                "{line}: not {column} at {place}"
            );
        }
        if let Some((_, list)) = sql
            .split_once("insert into ")
            .filter(|_| sql.contains("select\n  r.v"))
        {
            let list = list.split(')').next().unwrap().split('(').nth(1).unwrap();
            let named: Vec<&str> = list.split(',').map(str::trim).collect();
            assert_eq!(&named, columns, "{sql}");
        }
    }
}
