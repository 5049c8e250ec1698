with r (v) as materialized (
  select jsonb(value) from json_each($1)
)
insert into custody{g} (
  position,
  event,
  from_office,
  to_office,
  on_day,
  book,
  first_year,
  last_year,
  volumes,
  decision
)
select
  cast(r.v ->> 0 as bigint) as position,
  r.v ->> 1 as event,
  cast(r.v ->> 2 as bigint) as from_office,
  cast(r.v ->> 3 as bigint) as to_office,
  r.v ->> 4 as on_day,
  r.v ->> 5 as book,
  cast(r.v ->> 6 as bigint) as first_year,
  cast(r.v ->> 7 as bigint) as last_year,
  r.v ->> 8 as volumes,
  r.v ->> 9 as decision
from r
