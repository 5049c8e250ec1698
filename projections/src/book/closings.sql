select
  office,
  book,
  year,
  position,
  volume,
  closed_on,
  closes_year,
  first_number,
  last_number,
  events,
  pages,
  blank_pages,
  errors,
  counted_first,
  counted_last,
  counted_events,
  digitised
from book_closing{g}
where office = $1
  and book = $2
  and year = $3
order by position
