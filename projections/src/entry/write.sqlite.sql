insert into entry{g} (
  entry,
  kind,
  office,
  lane,
  book,
  year,
  number,
  registered_on,
  occurred_on,
  recorded_at_ms,
  opened_by,
  opened_position,
  current,
  notes,
  divorced_on,
  head,
  head_position,
  changed_position
)
select
  value ->> 'entry',
  value ->> 'kind',
  value ->> 'office',
  value ->> 'lane',
  value ->> 'book',
  value ->> 'year',
  value ->> 'number',
  value ->> 'registered_on',
  value ->> 'occurred_on',
  value ->> 'recorded_at_ms',
  value ->> 'opened_by',
  value ->> 'opened_position',
  unhex(value ->> 'current'),
  value ->> 'notes',
  value ->> 'divorced_on',
  value ->> 'head',
  value ->> 'head_position',
  value ->> 'changed_position'
from json_each($1)
where true
on conflict (entry) do update set
  occurred_on = excluded.occurred_on,
  current = excluded.current,
  notes = excluded.notes,
  divorced_on = excluded.divorced_on,
  head = excluded.head,
  head_position = excluded.head_position,
  changed_position = excluded.changed_position
