select
  office,
  book,
  year,
  ordinal,
  volume,
  opened_on,
  continues_from,
  given_before,
  position
from book_volume{g}
where office = $1
  and book = $2
  and year = $3
order by ordinal
