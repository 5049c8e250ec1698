-- Who was shown whose data: a chain of lines, written before the answer is given (schemas/rfc/0008-privacy.md, 6). Beside the line stand
-- the few things it is looked for by; what counts is the line.

create table access (
  n      integer primary key, -- number of the line, contiguous from 0
  at_ms  integer not null,    -- when it was shown, milliseconds since 1970
  office integer not null,    -- office for which it was read
  token  blob    not null,    -- BLAKE3 of the token by which it was read, 32 bytes
  line   blob    not null,    -- the very bytes that are hashed
  hash   blob    not null     -- BLAKE3 over the hash before and the line, 32 bytes
) strict;
create index access_by_office on access (office, at_ms, n);
create index access_by_time on access (at_ms, n);

create table access_entry (
  entry blob    not null, -- register entry that was shown, 16 bytes
  n     integer not null, -- the line that says so
  primary key (entry, n)
) strict, without rowid;

create trigger access_is_never_updated before update on access
begin select raise(abort, 'access is insert-only'); end;
create trigger access_is_never_deleted before delete on access
begin select raise(abort, 'access is insert-only'); end;
create trigger access_is_never_replaced before insert on access
when exists (select 1 from access where n = new.n)
begin select raise(abort, 'access is insert-only'); end;

create trigger access_entry_is_never_updated before update on access_entry
begin select raise(abort, 'access_entry is insert-only'); end;
create trigger access_entry_is_never_deleted before delete on access_entry
begin select raise(abort, 'access_entry is insert-only'); end;
create trigger access_entry_is_never_replaced before insert on access_entry
when exists (select 1 from access_entry where entry = new.entry and n = new.n)
begin select raise(abort, 'access_entry is insert-only'); end;
