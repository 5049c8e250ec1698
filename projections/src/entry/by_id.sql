select
  entry,
  kind,
  office,
  lane,
  recorded_at_ms,
  opened_by,
  opened_position,
  current,
  notes,
  head,
  head_position,
  changed_position
from entry{g}
where entry = $1
