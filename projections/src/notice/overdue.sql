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
  n.closed_by,
  n.closed_on,
  n.closed_position,
  coalesce(o.keeper, n.office) as keeper
from notice{g} n
left join office{g} o on o.office = n.office
where n.state = 'open'
  and n.due_on < $1
order by
  n.due_on,
  n.position,
  n.entry,
  n.reason,
  n.office
limit $2
