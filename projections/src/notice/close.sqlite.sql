update notice{g} set
  state = 'closed',
  closed_by = r.closed_by,
  closed_on = r.closed_on,
  closed_position = r.closed_position
from (
  select
    value ->> 0 as event,
    value ->> 1 as entry,
    value ->> 2 as reason,
    value ->> 3 as office,
    value ->> 4 as closed_by,
    value ->> 5 as closed_on,
    value ->> 6 as closed_position
  from json_each($1)
) r
where notice{g}.event = r.event
  and notice{g}.entry = r.entry
  and notice{g}.reason = r.reason
  and notice{g}.office = r.office
  and notice{g}.state = 'open'
