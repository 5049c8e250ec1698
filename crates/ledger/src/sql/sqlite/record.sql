-- $1 first position, $2 root before, $3 generation; $4 size, $5 root, $6 time, $7 authority after
-- $8 [[stream, seq, kind, offset, length], ...], $9 80 bytes each: event id, hash, twin, $10 signed bytes, one after the other
-- $11 [[offset, length], ...], $12 sealed bodies, one after the other
-- $13 [[entry in hexadecimal, rev, position, advances, head or null], ...]
update ledger_head
set size = $4, root = $5, recorded_at_ms = $6, authority = $7
where id = 0 and size = $1 and root = $2 and generation = $3;

-- changes() counts the rows of the statement before: nothing below is inserted unless the head was moved just now.
insert into batch (size, root, recorded_at_ms)
select $4, $5, $6
where changes() > 0;

insert into event (position, event_id, stream, seq, kind, recorded_at_ms, hash, twin, signed)
select
  $1 + r.key,
  substr($9, r.key * 80 + 1, 16),
  r.value ->> 0,
  r.value ->> 1,
  r.value ->> 2,
  $6,
  substr($9, r.key * 80 + 17, 32),
  substr($9, r.key * 80 + 49, 32),
  substr($10, (r.value ->> 3) + 1, r.value ->> 4)
from json_each($8) r
where changes() > 0;

insert into body (position, sealed, cipher)
select
  $1 + r.key,
  substr($12, (r.value ->> 0) + 1, r.value ->> 1),
  1
from json_each($11) r
where changes() > 0;

insert into entry_event (entry, rev, position, advances, head)
select
  unhex(r.value ->> 0),
  r.value ->> 1,
  r.value ->> 2,
  r.value ->> 3,
  r.value ->> 4
from json_each($13) r
where changes() > 0;
