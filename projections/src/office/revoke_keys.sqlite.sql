update office_key{g} set
  revoked_on = r.revoked_on,
  revoked_position = r.revoked_position
from (
  select
    value ->> 0 as key,
    value ->> 1 as revoked_on,
    value ->> 2 as revoked_position
  from json_each($1)
) r
where office_key{g}.key = r.key
  and office_key{g}.revoked_position is null
