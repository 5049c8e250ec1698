with r (v) as materialized (
  select jsonb(value) from json_each($1)
)
insert into book_volume{g} (
  office,
  book,
  year,
  ordinal,
  volume,
  opened_on,
  continues_from,
  given_before,
  position
)
select
  cast(r.v ->> 0 as bigint) as office,
  r.v ->> 1 as book,
  cast(r.v ->> 2 as bigint) as year,
  cast(r.v ->> 3 as bigint) as ordinal,
  r.v ->> 4 as volume,
  r.v ->> 5 as opened_on,
  cast(r.v ->> 6 as bigint) as continues_from,
  cast(r.v ->> 7 as bigint) as given_before,
  cast(r.v ->> 8 as bigint) as position
from r
