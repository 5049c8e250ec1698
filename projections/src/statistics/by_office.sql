select
  s.office,
  o.unit,
  s.kind,
  cast(sum(s.count) as bigint) as count
from statistics{g} s
left join office{g} o on o.office = s.office
where s.year * 12 + s.month between $1 and $2
group by
  s.office,
  o.unit,
  s.kind
order by
  s.office,
  s.kind
