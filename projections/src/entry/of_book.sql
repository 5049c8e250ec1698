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
  and (number, opened_position) > ($4, $5)
order by
  number,
  opened_position
limit $6
