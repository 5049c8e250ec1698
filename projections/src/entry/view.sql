select
  e.entry,
  e.kind,
  e.office,
  e.lane,
  e.recorded_at_ms,
  e.opened_by,
  e.opened_position,
  e.current,
  b.sealed,
  e.notes,
  e.head,
  e.head_position,
  e.changed_position
from entry{g} e
left join body b on b.position = e.opened_position and e.current is null
