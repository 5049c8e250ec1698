-- $1 hash of the last line, $2 number of the first new one, $3 [[at_ms, office, token, line, hash], ...], $4 [[n, entry], ...]
with
  last as (
    select coalesce((select hash from access order by n desc limit 1), decode(repeat('00', 32), 'hex')) = $1 as is_it
  ),
  lines as (
    insert into access (n, at_ms, office, token, line, hash)
    select
      $2 + r.place - 1,
      (r.value ->> 0)::bigint,
      (r.value ->> 1)::bigint,
      decode(r.value ->> 2, 'hex'),
      decode(r.value ->> 3, 'hex'),
      decode(r.value ->> 4, 'hex')
    from jsonb_array_elements($3::jsonb) with ordinality as r (value, place)
    where (select is_it from last)
    returning n
  ),
  entries as (
    insert into access_entry (entry, n)
    select decode(r.value ->> 1, 'hex'), (r.value ->> 0)::bigint
    from jsonb_array_elements($4::jsonb) as r (value)
    where (select is_it from last)
  )
select count(*) as written from lines
