with r (v) as materialized (
  select value from jsonb_array_elements($1::jsonb)
)
insert into book{g} as b (
  office,
  book,
  year,
  last_number,
  total,
  digitised
)
select
  cast(r.v ->> 0 as bigint) as office,
  r.v ->> 1 as book,
  cast(r.v ->> 2 as bigint) as year,
  cast(r.v ->> 3 as bigint) as last_number,
  cast(r.v ->> 4 as bigint) as total,
  cast(r.v ->> 5 as bigint) as digitised
from r
on conflict (office, book, year) do update set
  last_number = greatest(b.last_number, excluded.last_number),
  total = b.total + excluded.total,
  digitised = b.digitised + excluded.digitised
