select
  number,
  count(*) as entries
from entry{g}
where office = $1
  and book = $2
  and year = $3
  and lane = $4
group by number
order by number
