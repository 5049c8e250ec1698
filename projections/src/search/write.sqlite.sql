insert into search{g} (
  compact,
  entry,
  person,
  folded,
  given,
  name,
  role,
  kind,
  office,
  birth_year,
  personal_number,
  former_since
)
select
  value ->> 'compact',
  value ->> 'entry',
  value ->> 'person',
  value ->> 'folded',
  value ->> 'given',
  value ->> 'name',
  value ->> 'role',
  value ->> 'kind',
  value ->> 'office',
  value ->> 'birth_year',
  value ->> 'personal_number',
  value ->> 'former_since'
from json_each($1)
where true
on conflict (compact, entry, person) do update set
  name = excluded.name,
  folded = excluded.folded,
  given = excluded.given,
  birth_year = excluded.birth_year,
  personal_number = excluded.personal_number,
  former_since = excluded.former_since
