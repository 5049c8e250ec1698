create index search_given{g} on search{g} (
  given,  -- last word of the folded name
  compact -- the whole of it, so that an ordered page needs no sort
)
