create index notice_open{g} on notice{g} (
  office, -- office that registered the entry
  due_on  -- day by which it is due
)
where state = 'open'
