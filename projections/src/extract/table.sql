create table extract{g} (
  event          text   primary key, -- event of the issue, UUIDv7, hyphenated
  entry          text   not null,    -- entry of which it is a copy
  office         bigint not null,    -- office that issued it
  year           bigint not null,    -- year of the run of numbers in its book of copies
  number         bigint not null,    -- number in that run
  issued_on      text   not null,    -- day, ISO
  position       bigint not null,    -- of the event in the log
  basis          text   not null,    -- latest event on the entry that it shows; BLAKE3, hexadecimal
  basis_position bigint not null,    -- position of that event
  content_hash   text   not null     -- BLAKE3 of what it says, hexadecimal
)
