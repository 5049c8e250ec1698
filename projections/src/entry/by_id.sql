from entry{g} e
left join body b on b.position = e.opened_position and e.current is null
where e.entry = $1
