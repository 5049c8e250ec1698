from entry{g} e
left join body b on b.position = e.opened_position and e.current is null
where e.office = $1
  and e.book = $2
  and e.year = $3
  and e.number = $4
order by e.opened_position
