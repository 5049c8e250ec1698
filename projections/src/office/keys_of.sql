select
  key,
  office,
  role,
  holder,
  valid_from,
  valid_until,
  granted_position,
  revoked_on,
  revoked_position
from office_key{g}
where office = $1
order by granted_position
