with r (v) as materialized (
  select value from jsonb_array_elements($1::jsonb)
)
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
  r.v ->> 0 as entry,
  r.v ->> 1 as kind,
  cast(r.v ->> 2 as bigint) as office,
  cast(r.v ->> 3 as bigint) as lane,
  r.v ->> 4 as book,
  cast(r.v ->> 5 as bigint) as year,
  cast(r.v ->> 6 as bigint) as number,
  r.v ->> 7 as registered_on,
  r.v ->> 8 as occurred_on,
  cast(r.v ->> 9 as bigint) as recorded_at_ms,
  r.v ->> 10 as opened_by,
  cast(r.v ->> 11 as bigint) as opened_position,
  decode(r.v ->> 12, 'hex') as current,
  r.v ->> 13 as notes,
  r.v ->> 14 as divorced_on,
  r.v ->> 15 as head,
  cast(r.v ->> 16 as bigint) as head_position,
  cast(r.v ->> 17 as bigint) as changed_position
from r
on conflict (entry) do update set
  occurred_on = excluded.occurred_on,
  current = excluded.current,
  notes = excluded.notes,
  divorced_on = excluded.divorced_on,
  head = excluded.head,
  head_position = excluded.head_position,
  changed_position = excluded.changed_position
