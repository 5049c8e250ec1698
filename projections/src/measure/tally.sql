select
  kind,
  counted_year,
  counted_as,
  cast(sum(count) as bigint) as count,
  cast(sum(wives) as bigint) as wives,
  cast(sum(wives_years) as bigint) as wives_years,
  cast(sum(husbands) as bigint) as husbands,
  cast(sum(husbands_years) as bigint) as husbands_years
from counted
group by
  kind,
  counted_year,
  counted_as
having sum(count) <> 0
