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
  c.decision
from json_each($1) asked
cross join custody{g} c on c.from_office = asked.value
order by c.position
