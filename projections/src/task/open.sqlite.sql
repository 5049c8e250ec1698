with r (v) as materialized (
  select jsonb(value) from json_each($1)
)
insert into task{g} (
  entry,
  kind,
  code,
  cause,
  office,
  book,
  year,
  volume,
  opened_on,
  position,
  state
)
select
  r.v ->> 0 as entry,
  r.v ->> 1 as kind,
  r.v ->> 2 as code,
  r.v ->> 3 as cause,
  cast(r.v ->> 4 as bigint) as office,
  r.v ->> 5 as book,
  cast(r.v ->> 6 as bigint) as year,
  r.v ->> 7 as volume,
  r.v ->> 8 as opened_on,
  cast(r.v ->> 9 as bigint) as position,
  r.v ->> 10 as state
from r
where true
on conflict (entry, kind, code, cause) do nothing
