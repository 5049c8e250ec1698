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
    value ->> 0 as office,
    value ->> 1 as book,
    value ->> 2 as year
  from json_each($1)
) asked
cross join book{g} b on b.office = asked.office and b.book = asked.book and b.year = asked.year
