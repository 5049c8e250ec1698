with r (v) as materialized (
  select value from jsonb_array_elements($1::jsonb)
)
insert into notice{g} (
  event,
  entry,
  reason,
  kind,
  from_office,
  office,
  book,
  year,
  volume,
  registered_on,
  due_on,
  position,
  state
)
select
  r.v ->> 0 as event,
  r.v ->> 1 as entry,
  r.v ->> 2 as reason,
  r.v ->> 3 as kind,
  cast(r.v ->> 4 as bigint) as from_office,
  cast(r.v ->> 5 as bigint) as office,
  r.v ->> 6 as book,
  cast(r.v ->> 7 as bigint) as year,
  r.v ->> 8 as volume,
  r.v ->> 9 as registered_on,
  r.v ->> 10 as due_on,
  cast(r.v ->> 11 as bigint) as position,
  r.v ->> 12 as state
from r
