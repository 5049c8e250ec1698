select
  x.code,
  x.superseded_on,
  x.superseded_position,
  x.fell_on,
  x.fell_position,
  x.revoked_on,
  x.revoked_position
from extract{g} x
where x.code is not null
  and x.entry = $1
