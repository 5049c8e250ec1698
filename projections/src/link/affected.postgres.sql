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
from json_array_elements($1::json) as asked (place)
cross join lateral (
  select * from link{g} where link{g}.from_entry = asked.place ->> 0 and link{g}.from_person = asked.place ->> 1
) l
cross join lateral (
  select office, opened_position, kind, current from entry{g} where entry{g}.entry = l.to_entry limit 1
) e
left join body b on b.position = e.opened_position and e.current is null
order by l.position
