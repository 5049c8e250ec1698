create index measure_office{g} on measure{g} (
  office,    -- office that registered
  counted_on -- day of registration
)
