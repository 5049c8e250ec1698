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
  value ->> 'office',
  value ->> 'name',
  value ->> 'level',
  value ->> 'unit',
  value ->> 'opened_on',
  value ->> 'opened_position',
  value ->> 'closed_on',
  value ->> 'successor',
  value ->> 'closed_position',
  value ->> 'keeper'
from json_each($1)
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
