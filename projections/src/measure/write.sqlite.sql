with r (v) as materialized (
  select jsonb(value) from json_each($1)
)
insert into measure{g} (
  opened,
  since,
  sign,
  office,
  kind,
  counted_on,
  tick,
  late,
  occurred_year,
  waited,
  sex,
  kinh,
  age,
  both_first,
  age_wife,
  age_husband,
  purpose,
  matter
)
select
  cast(r.v ->> 0 as bigint) as opened,
  cast(r.v ->> 1 as bigint) as since,
  cast(r.v ->> 2 as bigint) as sign,
  cast(r.v ->> 3 as bigint) as office,
  r.v ->> 4 as kind,
  cast(r.v ->> 5 as bigint) as counted_on,
  r.v ->> 6 as tick,
  cast(r.v ->> 7 as bigint) as late,
  cast(r.v ->> 8 as bigint) as occurred_year,
  cast(r.v ->> 9 as bigint) as waited,
  r.v ->> 10 as sex,
  cast(r.v ->> 11 as bigint) as kinh,
  cast(r.v ->> 12 as bigint) as age,
  cast(r.v ->> 13 as bigint) as both_first,
  cast(r.v ->> 14 as bigint) as age_wife,
  cast(r.v ->> 15 as bigint) as age_husband,
  r.v ->> 16 as purpose,
  r.v ->> 17 as matter
from r
