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
  r.v ->> 6 as registered_on,
  r.v ->> 7 as due_on,
  cast(r.v ->> 8 as bigint) as position,
  r.v ->> 9 as state
from r
