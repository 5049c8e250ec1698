select
  b.office,
  b.book,
  b.year,
  b.last_number,
  b.total,
  b.digitised,
  b.volumes,
  b.before_volume,
  b.before_year,
  b.total_before,
  b.closed_on
from (
  select
    cast(value ->> 0 as bigint) as office,
    value ->> 1 as book,
    cast(value ->> 2 as bigint) as year
  from jsonb_array_elements($1::jsonb)
) asked
cross join lateral (
  select * from book{g} k where k.office = asked.office and k.book = asked.book and k.year = asked.year limit 1
) b
