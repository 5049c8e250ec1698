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
from json_each($1) asked
cross join office{g} o on o.office = asked.value
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
from json_each($2) closing
cross join office{g} o on o.keeper = closing.value
