on conflict (entry) do update set
  current = excluded.current,
  notes = excluded.notes,
  head = excluded.head,
  head_position = excluded.head_position,
  changed_position = excluded.changed_position,
  lost = excluded.lost
