create index office_key_office{g} on office_key{g} (
  office -- office for which it signs
)
