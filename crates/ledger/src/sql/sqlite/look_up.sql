select
  'stream'       as what,
  e.stream       as stream,
  null           as id,
  e.seq          as number,
  e.position     as position,
  e.recorded_at_ms as recorded_at_ms,
  e.hash         as hash,
  null           as root
from json_each($1) asked
cross join event e
where e.stream = asked.value
  and e.seq = (select max(seq) from event where stream = asked.value)
union all
select
  'entry',
  null,
  x.entry,
  x.rev,
  x.head,
  null,
  e.hash,
  null
from (select unhex(value) as id from json_each($2)) asked
cross join entry_event x
left join event e on e.position = x.head
where x.entry = asked.id
  and x.rev = (select max(rev) from entry_event where entry = asked.id)
union all
select
  'event',
  null,
  e.event_id,
  b.size,
  e.position,
  e.recorded_at_ms,
  e.hash,
  b.root
from (select unhex(value) as id from json_each($3)) asked
cross join event e
cross join batch b
where e.event_id = asked.id
  and b.size = (select min(size) from batch where size > e.position)
