select
  office,
  last_number
from book{g}
where office = $1
  and book = $2
  and year = $3
