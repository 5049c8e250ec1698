-- $1 [[entry in hexadecimal, rev, position, advances, head or null], ...]
insert into entry_event (entry, rev, position, advances, head)
select
  unhex(r.value ->> 0),
  r.value ->> 1,
  r.value ->> 2,
  r.value ->> 3,
  r.value ->> 4
from json_each($1) r
