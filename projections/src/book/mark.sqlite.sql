update book{g} set
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
  from json_each($1)
) r
where book{g}.office = r.office
  and book{g}.book = r.book
  and book{g}.year = r.year
