create table entry{g} (
  entry            text   primary key, -- UUIDv7 of the register entry, hyphenated
  kind             text   not null,    -- what was registered: birth, marriage, correction, …
  office           bigint not null,    -- office that registered it; who keeps its books now stands in office
  lane             bigint not null,    -- 0 as it happened, 1 taken over from a paper book
  book             text   not null,    -- type of paper book: births, marriages, changes, …
  year             bigint not null,    -- year of the run of numbers; 0 where the book states none
  number           bigint not null,    -- number in that run; old books may repeat one; 0 where the book states none
  recorded_at_ms   bigint not null,    -- when the log recorded the registration, milliseconds since 1970
  opened_by        text   not null,    -- event that opened it, UUIDv7, hyphenated
  opened_position  bigint not null,    -- position of that event
  current          blob,               -- the act as it stands now, canonical CBOR of the schemas; null while it is as the body of the event says that opened it
  notes            text   not null,    -- marginal notes in the order of the log, a JSON array
  head             text   not null,    -- latest event that touched it, the basis of the next; BLAKE3, hexadecimal
  head_position    bigint not null,    -- position of that event
  changed_position bigint not null,    -- position of the latest event that changed what a copy says
  lost             bigint not null     -- how many of its events have lost their bodies by law
);
