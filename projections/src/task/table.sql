create table task{g} (
  entry           text   not null, -- entry to be looked into
  kind            text   not null, -- flag, linked_change, place_unlinked or reading_differs
  code            text   not null, -- warning, or JSON pointer of what is to be looked into
  cause           text   not null, -- event that opened it
  office          bigint not null, -- office that registered the entry; who keeps its books now stands in office
  book            text,            -- type of the book in which the entry stands
  year            bigint,          -- its year, when it is stated
  volume          text,            -- what stands on the volume
  opened_on       text   not null, -- day of that event, ISO
  position        bigint not null, -- of that event in the log
  state           text   not null, -- open or closed
  verdict         text,            -- what came of it: amended, left_as_is, wrong_alarm
  closed_by       text,            -- event that closed it
  closed_position bigint,          -- of that event in the log
  primary key (entry, kind, code, cause)
)
