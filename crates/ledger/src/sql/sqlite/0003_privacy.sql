-- Bodies at rest: ciphertext here, keys in a store of their own (schemas/rfc/0008-privacy.md). Bodies of before stay as they are.

alter table body add column cipher integer; -- 1: encrypted as the RFC says; null: as it was sent

-- What the code of a paper says goes when the body of its event does.
alter table seal add column cipher integer; -- 1: code encrypted beside that body; null: as it was signed

-- Read models made before an erasure still show what was erased: how long the log was when their making began.
alter table projection add column begun integer; -- null: at its beginning

create table body_store (
  id   integer primary key check (id = 0), -- one row
  name blob    not null                    -- name of the store that has the keys, 16 bytes
) strict;

create table erasure (
  position  integer primary key, -- the event whose body was lawfully erased
  erased_by integer not null,    -- the event that says so
  entries   blob    not null     -- entries about which it said something, 16 bytes each
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
