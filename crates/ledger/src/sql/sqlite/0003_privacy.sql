-- Bodies at rest: ciphertext here, keys in a store of their own (schemas/rfc/0008-privacy.md). Bodies of before stay as they are.

alter table body add column cipher integer; -- 1: encrypted as the RFC says; null: as it was sent

-- Read models made before an erasure still show what was erased: how long the log was when their making began.
alter table projection add column begun integer; -- null: at its beginning

create table body_store (
  id   integer primary key check (id = 0), -- one row
  name blob    not null                    -- name of the store that has the keys, 16 bytes
) strict;

create table erasure (
  position  integer primary key, -- the event whose body was lawfully erased
  erased_by integer not null     -- the event that says so
) strict;

create trigger body_store_is_never_updated before update on body_store
begin select raise(abort, 'body_store is insert-only'); end;
create trigger body_store_is_never_deleted before delete on body_store
begin select raise(abort, 'body_store is insert-only'); end;
create trigger body_store_is_never_replaced before insert on body_store
when exists (select 1 from body_store where id = new.id)
begin select raise(abort, 'body_store is insert-only'); end;
create trigger erasure_is_never_updated before update on erasure
begin select raise(abort, 'erasure is insert-only'); end;
create trigger erasure_is_never_deleted before delete on erasure
begin select raise(abort, 'erasure is insert-only'); end;
create trigger erasure_is_never_replaced before insert on erasure
when exists (select 1 from erasure where position = new.position)
begin select raise(abort, 'erasure is insert-only'); end;

-- Who was shown whose data, why, and from where. Each row's hash covers the one before it. No name, no word that was searched for.
create table access (
  number  integer primary key, -- dense from 0
  at_ms   integer not null,    -- milliseconds since 1970
  reader  blob    not null,    -- id of the token, 16 bytes; empty where none was asked for
  office  integer,             -- the office it reads for; null where none
  reading text    not null,    -- what was read: the path as the API's document has it
  hits    integer not null,    -- how many entries or events were shown
  entries blob    not null,    -- which entries, 16 bytes each; empty where they were only counted
  purpose text    not null,    -- why, as the reader said; empty where nothing was said
  address text    not null,    -- from where
  hash    blob    not null     -- BLAKE3 of the hash before it and the row
) strict;

create table access_entry (
  entry  blob    not null, -- register entry, UUIDv7, 16 bytes
  number integer not null, -- the row of access that shows it
  primary key (entry, number)
) strict, without rowid;

create trigger access_is_never_updated before update on access
begin select raise(abort, 'access is insert-only'); end;
create trigger access_is_never_deleted before delete on access
begin select raise(abort, 'access is insert-only'); end;
create trigger access_is_never_replaced before insert on access
when exists (select 1 from access where number = new.number)
begin select raise(abort, 'access is insert-only'); end;
