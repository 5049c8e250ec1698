-- $1 first position, $2 [[offset, length], ...], $3 sealed bodies, one after the other
insert into body (position, sealed)
select
  $1 + r.key,
  substr($3, (r.value ->> 0) + 1, r.value ->> 1)
from json_each($2) r
