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
  value ->> 'key',
  value ->> 'office',
  value ->> 'role',
  value ->> 'holder',
  value ->> 'public_key',
  value ->> 'valid_from',
  value ->> 'valid_until',
  value ->> 'granted_position',
  value ->> 'revoked_on',
  value ->> 'revoked_position'
from json_each($1)
where true
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
