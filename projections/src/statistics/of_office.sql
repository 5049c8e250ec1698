select
  office,
  kind,
  lane,
  year,
  month,
  count
from statistics{g}
where office = $1
  and year * 12 + month between $2 and $3
order by
  year,
  month,
  kind,
  lane
