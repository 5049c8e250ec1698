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
  and kind = $2
  and person = $3
  and ($4 is null or birth_year is null or birth_year = $4)
order by
  compact desc,
  entry desc,
  person desc
limit $5
