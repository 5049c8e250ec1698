-- By key, one by one: a plan made while the table was small would read all of it once it is large.
insert into task{g} (
  entry,
  kind,
  code,
  cause,
  office,
  opened_on,
  position,
  state
)
select
  r.entry,
  r.kind,
  r.code,
  r.cause,
  e.office,
  r.opened_on,
  r.position,
  r.state
from (
  select
    value ->> 0 as entry,
    value ->> 1 as kind,
    value ->> 2 as code,
    value ->> 3 as cause,
    value ->> 4 as opened_on,
    cast(value ->> 5 as bigint) as position,
    value ->> 6 as state
  from jsonb_array_elements($1::jsonb)
) r
cross join lateral (
  select office from entry{g} where entry{g}.entry = r.entry limit 1
) e
on conflict (entry, kind, code, cause) do nothing
