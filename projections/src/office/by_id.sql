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
from office{g} o
where o.office = $1
