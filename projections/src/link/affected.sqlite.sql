select
  l.from_entry,
  l.from_person,
  l.to_entry,
  l.to_person,
  l.position,
  l.event,
  l.recorded_at_ms,
  l.registered_on,
  l.verdict,
  e.office,
  e.opened_position,
  e.kind,
  e.current,
  b.sealed,
  b.position * b.cipher as cipher_at
from json_each($1) asked
cross join link{g} l on l.from_entry = asked.value ->> 0 and l.from_person = asked.value ->> 1
cross join entry{g} e on e.entry = l.to_entry
left join body b on b.position = e.opened_position and e.current is null
order by l.position
