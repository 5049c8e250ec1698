insert into extract{g} (
  event,
  entry,
  office,
  year,
  number,
  issued_on,
  position,
  basis,
  basis_position,
  content_hash
)
select
  value ->> 'event',
  value ->> 'entry',
  value ->> 'office',
  value ->> 'year',
  value ->> 'number',
  value ->> 'issued_on',
  value ->> 'position',
  value ->> 'basis',
  value ->> 'basis_position',
  value ->> 'content_hash'
from json_each($1)
