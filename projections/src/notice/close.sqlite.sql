update notice{g} set
  state = 'closed',
  closed_by = r.closed_by,
  closed_on = r.closed_on,
  closed_position = r.closed_position
from (
  select
    value ->> 'event' as event,
    value ->> 'entry' as entry,
    value ->> 'closed_by' as closed_by,
    value ->> 'closed_on' as closed_on,
    value ->> 'closed_position' as closed_position
  from json_each($1)
) r
where notice{g}.event = r.event
  and notice{g}.entry = r.entry
  and notice{g}.state = 'open'
