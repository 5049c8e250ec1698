update officer{g} o set
  relieved_on = r.relieved_on,
  relieved_position = r.relieved_position
from (
  select
    value ->> 0 as event,
    value ->> 1 as relieved_on,
    cast(value ->> 2 as bigint) as relieved_position
  from jsonb_array_elements($1::jsonb)
) r
where o.event = r.event
