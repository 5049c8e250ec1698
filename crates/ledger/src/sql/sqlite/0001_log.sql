-- The log. Rows of event, entry_event, body, batch, tile and checkpoint are written once; the triggers below refuse anything else.

create table event (
  position       integer primary key, -- leaf index in the national tree, contiguous from 0
  event_id       blob    not null,    -- UUIDv7 made by the client, 16 bytes
  stream         integer not null,    -- office * 4 + lane
  seq            integer not null,    -- place in the stream, dense from 0
  kind           integer not null,    -- kind of act, as in the envelope
  recorded_at_ms integer not null,    -- milliseconds since 1970, never running backwards
  hash           blob    not null,    -- BLAKE3 of signed, 32 bytes
  twin           blob    not null,    -- SHA-256 of signed, 32 bytes
  signed         blob    not null,    -- the very bytes that were signed, never re-encoded
  unique (event_id),
  unique (stream, seq)
) strict;

create table entry_event (
  entry    blob    not null, -- register entry, UUIDv7, 16 bytes
  rev      integer not null, -- number of the touch on this entry, dense from 0
  position integer not null, -- the event that touched it
  advances integer not null, -- 1: the event is the new head of the entry; 0: it only read the head
  head     integer,          -- position of the entry's head once this event is in; null while it has none
  primary key (entry, rev)
) strict, without rowid;

create table body (
  position integer primary key, -- the event it belongs to
  sealed   blob    not null     -- salt (32 bytes) and body; the event commits to its hashes
) strict;

create table batch (
  size           integer primary key, -- size of the tree after this commit
  root           blob    not null,    -- its RFC 6962 root, 32 bytes
  recorded_at_ms integer not null     -- the time given to every event of the commit
) strict;

create table tile (
  level  integer not null, -- 0 holds leaf hashes; each level above holds the roots of 256 full tiles
  number integer not null, -- from the left, from 0
  hashes blob    not null, -- 256 hashes, 8,192 bytes; only full tiles are kept
  primary key (level, number)
) strict;

create table checkpoint (
  size integer primary key, -- size of the tree that was signed for
  root blob    not null,    -- its root, 32 bytes
  note text    not null     -- the signed note as published
) strict;

-- The few rows that move.

create table ledger_head (
  id             integer primary key check (id = 0), -- one row
  size           integer not null,                   -- number of events, which is also the next position
  root           blob    not null,                   -- root of the tree of that size, 32 bytes
  recorded_at_ms integer not null,                   -- time given to the last event
  authority      integer not null,                   -- number of events in stream 0
  generation     integer not null                    -- generation of the projection tables that is live
) strict;

create table projection (
  generation integer primary key, -- suffix of its tables
  state      text    not null,    -- building, live, retired or dropped
  size       integer not null,    -- number of events applied; for the live one see ledger_head.size
  version    text    not null     -- BLAKE3 of the statements that made its tables
) strict;

create table reader_token (
  hash          blob    primary key, -- BLAKE3 of the token, 32 bytes; the token itself is kept nowhere
  office        integer not null,    -- office it reads for
  label         text    not null,    -- what it is for
  created_at_ms integer not null,    -- milliseconds since 1970
  revoked_at_ms integer              -- null while it is good
) strict;

create table probe (
  id     integer primary key, -- 0
  filler blob    not null     -- written to learn whether the disk takes writes again
) strict;

create trigger event_is_never_updated before update on event
begin select raise(abort, 'event is insert-only'); end;
create trigger event_is_never_deleted before delete on event
begin select raise(abort, 'event is insert-only'); end;
create trigger event_is_never_replaced before insert on event
when exists (select 1 from event where position = new.position)
  or exists (select 1 from event where event_id = new.event_id)
  or exists (select 1 from event where stream = new.stream and seq = new.seq)
begin select raise(abort, 'event is insert-only'); end;

create trigger entry_event_is_never_updated before update on entry_event
begin select raise(abort, 'entry_event is insert-only'); end;
create trigger entry_event_is_never_deleted before delete on entry_event
begin select raise(abort, 'entry_event is insert-only'); end;
create trigger entry_event_is_never_replaced before insert on entry_event
when exists (select 1 from entry_event where entry = new.entry and rev = new.rev)
begin select raise(abort, 'entry_event is insert-only'); end;

create trigger body_is_never_updated before update on body
begin select raise(abort, 'body is insert-only'); end;
create trigger body_is_never_deleted before delete on body
begin select raise(abort, 'body is insert-only'); end;
create trigger body_is_never_replaced before insert on body
when exists (select 1 from body where position = new.position)
begin select raise(abort, 'body is insert-only'); end;

create trigger batch_is_never_updated before update on batch
begin select raise(abort, 'batch is insert-only'); end;
create trigger batch_is_never_deleted before delete on batch
begin select raise(abort, 'batch is insert-only'); end;
create trigger batch_is_never_replaced before insert on batch
when exists (select 1 from batch where size = new.size)
begin select raise(abort, 'batch is insert-only'); end;

create trigger tile_is_never_updated before update on tile
begin select raise(abort, 'tile is insert-only'); end;
create trigger tile_is_never_deleted before delete on tile
begin select raise(abort, 'tile is insert-only'); end;
create trigger tile_is_never_replaced before insert on tile
when exists (select 1 from tile where level = new.level and number = new.number)
begin select raise(abort, 'tile is insert-only'); end;

create trigger checkpoint_is_never_updated before update on checkpoint
begin select raise(abort, 'checkpoint is insert-only'); end;
create trigger checkpoint_is_never_deleted before delete on checkpoint
begin select raise(abort, 'checkpoint is insert-only'); end;
create trigger checkpoint_is_never_replaced before insert on checkpoint
when exists (select 1 from checkpoint where size = new.size)
begin select raise(abort, 'checkpoint is insert-only'); end;

create trigger ledger_head_is_never_deleted before delete on ledger_head
begin select raise(abort, 'the ledger has exactly one head'); end;
