create index notice_closed{g} on notice{g} (
  office,         -- office to which it is addressed
  closed_position -- of the event by which it was closed
)
where state = 'closed'
