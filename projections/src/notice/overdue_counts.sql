select
  n.office,
  coalesce(o.keeper, n.office) as keeper,
  n.book,
  n.year,
  n.volume,
  count(*) as notices,
  min(n.due_on) as oldest
from notice{g} n
left join office{g} o on o.office = n.office
where n.state = 'open'
  and n.due_on < $1
group by
  n.office,
  coalesce(o.keeper, n.office),
  n.book,
  n.year,
  n.volume
