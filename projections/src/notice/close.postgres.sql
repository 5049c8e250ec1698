-- By key, one by one: a plan made while the table was small would read all of it once it is large.
insert into notice{g} (
  event,
  entry,
  reason,
  kind,
  from_office,
  office,
  book,
  year,
  volume,
  registered_on,
  due_on,
  position,
  state,
  closed_by,
  closed_on,
  closed_position
)
select
  n.event,
  n.entry,
  n.reason,
  n.kind,
  n.from_office,
  n.office,
  n.book,
  n.year,
  n.volume,
  n.registered_on,
  n.due_on,
  n.position,
  'closed',
  r.closed_by,
  r.closed_on,
  r.closed_position
from (
  select
    value ->> 0 as event,
    value ->> 1 as entry,
    value ->> 2 as reason,
    cast(value ->> 3 as bigint) as office,
    value ->> 4 as closed_by,
    value ->> 5 as closed_on,
    cast(value ->> 6 as bigint) as closed_position
  from jsonb_array_elements($1::jsonb)
) r
cross join lateral (
  select *
  from notice{g}
  where notice{g}.event = r.event
    and notice{g}.entry = r.entry
    and notice{g}.reason = r.reason
    and notice{g}.office = r.office
  limit 1
) n
where n.state = 'open'
on conflict (event, entry, reason, office) do update set
  state = excluded.state,
  closed_by = excluded.closed_by,
  closed_on = excluded.closed_on,
  closed_position = excluded.closed_position
