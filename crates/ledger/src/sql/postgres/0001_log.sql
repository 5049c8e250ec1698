-- The log. The application's role may insert into and read event, entry_event, body, batch, tile and checkpoint, and nothing else.
-- No foreign keys, triggers, sequences or defaults: whatever is stored, the sequencer has said.

create table event (
  position       bigint primary key, -- leaf index in the national tree, contiguous from 0
  event_id       bytea  not null,    -- UUIDv7 made by the client, 16 bytes
  stream         bigint not null,    -- office * 4 + lane
  seq            bigint not null,    -- place in the stream, dense from 0
  kind           bigint not null,    -- kind of act, as in the envelope
  recorded_at_ms bigint not null,    -- milliseconds since 1970, never running backwards
  hash           bytea  not null,    -- BLAKE3 of signed, 32 bytes
  twin           bytea  not null,    -- SHA-256 of signed, 32 bytes
  signed         bytea  not null,    -- the very bytes that were signed, never re-encoded
  unique (event_id),
  unique (stream, seq)
);

create table entry_event (
  entry    bytea  not null, -- register entry, UUIDv7, 16 bytes
  rev      bigint not null, -- number of the touch on this entry, dense from 0
  position bigint not null, -- the event that touched it
  advances bigint not null, -- 1: the event is the new head of the entry; 0: it only read the head
  head     bigint,          -- position of the entry's head once this event is in; null while it has none
  primary key (entry, rev)
);

create table body (
  position bigint primary key, -- the event it belongs to
  sealed   bytea  not null     -- salt (32 bytes) and body; the event commits to its hashes
);

create table batch (
  size           bigint primary key, -- size of the tree after this commit
  root           bytea  not null,    -- its RFC 6962 root, 32 bytes
  recorded_at_ms bigint not null     -- the time given to every event of the commit
);

create table tile (
  level  bigint not null, -- 0 holds leaf hashes; each level above holds the roots of 256 full tiles
  number bigint not null, -- from the left, from 0
  hashes bytea  not null, -- 256 hashes, 8,192 bytes; only full tiles are kept
  primary key (level, number)
);

create table checkpoint (
  size bigint primary key, -- size of the tree that was signed for
  root bytea  not null,    -- its root, 32 bytes
  note text   not null     -- the signed note as published
);

-- The few rows that move.

create table ledger_head (
  id             bigint primary key check (id = 0), -- one row
  size           bigint not null,                   -- number of events, which is also the next position
  root           bytea  not null,                   -- root of the tree of that size, 32 bytes
  recorded_at_ms bigint not null,                   -- time given to the last event
  authority      bigint not null,                   -- number of events in stream 0
  generation     bigint not null                    -- generation of the projection tables that is live
);

create table projection (
  generation bigint primary key, -- suffix of its tables
  state      text   not null,    -- building, live, retired or dropped
  size       bigint not null,    -- number of events applied; for the live one see ledger_head.size
  version    text   not null     -- BLAKE3 of the statements that made its tables
);

create table reader_token (
  hash          bytea  primary key, -- BLAKE3 of the token, 32 bytes; the token itself is kept nowhere
  office        bigint not null,    -- office it reads for
  label         text   not null,    -- what it is for
  created_at_ms bigint not null,    -- milliseconds since 1970
  revoked_at_ms bigint              -- null while it is good
);

create table probe (
  id     bigint primary key, -- 0
  filler bytea  not null     -- written to learn whether the disk takes writes again
);

create table application (
  id                bigint primary key check (id = 0), -- one row
  role              text not null,                     -- the role whose rights the server takes on
  log_schema        text not null,                     -- schema of these tables
  projection_schema text not null                      -- schema of the read models, which belongs to the role
);

-- Hashes do not get smaller.
alter table event alter column signed set storage external;
alter table tile alter column hashes set storage external;
alter table probe alter column filler set storage external;
