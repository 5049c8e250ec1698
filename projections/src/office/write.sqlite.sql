with r (v) as materialized (
  select jsonb(value) from json_each($1)
)
insert into office{g} (
  office,
  name,
  level,
  unit,
  opened_on,
  opened_position,
  closed_on,
  successor,
  closed_position,
  keeper
)
select
  cast(r.v ->> 0 as bigint) as office,
  r.v ->> 1 as name,
  r.v ->> 2 as level,
  r.v ->> 3 as unit,
  r.v ->> 4 as opened_on,
  cast(r.v ->> 5 as bigint) as opened_position,
  r.v ->> 6 as closed_on,
  cast(r.v ->> 7 as bigint) as successor,
  cast(r.v ->> 8 as bigint) as closed_position,
  cast(r.v ->> 9 as bigint) as keeper
from r
where true
on conflict (office) do update set
  name = excluded.name,
  level = excluded.level,
  unit = excluded.unit,
  opened_on = excluded.opened_on,
  opened_position = excluded.opened_position,
  closed_on = excluded.closed_on,
  successor = excluded.successor,
  closed_position = excluded.closed_position,
  keeper = excluded.keeper
