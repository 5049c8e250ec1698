where x.office = $1
  and x.year = $2
  and x.number > $3
order by
  x.number,
  x.position
limit $4
