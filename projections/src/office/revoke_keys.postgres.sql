update office_key{g} k set
  revoked_on = r.revoked_on,
  revoked_position = r.revoked_position
from (
  select
    value ->> 0 as key,
    value ->> 1 as revoked_on,
    cast(value ->> 2 as bigint) as revoked_position
  from jsonb_array_elements($1::jsonb)
) r
where k.key = r.key
  and k.revoked_position is null
