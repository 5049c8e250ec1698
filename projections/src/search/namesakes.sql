select
  compact,
  entry,
  person,
  folded,
  name,
  kind,
  office,
  birth_year,
  born_on,
  personal_number,
  former_since
from search{g}
where compact = $1
  and born_on = $2
order by
  compact,
  entry,
  person
limit $3
