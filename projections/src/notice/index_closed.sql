create index notice_closed{g} on notice{g} (
  office,         -- office that registered the entry
  closed_position -- of the event by which the note was entered
)
where state = 'closed'
