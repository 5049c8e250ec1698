-- $1 hash of the last line, $2 number of the first new one, $3 [[at_ms, office, token, line, hash], ...], $4 [[n, entry], ...]
insert into access_entry (entry, n)
select
  unhex(r.value ->> 1),
  r.value ->> 0
from json_each($4) r
where coalesce((select hash from access order by n desc limit 1), zeroblob(32)) = $1;

insert into access (n, at_ms, office, token, line, hash)
select
  $2 + r.key,
  r.value ->> 0,
  r.value ->> 1,
  unhex(r.value ->> 2),
  unhex(r.value ->> 3),
  unhex(r.value ->> 4)
from json_each($3) r
where coalesce((select hash from access order by n desc limit 1), zeroblob(32)) = $1;

select changes() as written;
