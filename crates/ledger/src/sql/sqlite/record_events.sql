-- $1 first position, $2 [[stream, seq, kind, offset, length], ...], $3 80 bytes each: event id, hash, twin; $4 signed bytes, one after the other; $5 time
insert into event (position, event_id, stream, seq, kind, recorded_at_ms, hash, twin, signed)
select
  $1 + r.key,
  substr($3, r.key * 80 + 1, 16),
  r.value ->> 0,
  r.value ->> 1,
  r.value ->> 2,
  $5,
  substr($3, r.key * 80 + 17, 32),
  substr($3, r.key * 80 + 49, 32),
  substr($4, (r.value ->> 3) + 1, r.value ->> 4)
from json_each($2) r
