insert into notice{g} (
  event,
  entry,
  kind,
  from_office,
  office,
  registered_on,
  due_on,
  position,
  state
)
select
  value ->> 'event',
  value ->> 'entry',
  value ->> 'kind',
  value ->> 'from_office',
  value ->> 'office',
  value ->> 'registered_on',
  value ->> 'due_on',
  value ->> 'position',
  value ->> 'state'
from json_each($1)
