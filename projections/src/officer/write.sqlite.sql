with r (v) as materialized (
  select jsonb(value) from json_each($1)
)
insert into officer{g} (
  event,
  office,
  name,
  role,
  title,
  from_day,
  until_day,
  decision,
  appointed_position,
  relieved_on,
  relieved_position
)
select
  r.v ->> 0 as event,
  cast(r.v ->> 1 as bigint) as office,
  r.v ->> 2 as name,
  r.v ->> 3 as role,
  r.v ->> 4 as title,
  r.v ->> 5 as from_day,
  r.v ->> 6 as until_day,
  r.v ->> 7 as decision,
  cast(r.v ->> 8 as bigint) as appointed_position,
  r.v ->> 9 as relieved_on,
  cast(r.v ->> 10 as bigint) as relieved_position
from r
