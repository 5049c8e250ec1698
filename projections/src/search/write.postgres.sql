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
  r.compact,
  r.entry,
  r.person,
  r.folded,
  r.given,
  r.name,
  r.role,
  r.kind,
  r.office,
  r.birth_year,
  r.personal_number,
  r.former_since
from json_to_recordset($1::json) as r (
  compact         text,
  entry           text,
  person          text,
  folded          text,
  given           text,
  name            text,
  role            text,
  kind            text,
  office          bigint,
  birth_year      bigint,
  personal_number text,
  former_since    bigint
)
on conflict (compact, entry, person) do update set
  name = excluded.name,
  folded = excluded.folded,
  given = excluded.given,
  birth_year = excluded.birth_year,
  personal_number = excluded.personal_number,
  former_since = excluded.former_since
