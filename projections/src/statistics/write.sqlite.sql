with r (v) as materialized (
  select jsonb(value) from json_each($1)
)
insert into statistics{g} as s (
  office,
  kind,
  lane,
  year,
  month,
  count
)
select
  cast(r.v ->> 0 as bigint) as office,
  r.v ->> 1 as kind,
  cast(r.v ->> 2 as bigint) as lane,
  cast(r.v ->> 3 as bigint) as year,
  cast(r.v ->> 4 as bigint) as month,
  cast(r.v ->> 5 as bigint) as count
from r
where true
on conflict (office, kind, lane, year, month) do update set
  count = s.count + excluded.count
