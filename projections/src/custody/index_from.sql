create index custody_from{g} on custody{g} (
  from_office -- office that wrote the books
)
