update office_key{g} set
  revoked_on = r.on_day,
  revoked_position = r.position
from (
  select
    value ->> 'key' as key,
    value ->> 'on_day' as on_day,
    value ->> 'position' as position
  from json_each($1)
) r
where office_key{g}.key = r.key
  and office_key{g}.revoked_position is null
