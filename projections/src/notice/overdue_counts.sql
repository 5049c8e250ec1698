select
  coalesce(o.keeper, n.office) as keeper,
  count(*) as notices,
  min(n.due_on) as oldest
from notice{g} n
left join office{g} o on o.office = n.office
where n.state = 'open'
  and n.due_on < $1
group by coalesce(o.keeper, n.office)
order by
  min(n.due_on),
  coalesce(o.keeper, n.office)
