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
  r.office,
  r.name,
  r.level,
  r.unit,
  r.opened_on,
  r.opened_position,
  r.closed_on,
  r.successor,
  r.closed_position,
  r.keeper
from json_to_recordset($1::json) as r (
  office          bigint,
  name            text,
  level           text,
  unit            text,
  opened_on       text,
  opened_position bigint,
  closed_on       text,
  successor       bigint,
  closed_position bigint,
  keeper          bigint
)
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
