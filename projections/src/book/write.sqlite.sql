insert into book{g} (
  office,
  book,
  year,
  last_number,
  total,
  digitised
)
select
  value ->> 'office',
  value ->> 'book',
  value ->> 'year',
  value ->> 'last_number',
  value ->> 'total',
  value ->> 'digitised'
from json_each($1)
where true
on conflict (office, book, year) do update set
  last_number = max(last_number, excluded.last_number),
  total = total + excluded.total,
  digitised = digitised + excluded.digitised
