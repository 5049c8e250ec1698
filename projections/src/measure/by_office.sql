select
  m.office,
  o.unit,
  m.kind,
  cast(sum(m.sign) as bigint) as count
from measure{g} m
left join office{g} o on o.office = m.office
where m.counted_on between $1 and $2
  and m.since <= $3
  and ($4 = 0 or m.since = m.opened)
group by
  m.office,
  o.unit,
  m.kind
having sum(m.sign) <> 0
order by
  m.office,
  m.kind
