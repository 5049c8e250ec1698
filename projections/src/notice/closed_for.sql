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
from (
  select office from office{g} where keeper = $1
  union
  select $1
) kept
join notice{g} n on n.office = kept.office
left join office{g} o on o.office = n.office
where n.state = 'closed'
  and (coalesce(o.keeper, n.office) = $1 or n.office = $1)
order by
  n.closed_position desc,
  n.position desc,
  n.entry,
  n.reason,
  n.office
limit $2
offset $3
