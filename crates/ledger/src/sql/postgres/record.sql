with
  events as (
    insert into event (position, event_id, stream, seq, kind, recorded_at_ms, hash, twin, signed)
    select $1 + r.place - 1, r.event_id, r.stream, r.seq, r.kind, $2, r.hash, r.twin, r.signed
    from unnest($3::bytea[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bytea[], $8::bytea[], $9::bytea[])
      with ordinality as r (event_id, stream, seq, kind, hash, twin, signed, place)
  ),
  bodies as (
    insert into body (position, sealed)
    select $1 + r.place - 1, r.sealed
    from unnest($10::bytea[]) with ordinality as r (sealed, place)
  ),
  touches as (
    insert into entry_event (entry, rev, position, advances, head)
    select r.entry, r.rev, r.position, r.advances, r.head
    from unnest($11::bytea[], $12::bigint[], $13::bigint[], $14::bigint[], $15::bigint[])
      as r (entry, rev, position, advances, head)
  )
insert into batch (size, root, recorded_at_ms) values ($16, $17, $2)
