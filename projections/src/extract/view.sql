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
  x.standing,
  x.paper,
  x.form,
  x.template,
  x.revoked_on,
  x.revoked_position,
  e.changed_position
from extract{g} x
left join entry{g} e on e.entry = x.entry
