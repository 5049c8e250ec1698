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
from json_array_elements_text($1::json) as asked (office)
join custody{g} c on c.from_office = asked.office::bigint
order by c.position
