create table notice{g} (
  event           text   not null, -- act that owes it, UUIDv7, hyphenated
  entry           text   not null, -- entry whose paper book must be written in
  kind            text   not null, -- what the act is: change, correction, divorce, …
  from_office     bigint not null, -- office that carried the act out
  office          bigint not null, -- office that registered the entry; who keeps its books now stands in office
  registered_on   text   not null, -- day of the act, ISO
  due_on          text   not null, -- day by which the notice must have gone out, ISO
  position        bigint not null, -- of the act in the log
  state           text   not null, -- open or closed
  closed_by       text,            -- event by which the note was entered in the book
  closed_on       text,            -- day on which it was entered, ISO
  closed_position bigint,          -- of that event in the log
  primary key (event, entry)
)
