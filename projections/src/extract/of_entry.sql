where x.entry = $1
order by x.position
