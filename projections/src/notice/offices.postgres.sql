-- The offices to which a batch may owe more than notes: asked for by number, by unit, by level, or as the family of one that
-- acknowledges.
select
  o.office,
  o.level,
  o.unit,
  o.successor,
  o.opened_position,
  o.closed_position
from office{g} o
where o.office in (select v::bigint from json_array_elements_text($1::json) as a (v))
  or o.unit in (select v from json_array_elements_text($2::json) as a (v))
  or o.level = 'foreign_ministry'
  or o.keeper in (
    select f.keeper from office{g} f where f.office in (select v::bigint from json_array_elements_text($3::json) as a (v))
  )
order by o.office
