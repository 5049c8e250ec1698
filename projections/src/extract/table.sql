create table extract{g} (
  event            text   primary key, -- event of the issue, UUIDv7, hyphenated
  entry            text,               -- entry whose paper it is; null for a confirmation, which is its own paper
  office           bigint not null,    -- office that issued it
  year             bigint not null,    -- year of the run of numbers in its book of copies; 0 for an original
  number           bigint not null,    -- number in that run; 0 for an original
  issued_on        text   not null,    -- day, ISO
  position         bigint not null,    -- of the event in the log
  basis            text,               -- latest event on the entry that it shows; BLAKE3, hexadecimal
  basis_position   bigint not null,    -- position of that event
  content_hash     text,               -- BLAKE3 of what it says, hexadecimal; null for a confirmation, which says it itself
  standing         text   not null,    -- by what right it was asked for
  paper            text,               -- which paper; null for copies of the first release, which had no page
  form             text,               -- original or copy; null as above
  template         text,               -- BLAKE3 of the template with all that sets it, hexadecimal; null as above
  code             text,               -- what is kept of its code: the status id, hexadecimal; null as above
  superseded_on    text,               -- day of the first later act that changed what it says, ISO; null while none did
  superseded_position bigint,          -- position of that act; null as above
  fell_on          text,               -- day from which the registration that it proves is revoked, ISO; null while it is not
  fell_position    bigint,             -- position of the event that did it; null as above
  revoked_on       text,               -- day from which it is revoked itself, ISO; null while it is not
  revoked_position bigint              -- position of the event that revoked it; null while it is not
)
