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
where o.office in (select value from json_each($1))
  or o.unit in (select value from json_each($2))
  or o.level = 'foreign_ministry'
  or o.keeper in (select f.keeper from office{g} f where f.office in (select value from json_each($3)))
order by o.office
