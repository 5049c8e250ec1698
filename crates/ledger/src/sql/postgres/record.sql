-- What goes on after this with the rows of the read models, and ends in: select 1 / count(*) from moved
-- $1 first position, $2 root before, $3 generation; $4 size, $5 root, $6 time, $7 authority after; then one array a column
with
  moved as (
    update ledger_head
    set size = $4, root = $5, recorded_at_ms = $6, authority = $7
    where id = 0 and size = $1 and root = $2 and generation = $3
    returning size
  ),
  events as (
    insert into event (position, event_id, stream, seq, kind, recorded_at_ms, hash, twin, signed)
    select $1 + r.place - 1, r.event_id, r.stream, r.seq, r.kind, $6, r.hash, r.twin, r.signed
    from unnest($8::bytea[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bytea[], $13::bytea[], $14::bytea[])
      with ordinality as r (event_id, stream, seq, kind, hash, twin, signed, place)
    where exists (select 1 from moved)
  ),
  bodies as (
    insert into body (position, sealed, cipher)
    select $1 + r.place - 1, r.sealed, 1
    from unnest($15::bytea[]) with ordinality as r (sealed, place)
    where exists (select 1 from moved)
  ),
  touches as (
    insert into entry_event (entry, rev, position, advances, head)
    select r.entry, r.rev, r.position, r.advances, r.head
    from unnest($16::bytea[], $17::bigint[], $18::bigint[], $19::bigint[], $20::bigint[])
      as r (entry, rev, position, advances, head)
    where exists (select 1 from moved)
  ),
  tiles as (
    insert into tile (level, number, hashes)
    select r.level, r.number, r.hashes
    from unnest($21::bigint[], $22::bigint[], $23::bytea[]) as r (level, number, hashes)
    where exists (select 1 from moved)
  ),
  erasures as (
    insert into erasure (position, erased_by, entries)
    select r.position, r.erased_by, r.entries
    from unnest($24::bigint[], $25::bigint[], $26::bytea[]) as r (position, erased_by, entries)
    where exists (select 1 from moved)
  ),
  batches as (
    insert into batch (size, root, recorded_at_ms)
    select moved.size, $5, $6
    from moved
  )
