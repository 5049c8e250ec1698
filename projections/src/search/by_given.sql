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
where given >= $1
  and given < $2
  and ($3 is null or birth_year = $3)
  and ' ' || folded like $4 escape '!'
  and ' ' || folded like $5 escape '!'
  and ' ' || folded like $6 escape '!'
order by
  given,
  compact,
  entry,
  person
limit $7
