with r (v) as materialized (
  select jsonb(value) from json_each($1)
)
insert into book_closing{g} (
  office,
  book,
  year,
  position,
  volume,
  closed_on,
  closes_year,
  first_number,
  last_number,
  events,
  pages,
  blank_pages,
  errors,
  counted_first,
  counted_last,
  counted_events,
  digitised
)
select
  cast(r.v ->> 0 as bigint) as office,
  r.v ->> 1 as book,
  cast(r.v ->> 2 as bigint) as year,
  cast(r.v ->> 3 as bigint) as position,
  r.v ->> 4 as volume,
  r.v ->> 5 as closed_on,
  cast(r.v ->> 6 as bigint) as closes_year,
  cast(r.v ->> 7 as bigint) as first_number,
  cast(r.v ->> 8 as bigint) as last_number,
  cast(r.v ->> 9 as bigint) as events,
  cast(r.v ->> 10 as bigint) as pages,
  cast(r.v ->> 11 as bigint) as blank_pages,
  cast(r.v ->> 12 as bigint) as errors,
  cast(r.v ->> 13 as bigint) as counted_first,
  cast(r.v ->> 14 as bigint) as counted_last,
  cast(r.v ->> 15 as bigint) as counted_events,
  cast(r.v ->> 16 as bigint) as digitised
from r
