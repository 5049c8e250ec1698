insert into office_key{g} (
  key,
  office,
  role,
  holder,
  public_key,
  valid_from,
  valid_until,
  granted_position,
  revoked_on,
  revoked_position
)
select
  r.key,
  r.office,
  r.role,
  r.holder,
  r.public_key,
  r.valid_from,
  r.valid_until,
  r.granted_position,
  r.revoked_on,
  r.revoked_position
from json_to_recordset($1::json) as r (
  key              text,
  office           bigint,
  role             text,
  holder           text,
  public_key       text,
  valid_from       text,
  valid_until      text,
  granted_position bigint,
  revoked_on       text,
  revoked_position bigint
)
on conflict (key) do update set
  office = excluded.office,
  role = excluded.role,
  holder = excluded.holder,
  public_key = excluded.public_key,
  valid_from = excluded.valid_from,
  valid_until = excluded.valid_until,
  granted_position = excluded.granted_position,
  revoked_on = excluded.revoked_on,
  revoked_position = excluded.revoked_position
