with r (v) as materialized (
  select jsonb(value) from json_each($1)
)
insert into link{g} (
  from_entry,
  from_person,
  to_entry,
  to_person,
  position,
  event,
  recorded_at_ms,
  registered_on,
  verdict
)
select
  r.v ->> 0 as from_entry,
  r.v ->> 1 as from_person,
  r.v ->> 2 as to_entry,
  r.v ->> 3 as to_person,
  cast(r.v ->> 4 as bigint) as position,
  r.v ->> 5 as event,
  cast(r.v ->> 6 as bigint) as recorded_at_ms,
  r.v ->> 7 as registered_on,
  r.v ->> 8 as verdict
from r
where true
on conflict (from_entry, from_person, to_entry, to_person, position) do nothing
