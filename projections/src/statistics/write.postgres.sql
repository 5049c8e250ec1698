insert into statistics{g} as s (
  office,
  kind,
  lane,
  year,
  month,
  count
)
select
  r.office,
  r.kind,
  r.lane,
  r.year,
  r.month,
  r.count
from json_to_recordset($1::json) as r (
  office bigint,
  kind   text,
  lane   bigint,
  year   bigint,
  month  bigint,
  count  bigint
)
on conflict (office, kind, lane, year, month) do update set
  count = s.count + excluded.count
