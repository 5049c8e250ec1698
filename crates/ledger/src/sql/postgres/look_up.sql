select
  'stream'::text        as what,
  asked.stream          as stream,
  null::bytea           as id,
  e.seq                 as number,
  e.position            as position,
  e.recorded_at_ms      as recorded_at_ms,
  e.hash                as hash,
  null::bytea           as root
from (select value::bigint as stream from json_array_elements_text($1::json)) asked
cross join lateral (
  select seq, position, recorded_at_ms, hash from event where stream = asked.stream order by seq desc limit 1
) e
union all
select
  'entry',
  null,
  asked.id,
  x.rev,
  x.head,
  null,
  e.hash,
  null
from (select decode(value, 'hex') as id from json_array_elements_text($2::json)) asked
cross join lateral (
  select rev, head from entry_event where entry = asked.id order by rev desc limit 1
) x
left join lateral (
  select hash from event where position = x.head limit 1
) e on true
union all
select
  'event',
  null,
  asked.id,
  b.size,
  e.position,
  e.recorded_at_ms,
  e.hash,
  b.root
from (select decode(value, 'hex') as id from json_array_elements_text($3::json)) asked
cross join lateral (
  select position, recorded_at_ms, hash from event where event_id = asked.id limit 1
) e
cross join lateral (
  select size, root from batch where size > e.position order by size limit 1
) b
