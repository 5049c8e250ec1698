create index notice_open{g} on notice{g} (
  office, -- office to which it is addressed
  due_on  -- day by which it is due
)
where state = 'open'
