insert into notice{g} (
  event,
  entry,
  kind,
  from_office,
  office,
  registered_on,
  due_on,
  position,
  state
)
select
  r.event,
  r.entry,
  r.kind,
  r.from_office,
  r.office,
  r.registered_on,
  r.due_on,
  r.position,
  r.state
from json_to_recordset($1::json) as r (
  event         text,
  entry         text,
  kind          text,
  from_office   bigint,
  office        bigint,
  registered_on text,
  due_on        text,
  position      bigint,
  state         text
)
