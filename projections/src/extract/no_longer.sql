select
  x.code,
  x.revoked_on,
  x.revoked_position,
  e.changed_position
from extract{g} x
left join entry{g} e on e.entry = x.entry
where x.code is not null
  and (x.revoked_position is not null or e.changed_position > x.basis_position)
