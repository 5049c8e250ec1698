create table notice{g} (
  event           text   not null, -- act that owes it, UUIDv7, hyphenated
  entry           text   not null, -- entry that it is about
  reason          text   not null, -- write_note, residence, foreign_ministry or mission
  kind            text   not null, -- what the act is: change, correction, divorce, …
  from_office     bigint not null, -- office that carried the act out
  office          bigint not null, -- office to which it is addressed: that of the book, or of the residence; who took over stands in office
  book            text,            -- type of the book in which the entry stands; of notices that ask for a note
  year            bigint,          -- its year, when it is stated
  volume          text,            -- what stands on the volume
  registered_on   text   not null, -- day by which the act is counted, ISO
  due_on          text   not null, -- day by which the notice must have gone out, ISO
  position        bigint not null, -- of the act in the log
  state           text   not null, -- open or closed
  closed_by       text,            -- event by which the note was entered, or the notice acknowledged
  closed_on       text,            -- day on which that was, ISO
  closed_position bigint,          -- of that event in the log
  primary key (event, entry, reason, office)
)
