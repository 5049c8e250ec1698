update book{g} b set
  volumes = r.volumes,
  before_volume = r.before_volume,
  before_year = r.before_year,
  total_before = r.total_before,
  closed_on = r.closed_on
from (
  select
    cast(value ->> 0 as bigint) as office,
    value ->> 1 as book,
    cast(value ->> 2 as bigint) as year,
    cast(value ->> 3 as bigint) as volumes,
    cast(value ->> 4 as bigint) as before_volume,
    cast(value ->> 5 as bigint) as before_year,
    cast(value ->> 6 as bigint) as total_before,
    value ->> 7 as closed_on
  from jsonb_array_elements($1::jsonb)
) r
where b.office = r.office
  and b.book = r.book
  and b.year = r.year
