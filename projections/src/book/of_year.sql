select
  office,
  book,
  year,
  last_number,
  total,
  digitised,
  volumes,
  before_volume,
  before_year,
  total_before,
  closed_on
from book{g}
where office = $1
  and book = $2
  and year = $3
