create index entry_number{g} on entry{g} (
  office, -- office that registered it
  book,   -- type of paper book
  year,   -- year of the run
  number  -- number in the run
)
