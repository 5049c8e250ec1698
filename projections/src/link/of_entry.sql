select
  from_entry,
  from_person,
  to_entry,
  to_person,
  position,
  event,
  recorded_at_ms,
  registered_on,
  verdict
from link{g}
where from_entry = $1
order by
  from_person,
  position,
  to_entry,
  to_person
