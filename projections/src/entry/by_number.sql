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
where office = $1
  and book = $2
  and year = $3
  and number = $4
order by opened_position
