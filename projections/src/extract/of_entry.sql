select
  x.event,
  x.entry,
  x.office,
  x.year,
  x.number,
  x.issued_on,
  x.position,
  x.basis,
  x.basis_position,
  x.content_hash,
  e.changed_position
from extract{g} x
join entry{g} e on e.entry = x.entry
where x.entry = $1
order by x.position
