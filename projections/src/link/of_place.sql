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
  and from_person = $2
order by
  position,
  to_entry,
  to_person
