select
  o.office,
  o.name,
  o.level,
  o.unit,
  o.opened_on,
  o.opened_position,
  o.closed_on,
  o.successor,
  o.closed_position,
  o.keeper
from json_array_elements_text($1::json) as asked (office)
cross join lateral (
  select * from office{g} where office{g}.office = asked.office::bigint limit 1
) o
union
select
  o.office,
  o.name,
  o.level,
  o.unit,
  o.opened_on,
  o.opened_position,
  o.closed_on,
  o.successor,
  o.closed_position,
  o.keeper
from json_array_elements_text($2::json) as closing (office)
join office{g} o on o.keeper = closing.office::bigint
