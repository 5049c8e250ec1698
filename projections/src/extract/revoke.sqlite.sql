-- Only a paper of the entry about which the revoking act is, or a confirmation, which is about none; and only once.
update extract{g} set
  revoked_on = r.revoked_on,
  revoked_position = r.revoked_position
from (
  select
    value ->> 0 as event,
    value ->> 1 as entry,
    value ->> 2 as revoked_on,
    value ->> 3 as revoked_position
  from json_each($1)
) r
where extract{g}.event = r.event
  and coalesce(extract{g}.entry, '') = coalesce(r.entry, '')
  and extract{g}.revoked_position is null
