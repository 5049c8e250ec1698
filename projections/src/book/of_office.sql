select
  office,
  book,
  year,
  last_number,
  total,
  digitised
from book{g}
where office = $1
  and year = $2
order by book
