with r (v) as materialized (
  select jsonb(value) from json_each($1)
)
insert into entry{g} (
  entry,
  kind,
  office,
  lane,
  book,
  year,
  number,
  recorded_at_ms,
  opened_by,
  opened_position,
  current,
  notes,
  head,
  head_position,
  changed_position,
  lost
)
select
  r.v ->> 0 as entry,
  r.v ->> 1 as kind,
  cast(r.v ->> 2 as bigint) as office,
  cast(r.v ->> 3 as bigint) as lane,
  r.v ->> 4 as book,
  cast(r.v ->> 5 as bigint) as year,
  cast(r.v ->> 6 as bigint) as number,
  cast(r.v ->> 7 as bigint) as recorded_at_ms,
  r.v ->> 8 as opened_by,
  cast(r.v ->> 9 as bigint) as opened_position,
  unhex(r.v ->> 10) as current,
  r.v ->> 11 as notes,
  r.v ->> 12 as head,
  cast(r.v ->> 13 as bigint) as head_position,
  cast(r.v ->> 14 as bigint) as changed_position,
  cast(r.v ->> 15 as bigint) as lost
from r
where true
