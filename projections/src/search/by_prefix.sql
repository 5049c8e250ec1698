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
where compact >= $1
  and compact < $2
  and ($3 is null or birth_year = $3)
order by
  compact,
  entry,
  person
limit $4
