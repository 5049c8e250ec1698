with r (v) as materialized (
  select value from jsonb_array_elements($1::jsonb)
)
insert into search{g} (
  compact,
  entry,
  person,
  folded,
  given,
  name,
  kind,
  office,
  birth_year,
  born_on,
  personal_number,
  former_since
)
select
  r.v ->> 0 as compact,
  r.v ->> 1 as entry,
  r.v ->> 2 as person,
  r.v ->> 3 as folded,
  r.v ->> 4 as given,
  r.v ->> 5 as name,
  r.v ->> 6 as kind,
  cast(r.v ->> 7 as bigint) as office,
  cast(r.v ->> 8 as bigint) as birth_year,
  r.v ->> 9 as born_on,
  r.v ->> 10 as personal_number,
  cast(r.v ->> 11 as bigint) as former_since
from r
on conflict (compact, entry, person) do update set
  folded = excluded.folded,
  given = excluded.given,
  name = excluded.name,
  birth_year = excluded.birth_year,
  born_on = excluded.born_on,
  personal_number = excluded.personal_number,
  former_since = excluded.former_since
