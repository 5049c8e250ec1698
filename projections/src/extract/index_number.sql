create index extract_number{g} on extract{g} (
  office, -- office that issued it
  year,   -- year of the run
  number  -- number in the run
)
