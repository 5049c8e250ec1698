select
  event,
  office,
  name,
  role,
  title,
  from_day,
  until_day,
  decision,
  appointed_position,
  relieved_on,
  relieved_position
from officer{g}
where office = $1
order by
  from_day,
  event
