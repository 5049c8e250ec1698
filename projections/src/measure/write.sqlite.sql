with r (v) as materialized (
  select jsonb(value) from json_each($1)
)
insert into measure{g} (
  opened,
  since,
  count,
  office,
  kind,
  counted_on,
  counted_as,
  wives,
  wives_years,
  husbands,
  husbands_years
)
select
  cast(r.v ->> 0 as bigint) as opened,
  cast(r.v ->> 1 as bigint) as since,
  cast(r.v ->> 2 as bigint) as count,
  cast(r.v ->> 3 as bigint) as office,
  r.v ->> 4 as kind,
  cast(r.v ->> 5 as bigint) as counted_on,
  r.v ->> 6 as counted_as,
  cast(r.v ->> 7 as bigint) as wives,
  cast(r.v ->> 8 as bigint) as wives_years,
  cast(r.v ->> 9 as bigint) as husbands,
  cast(r.v ->> 10 as bigint) as husbands_years
from r
