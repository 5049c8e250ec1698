with r (v) as materialized (
  select value from jsonb_array_elements($1::jsonb)
)
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
  r.v ->> 0 as key,
  cast(r.v ->> 1 as bigint) as office,
  r.v ->> 2 as role,
  r.v ->> 3 as holder,
  r.v ->> 4 as public_key,
  r.v ->> 5 as valid_from,
  r.v ->> 6 as valid_until,
  cast(r.v ->> 7 as bigint) as granted_position,
  r.v ->> 8 as revoked_on,
  cast(r.v ->> 9 as bigint) as revoked_position
from r
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
