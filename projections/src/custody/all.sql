select
  c.position,
  c.event,
  c.from_office,
  c.to_office,
  c.on_day,
  c.book,
  c.first_year,
  c.last_year,
  c.volumes,
  c.decision,
  coalesce(o.keeper, c.to_office) as keeper
from custody{g} c
left join office{g} o on o.office = c.to_office
order by c.position
