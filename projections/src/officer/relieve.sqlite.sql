update officer{g} set
  relieved_on = r.relieved_on,
  relieved_position = r.relieved_position
from (
  select
    value ->> 0 as event,
    value ->> 1 as relieved_on,
    value ->> 2 as relieved_position
  from json_each($1)
) r
where officer{g}.event = r.event
