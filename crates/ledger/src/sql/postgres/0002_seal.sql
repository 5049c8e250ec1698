-- Seals of papers. Where a signature follows from the bytes alone it could be made again; one from a token, or with the time of a
-- time-stamp authority, could not, and the same paper must give the same file for ever.

create table seal (
  event_id     bytea  not null, -- the event that issued the paper, UUIDv7, 16 bytes
  template     bytea  not null, -- hash of the template by which it was set, 32 bytes
  code         bytea  not null, -- the signed claim of its code, COSE_Sign1
  cms          bytea  not null, -- the signature of the file, CMS
  digest       bytea  not null, -- SHA-256 of the sealed file, 32 bytes
  sealed_at_ms bigint not null, -- milliseconds since 1970
  primary key (event_id, template)
);
