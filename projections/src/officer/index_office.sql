create index officer_office{g} on officer{g} (
  office -- office
)
