-- Bodies at rest: ciphertext here, keys in a store of their own (schemas/rfc/0008-privacy.md). Bodies of before stay as they are.

alter table body add column cipher bigint; -- 1: encrypted as the RFC says; null: as it was sent

-- What the code of a paper says goes when the body of its event does.
alter table seal add column cipher bigint; -- 1: code encrypted beside that body; null: as it was signed

-- Read models made before an erasure still show what was erased: how long the log was when their making began.
alter table projection add column begun bigint; -- null: at its beginning

create table body_store (
  id   bigint primary key check (id = 0), -- one row
  name bytea  not null                    -- name of the store that has the keys, 16 bytes
);

create table erasure (
  position  bigint primary key, -- the event whose body was lawfully erased
  erased_by bigint not null,    -- the event that says so
  entries   bytea  not null     -- entries about which it said something, 16 bytes each
);
