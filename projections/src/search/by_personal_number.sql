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
where personal_number = $1
order by
  entry,
  person,
  compact
