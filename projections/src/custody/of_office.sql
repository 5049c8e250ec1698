select
  position,
  event,
  from_office,
  to_office,
  on_day,
  book,
  first_year,
  last_year,
  volumes,
  decision
from custody{g}
where from_office = $1
order by position
