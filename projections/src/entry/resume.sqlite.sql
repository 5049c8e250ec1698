from json_each($1) asked
cross join entry{g} e on e.entry = asked.value
left join body b on b.position = e.opened_position and e.current is null
