select
  t.office,
  coalesce(o.keeper, t.office) as keeper,
  t.book,
  t.year,
  t.volume,
  t.kind,
  case when t.kind = 'flag' then t.code end as code,
  count(*) as open,
  min(t.opened_on) as oldest
from task{g} t
left join office{g} o on o.office = t.office
where t.state = 'open'
group by
  t.office,
  coalesce(o.keeper, t.office),
  t.book,
  t.year,
  t.volume,
  t.kind,
  case when t.kind = 'flag' then t.code end
