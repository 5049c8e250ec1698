insert into extract{g} (
  event,
  entry,
  office,
  year,
  number,
  issued_on,
  position,
  basis,
  basis_position,
  content_hash
)
select
  r.event,
  r.entry,
  r.office,
  r.year,
  r.number,
  r.issued_on,
  r.position,
  r.basis,
  r.basis_position,
  r.content_hash
from json_to_recordset($1::json) as r (
  event          text,
  entry          text,
  office         bigint,
  year           bigint,
  number         bigint,
  issued_on      text,
  position       bigint,
  basis          text,
  basis_position bigint,
  content_hash   text
)
