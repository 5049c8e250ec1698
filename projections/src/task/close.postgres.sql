-- By key, one by one: a plan made while the table was small would read all of it once it is large. Of several events that
-- would close a task the first does.
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
  state,
  verdict,
  closed_by,
  closed_position
)
select distinct on (t.entry, t.kind, t.code, t.cause)
  t.entry,
  t.kind,
  t.code,
  t.cause,
  t.office,
  t.book,
  t.year,
  t.volume,
  t.opened_on,
  t.position,
  'closed',
  c.verdict,
  c.closed_by,
  c.closed_position
from (
  select
    value ->> 0 as entry,
    value ->> 1 as kind,
    value ->> 2 as code,
    value ->> 3 as cause,
    value ->> 4 as field,
    value ->> 5 as verdict,
    value ->> 6 as closed_by,
    cast(value ->> 7 as bigint) as closed_position
  from jsonb_array_elements($1::jsonb)
) c
cross join lateral (
  select * from task{g} where task{g}.entry = c.entry order by kind, code, cause limit 1000
) t
where t.state = 'open'
  and t.position < c.closed_position
  and (c.kind is null or t.kind = c.kind)
  and (c.code is null or t.code = c.code)
  and (c.cause is null or t.cause = c.cause)
  and (
    c.field is null
    or t.code = c.field
    or starts_with(t.code, c.field || '/')
    or starts_with(c.field, t.code || '/')
  )
order by
  t.entry,
  t.kind,
  t.code,
  t.cause,
  c.closed_position
on conflict (entry, kind, code, cause) do update set
  state = excluded.state,
  verdict = excluded.verdict,
  closed_by = excluded.closed_by,
  closed_position = excluded.closed_position
