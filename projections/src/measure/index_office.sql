create index measure_office{g} on measure{g} (
  office,     -- office that registered
  kind,       -- what was registered
  counted_on, -- day of registration
  since,      -- from which position on: the six columns are read from here alone
  opened,     -- as registered or as corrected
  count       -- 1 or -1
)
