insert into book{g} as b (
  office,
  book,
  year,
  last_number,
  total,
  digitised
)
select
  r.office,
  r.book,
  r.year,
  r.last_number,
  r.total,
  r.digitised
from json_to_recordset($1::json) as r (
  office      bigint,
  book        text,
  year        bigint,
  last_number bigint,
  total       bigint,
  digitised   bigint
)
on conflict (office, book, year) do update set
  last_number = greatest(b.last_number, excluded.last_number),
  total = b.total + excluded.total,
  digitised = b.digitised + excluded.digitised
