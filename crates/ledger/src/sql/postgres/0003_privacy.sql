-- Bodies at rest: ciphertext here, keys in a store of their own (schemas/rfc/0008-privacy.md). Bodies of before stay as they are.

alter table body add column cipher bigint; -- 1: encrypted as the RFC says; null: as it was sent

-- Read models made before an erasure still show what was erased: how long the log was when their making began.
alter table projection add column begun bigint; -- null: at its beginning

create table body_store (
  id   bigint primary key check (id = 0), -- one row
  name bytea  not null                    -- name of the store that has the keys, 16 bytes
);

create table erasure (
  position  bigint primary key, -- the event whose body was lawfully erased
  erased_by bigint not null     -- the event that says so
);

-- Who was shown whose data, why, and from where. Each row's hash covers the one before it. No name, no word that was searched for.
create table access (
  number  bigint primary key, -- dense from 0
  at_ms   bigint not null,    -- milliseconds since 1970
  reader  bytea  not null,    -- id of the token, 16 bytes; empty where none was asked for
  office  bigint,             -- the office it reads for; null where none
  reading text   not null,    -- what was read: the path as the API's document has it
  hits    bigint not null,    -- how many entries or events were shown
  entries bytea  not null,    -- which entries, 16 bytes each; empty where they were only counted
  purpose text   not null,    -- why, as the reader said; empty where nothing was said
  address text   not null,    -- from where
  hash    bytea  not null     -- BLAKE3 of the hash before it and the row
);

create table access_entry (
  entry  bytea  not null, -- register entry, UUIDv7, 16 bytes
  number bigint not null, -- the row of access that shows it
  primary key (entry, number)
);
