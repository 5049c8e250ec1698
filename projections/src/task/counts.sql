select
  coalesce(o.keeper, t.office) as keeper,
  t.kind,
  case when t.kind = 'flag' then t.code end as code,
  count(*) as open,
  min(t.opened_on) as oldest
from task{g} t
left join office{g} o on o.office = t.office
where t.state = 'open'
group by
  coalesce(o.keeper, t.office),
  t.kind,
  case when t.kind = 'flag' then t.code end
order by
  1,
  2,
  3
