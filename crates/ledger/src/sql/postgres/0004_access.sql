-- Who was shown whose data: a chain of lines, written before the answer is given (schemas/rfc/0008-privacy.md, 6). Beside the line stand
-- the few things it is looked for by; what counts is the line.

create table access (
  n      bigint primary key, -- number of the line, contiguous from 0
  at_ms  bigint not null,    -- when it was shown, milliseconds since 1970
  office bigint not null,    -- office for which it was read
  token  bytea  not null,    -- BLAKE3 of the token by which it was read, 32 bytes
  line   bytea  not null,    -- the very bytes that are hashed
  hash   bytea  not null     -- BLAKE3 over the hash before and the line, 32 bytes
);
create index access_by_office on access (office, at_ms, n);
create index access_by_time on access (at_ms, n);

create table access_entry (
  entry bytea  not null, -- register entry that was shown, 16 bytes
  n     bigint not null, -- the line that says so
  primary key (entry, n)
);
