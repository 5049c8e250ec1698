from json_array_elements_text($1::json) as asked (entry)
cross join lateral (
  select * from entry{g} where entry{g}.entry = asked.entry limit 1
) e
left join body b on b.position = e.opened_position and e.current is null
