create table officer{g} (
  event              text   primary key, -- appointment, UUIDv7, hyphenated
  office             bigint not null,    -- office
  name               text,               -- who; null when the name is not stated
  role               text   not null,    -- what they may do
  title              text   not null,    -- title
  from_day           text   not null,    -- first day, ISO
  until_day          text,               -- last day as appointed, ISO
  decision           text,               -- by which decision
  appointed_position bigint not null,    -- event that appointed them
  relieved_on        text,               -- first day without it, ISO
  relieved_position  bigint              -- event that says so
)
