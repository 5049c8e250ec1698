from entry{g} e
left join body b on b.position = e.opened_position and e.current is null
where e.office = $1
  and e.book = $2
  and e.year = $3
  and (e.number, e.opened_position) > ($4, $5)
order by
  e.number,
  e.opened_position
limit $6
