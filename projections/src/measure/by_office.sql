with asked (kind) as (
  values
    ('birth'),
    ('marriage'),
    ('death'),
    ('marital_status_confirmation'),
    ('parent_child_recognition'),
    ('guardianship')
),
counted as materialized (
  select
    o.office,
    o.unit,
    asked.kind,
    (
      select cast(sum(m.count) as bigint)
      from measure{g} m
      where m.office = o.office
        and m.kind = asked.kind
        and m.counted_on between $1 and $2
        and m.since <= $3
        and ($4 = 0 or m.since = m.opened)
    ) as count
  from office{g} o
  cross join asked
)
select
  office,
  unit,
  kind,
  count
from counted
where count <> 0
order by
  office,
  kind
