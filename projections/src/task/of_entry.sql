select
  t.entry,
  t.kind,
  t.code,
  t.cause,
  t.office,
  t.book,
  t.year,
  t.volume,
  t.opened_on,
  t.position,
  t.verdict,
  t.closed_by,
  t.closed_position,
  coalesce(o.keeper, t.office) as keeper
from task{g} t
left join office{g} o on o.office = t.office
where t.entry = $1
order by
  t.position,
  t.kind,
  t.code
