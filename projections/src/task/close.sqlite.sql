-- Of several events that would close a task the first does: min() takes its row along.
with r (v) as materialized (
  select jsonb(value) from json_each($1)
),
closing as materialized (
  select
    r.v ->> 0 as entry,
    r.v ->> 1 as kind,
    r.v ->> 2 as code,
    r.v ->> 3 as cause,
    r.v ->> 4 as field,
    r.v ->> 5 as verdict,
    r.v ->> 6 as closed_by,
    cast(r.v ->> 7 as bigint) as closed_position
  from r
),
closed as materialized (
  select
    t.rowid as task,
    c.verdict,
    c.closed_by,
    min(c.closed_position) as closed_position
  from closing c
  cross join task{g} t
  where t.entry = c.entry
    and t.state = 'open'
    and t.position < c.closed_position
    and (c.kind is null or t.kind = c.kind)
    and (c.code is null or t.code = c.code)
    and (c.cause is null or t.cause = c.cause)
    and (
      c.field is null
      or t.code = c.field
      or substr(t.code, 1, length(c.field) + 1) = c.field || '/'
      or substr(c.field, 1, length(t.code) + 1) = t.code || '/'
    )
  group by t.rowid
)
update task{g} set
  state = 'closed',
  verdict = closed.verdict,
  closed_by = closed.closed_by,
  closed_position = closed.closed_position
from closed
where task{g}.rowid = closed.task
