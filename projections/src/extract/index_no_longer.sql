create index extract_no_longer{g} on extract{g} (
  position -- of the event in the log
) where coalesce(revoked_position, fell_position, superseded_position) is not null
