create index extract_entry{g} on extract{g} (
  entry -- entry of which it is a copy
)
