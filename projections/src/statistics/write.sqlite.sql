insert into statistics{g} (
  office,
  kind,
  lane,
  year,
  month,
  count
)
select
  value ->> 'office',
  value ->> 'kind',
  value ->> 'lane',
  value ->> 'year',
  value ->> 'month',
  value ->> 'count'
from json_each($1)
where true
on conflict (office, kind, lane, year, month) do update set
  count = count + excluded.count
