with r (v) as materialized (
  select jsonb(value) from json_each($1)
)
insert into extract{g} (
  event,
  entry,
  office,
  year,
  number,
  issued_on,
  position,
  basis,
  basis_position,
  content_hash,
  standing,
  paper,
  form,
  template,
  code,
  superseded_on,
  superseded_position,
  fell_on,
  fell_position
)
select
  r.v ->> 0 as event,
  r.v ->> 1 as entry,
  cast(r.v ->> 2 as bigint) as office,
  cast(r.v ->> 3 as bigint) as year,
  cast(r.v ->> 4 as bigint) as number,
  r.v ->> 5 as issued_on,
  cast(r.v ->> 6 as bigint) as position,
  r.v ->> 7 as basis,
  cast(r.v ->> 8 as bigint) as basis_position,
  r.v ->> 9 as content_hash,
  r.v ->> 10 as standing,
  r.v ->> 11 as paper,
  r.v ->> 12 as form,
  r.v ->> 13 as template,
  r.v ->> 14 as code,
  r.v ->> 15 as superseded_on,
  r.v ->> 16 as superseded_position,
  r.v ->> 17 as fell_on,
  r.v ->> 18 as fell_position
from r
