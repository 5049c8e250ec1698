update office_key{g} k set
  revoked_on = r.on_day,
  revoked_position = r.position
from json_to_recordset($1::json) as r (
  key      text,
  on_day   text,
  position bigint
)
where k.key = r.key
  and k.revoked_position is null
