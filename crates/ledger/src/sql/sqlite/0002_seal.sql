-- Seals of papers. Where a signature follows from the bytes alone it could be made again; one from a token, or with the time of a
-- time-stamp authority, could not, and the same paper must give the same file for ever.

create table seal (
  event_id     blob    not null, -- the event that issued the paper, UUIDv7, 16 bytes
  template     blob    not null, -- hash of the template by which it was set, 32 bytes
  code         blob    not null, -- the signed claim of its code, COSE_Sign1
  cms          blob    not null, -- the signature of the file, CMS
  digest       blob    not null, -- SHA-256 of the sealed file, 32 bytes
  sealed_at_ms integer not null, -- milliseconds since 1970
  primary key (event_id, template)
) strict;

create trigger seal_is_never_updated before update on seal
begin select raise(abort, 'seal is insert-only'); end;
create trigger seal_is_never_deleted before delete on seal
begin select raise(abort, 'seal is insert-only'); end;
create trigger seal_is_never_replaced before insert on seal
when exists (select 1 from seal where event_id = new.event_id and template = new.template)
begin select raise(abort, 'seal is insert-only'); end;
